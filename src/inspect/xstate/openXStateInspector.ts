import type { InspectionEvent } from 'xstate';
import { SessionError } from '../../errors/sessionError.ts';
import type { Stop } from '../../time/stop.ts';
import { createBridge } from './bridge.ts';
import { type InspectorServer, serverViewer } from './serverViewer.ts';
import type { Viewer, ViewerMessage } from './viewer.ts';
import { windowViewer } from './windowViewer.ts';

/** Where the inspector is shown: in a window of its own, unless a frame, a window or a server is given. */
export interface XStateInspectorOptions {
  /**
   * The viewer. Only its origin is shown anything.
   *
   * @default 'https://stately.ai/viz?inspect', which is a page of somebody else's
   */
  readonly url?: string | URL;
  /** A frame that is to show the viewer. */
  readonly iframe?: HTMLIFrameElement;
  /** A window that shows the viewer already. */
  readonly window?: Window;
  /** A `WebSocketServer` of the package `ws`, to which viewers connect. Let it listen on `127.0.0.1` only. */
  readonly server?: InspectorServer;
}

/** An inspector that is open. */
export interface XStateInspector {
  /** To be given to `session.inspect`, or as the option `inspect` of `createSession`. */
  readonly inspect: (happened: InspectionEvent) => void;
  /** Ends it. A window that it has opened is closed. */
  readonly stop: Stop;
}

const HOSTED = 'https://stately.ai/viz?inspect';

const addressOf = (url: string | URL): URL => {
  const base = typeof document === 'undefined' ? undefined : document.baseURI;
  const address = URL.canParse(url, base) ? new URL(url, base) : undefined;
  // A file has none, and messages cannot be meant for it alone.
  if (address && address.origin !== 'null') return address;
  throw new SessionError('option_invalid', 'openXStateInspector: url must be an address that has an origin');
};

const viewerInFrame = (iframe: HTMLIFrameElement, url: URL): Viewer => {
  const viewer = windowViewer(window, url, () => iframe.contentWindow);
  iframe.src = url.href;
  return viewer;
};

const viewerInWindow = (url: URL): Viewer => {
  if (typeof window === 'undefined')
    throw new SessionError(
      'platform_unsupported',
      'openXStateInspector: there is no window. Give it a server to which a viewer connects',
    );
  const opened = window.open(url, 'xstateinspector');
  if (!opened)
    throw new SessionError(
      'platform_unsupported',
      'openXStateInspector: the browser has blocked the window. Open it by a click, or give it an iframe',
    );
  return windowViewer(
    window,
    url,
    () => opened,
    () => opened.close(),
  );
};

const viewerFor = ({ url = HOSTED, iframe, window: given, server }: XStateInspectorOptions): Viewer => {
  const address = addressOf(url);
  if ([iframe, given, server].filter(Boolean).length > 1)
    throw new SessionError('option_invalid', 'openXStateInspector: give it an iframe, a window or a server');
  if (server) return serverViewer(server, address);
  if (iframe) return viewerInFrame(iframe, address);
  return given ? windowViewer(window, address, () => given) : viewerInWindow(address);
};

/** A page for the package that nobody else can send anything. */
const createOwnPage = () => {
  const listeners = new Map<string, (event: { readonly data: object }) => void>();
  const tell = (type: 'message' | 'unload', data: object): void => listeners.get(type)?.({ data });
  return {
    addEventListener: (type: string, listener: (event: { readonly data: object }) => void) =>
      void listeners.set(type, listener),
    removeEventListener: (type: string) => void listeners.delete(type),
    hello: () => tell('message', { type: 'xstate.inspecting' }),
    bye: () => tell('unload', {}),
  };
};

/**
 * Shows sessions in a viewer of XState 4's inspector, `@xstate/inspect` 0.8. For development: it loads XState 4, which an app
 * without an inspector never does. A viewer is shown neither token nor user, and cannot do anything to a session.
 *
 * @example
 * const inspector = await openXStateInspector();
 * session.inspect(inspector.inspect);
 *
 * @throws {SessionError} `option_invalid`; `platform_unsupported` where no window can be opened
 */
export const openXStateInspector = async (options: XStateInspectorOptions = {}): Promise<XStateInspector> => {
  // First of all: a browser lets a click open a window for a short time only.
  const viewer = viewerFor(options);
  const { loadXStateInspect } = await import('./xstateInspect.bundle.js').catch((error: unknown) => {
    viewer.stop();
    throw error;
  });
  const page = createOwnPage();
  const { createDevTools, inspect } = loadXStateInspect(page);
  const devTools = createDevTools();
  const bridge = createBridge(devTools.register);

  /** The package says only once who is whose child, but viewers can come later. */
  const completed = (message: ViewerMessage): ViewerMessage => {
    const service = message.type === 'service.register' && bridge.find(message.sessionId ?? '');
    return service ? { ...message, id: service.id, ...parentOf(service) } : message;
  };
  const postMessage = (message: ViewerMessage): void => viewer.post(completed(message));

  const { disconnect } = inspect({ url: HOSTED, iframe: false, devTools, targetWindow: { postMessage } });
  viewer.onHello(page.hello);
  let isOpen = true;
  return {
    inspect: bridge.inspect,
    stop() {
      if (!isOpen) return;
      isOpen = false;
      bridge.stop();
      page.bye();
      disconnect();
      viewer.stop();
    },
  };
};

const parentOf = ({ parent }: { readonly parent: { readonly sessionId: string } | undefined }) =>
  parent ? { parent: parent.sessionId } : {};
