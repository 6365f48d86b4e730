import type { Clock, Milliseconds } from '../time/clock.ts';
import { answerParent, SILENT_FRAME } from './answerSilentSignIn.ts';

/** The departure under way, if any. */
export interface Departures {
  leaving?: { readonly controller: AbortController; readonly ended: Promise<unknown> } | undefined;
}

/** What the grants do with a page; replaced in tests. */
export interface Page {
  /** Where the page is. */
  readonly url: string;
  /** The page's base, where the provider sends users back to by default. */
  readonly home: string;
  /** Whether the page was loaded by the Back or Forward button. */
  readonly isTraversed?: boolean;
  /** Storage of this tab, for sign-ins under way. */
  readonly tabStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Of this page alone: tests have several in one window. @default those of the window */
  readonly departures?: Departures;
  /** Leaves for another page; `replaces`: the Back button does not lead here again. */
  navigate(url: string, options?: { readonly replaces: boolean }): void;
  /** Changes what the address bar shows. */
  replaceUrl(url: string): void;
  /** Settles when the page can be seen; after an abort it never does. */
  whenVisible(signal: AbortSignal): Promise<void>;
  /** Settles once the user is led to a page that was loaded ahead; `undefined` where they are there. */
  whenActivated(): Promise<void> | undefined;
  /** Hands the answer of a silent sign-in to the page that asked for it from a frame. */
  answerParent(): void;
  /** Opens a URL in a hidden frame and answers the URL that it came back to, or `undefined` after the limit. */
  askInFrame(url: string, limitMs: Milliseconds, clock: Clock): Promise<string | undefined>;
}

interface FrameAnswer {
  readonly tokenVigil?: string;
}

const hiddenFrame = (document: Document, url: string): HTMLIFrameElement => {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.name = SILENT_FRAME;
  frame.title = 'sign-in';
  frame.src = url;
  // A script in the head can be ahead of the body.
  (document.body ?? document.documentElement).append(frame);
  return frame;
};

/** A page that is loaded ahead loads no frames, and what it tells other tabs is held back, until the user is led there, if ever. */
const whenActivated = (document: Document & { readonly prerendering?: boolean }): Promise<void> | undefined =>
  document.prerendering
    ? new Promise((resolve) => {
        document.addEventListener('prerenderingchange', () => resolve(), { once: true });
      })
    : undefined;

const askInFrame = (
  window: Window,
  url: string,
  limitMs: Milliseconds,
  clock: Clock,
): Promise<string | undefined> =>
  new Promise((resolve) => {
    const frame = hiddenFrame(window.document, url);
    const finish = (answer?: string): void => {
      window.removeEventListener('message', hear);
      clock.clearTimeout(timer);
      frame.remove();
      resolve(answer);
    };
    const hear = ({ origin, source, data }: MessageEvent<FrameAnswer | null>): void => {
      if (origin !== window.location.origin || source !== frame.contentWindow) return;
      if (typeof data?.tokenVigil === 'string') finish(data.tokenVigil);
    };
    const timer = clock.setTimeout(finish, limitMs);
    window.addEventListener('message', hear);
  });

const whenVisible = ({ document }: Window, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (document.visibilityState === 'hidden') return;
      document.removeEventListener('visibilitychange', look);
      resolve();
    };
    document.addEventListener('visibilitychange', look, { signal });
    look();
  });

/** The page of a browser window. */
export const browserPage = (window: Window): Page => ({
  get url() {
    return window.location.href;
  },
  get home() {
    const { document, location } = window;
    if (document.querySelector('base[href]')) return document.baseURI;
    // A file has no origin, nor has what a frame shows by `srcdoc`.
    return location.origin === 'null' ? location.href.split(/[?#]/)[0]! : `${location.origin}/`;
  },
  get isTraversed() {
    // jsdom has none.
    const [load] = window.performance.getEntriesByType?.('navigation') ?? [];
    return (load as PerformanceNavigationTiming | undefined)?.type === 'back_forward';
  },
  get tabStorage() {
    return window.sessionStorage;
  },
  navigate: (url, { replaces } = { replaces: false }) =>
    replaces ? window.location.replace(url) : window.location.assign(url),
  replaceUrl: (url) => window.history.replaceState(window.history.state, '', url),
  whenVisible: (signal) => whenVisible(window, signal),
  whenActivated: () => whenActivated(window.document),
  answerParent: () => answerParent(window),
  async askInFrame(url, limitMs, clock) {
    await whenActivated(window.document);
    return askInFrame(window, url, limitMs, clock);
  },
});
