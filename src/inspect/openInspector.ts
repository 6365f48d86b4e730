import { requireType } from '../errors/requireType.ts';
import { SessionError } from '../errors/sessionError.ts';
import type { Session } from '../session/session.ts';
import type { Stop } from '../time/stop.ts';

/** Where the inspector is shown. */
export interface InspectorOptions {
  /** In a panel of the page, or in a window of its own. @default 'panel' */
  readonly place?: 'panel' | 'window';
  /** Called when it is closed, by whomever. */
  readonly onClose?: () => void;
}

const NAME = 'token-vigil-inspector';

/** In a shadow root: neither the page's style nor the inspector's reaches the other. */
const openPanel = async (session: Session<unknown>, onClose: () => void): Promise<Stop> => {
  const { adoptStyle, createPanel, sessionSource } = await import('./panel/index.ts');
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  adoptStyle(root, window);
  const panel = createPanel(document, sessionSource(session), { onClose: () => stop() });
  panel.element.classList.add('docked');
  root.append(panel.element);
  document.body.append(host);
  // What is pressed in the panel is no shortcut of the app, which sees neither the field nor that it is one.
  for (const type of ['keydown', 'keypress', 'keyup'])
    host.addEventListener(type, (event) => event.stopPropagation());
  // An app that redraws its page can have removed the host before.
  let isOpen = true;
  const stop = (): void => {
    if (!isOpen) return;
    isOpen = false;
    panel.stop();
    host.remove();
    onClose();
  };
  return stop;
};

/** What ends the inspector that was opened last in a window: all of them share one. */
const lastIn = new WeakMap<Window, Stop>();

const openOwnWindow = async (session: Session<unknown>, onClose: () => void): Promise<Stop> => {
  // In the turn of the click: a browser blocks what comes later.
  const own = window.open('', NAME, 'width=960,height=900');
  if (!own)
    throw new SessionError(
      'platform_unsupported',
      'openInspector: the browser has blocked the window. Call it in a click, or with `place: "panel"`',
    );
  const { adoptStyle, createPanel, sessionSource } = await import('./panel/index.ts');
  // Who closes it at once is faster than what is loaded.
  if (own.closed) {
    onClose();
    return () => undefined;
  }
  lastIn.get(own)?.();
  const { document: its } = own;
  its.title = 'token-vigil inspector';
  its.documentElement.lang = 'en';
  its.body.className = 'page';
  its.body.style.margin = '0';
  its.body.style.blockSize = '100vh';
  its.adoptedStyleSheets = [];
  adoptStyle(its, own as Window & typeof globalThis);
  const panel = createPanel(its, sessionSource(session));
  its.body.replaceChildren(panel.element);

  let isOpen = true;
  const stop = (): void => {
    if (!isOpen) return;
    isOpen = false;
    own.removeEventListener('pagehide', stop);
    window.removeEventListener('pagehide', close);
    panel.stop();
    onClose();
  };
  const close = (): void => {
    stop();
    // It can show another one meanwhile.
    if (lastIn.get(own) === stop) own.close();
  };
  lastIn.set(own, stop);
  own.addEventListener('pagehide', stop);
  window.addEventListener('pagehide', close);
  return close;
};

/**
 * Shows the inspector of a session. Its code is loaded when it is called for the first time. Returns a function that closes it.
 *
 * @throws {SessionError} `platform_unsupported`: there is no page, or the browser has blocked the window
 * @example
 * const close = await openInspector(session);
 */
export const openInspector = async (
  session: Session<unknown>,
  options: InspectorOptions = {},
): Promise<Stop> => {
  const { place = 'panel', onClose = () => undefined } = requireType('object', options);
  if (typeof document === 'undefined')
    throw new SessionError(
      'platform_unsupported',
      'openInspector needs a page. In Node use `inspectSession`',
    );
  const open = place === 'window' ? openOwnWindow : openPanel;
  return open(session, onClose);
};
