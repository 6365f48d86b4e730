import { APP } from './addresses.ts';
import { createFakeWindow } from './fakeWindow.ts';

/** What a page of the run is connected with. */
export interface PageParts {
  readonly url: string;
  /** Of the tab: it outlives pages. */
  readonly tab: Map<string, string>;
  /** `replaces`: the Back button does not lead here again. */
  onNavigate(url: string, how?: { readonly replaces: boolean }): void;
  askInFrame(url: string, limitMs: number): Promise<string | undefined>;
}

interface FakeDocument {
  visibilityState: DocumentVisibilityState;
  baseURI: string;
}

/** One page from its loading until it is left. */
export const createPage = ({ url, tab, onNavigate, askInFrame }: PageParts) => {
  const { window, listening } = createFakeWindow(url);
  const document = window.document as unknown as FakeDocument & EventTarget;
  const dispatch = (target: EventTarget, type: string, more: object = {}): void =>
    void target.dispatchEvent(Object.assign(new Event(type), more));
  /** Whoever listens on the window in the capture phase hears of it before the document does. */
  const tell = (type: string): void => {
    dispatch(window, type);
    dispatch(document, type);
  };
  let shown = url;
  const seen: (() => void)[] = [];

  return {
    window,
    listening,
    /** What the session's grants do with a page. */
    seams: {
      get url() {
        return shown;
      },
      home: `${APP}/`,
      departures: {},
      tabStorage: {
        getItem: (key: string) => tab.get(key) ?? null,
        setItem: (key: string, value: string) => void tab.set(key, value),
        removeItem: (key: string) => void tab.delete(key),
      },
      navigate: onNavigate,
      replaceUrl: (to: string) => void (shown = to),
      whenVisible: () =>
        document.visibilityState === 'visible'
          ? Promise.resolve()
          : new Promise<void>((resolve) => seen.push(resolve)),
      whenActivated: () => undefined,
      answerParent: () => {},
      askInFrame,
    },
    get base() {
      return document.baseURI;
    },
    /** Markup with a `<base>` appears in the page, or goes. */
    setBase: (href: string): void => void (document.baseURI = href),
    /** The app's own listener, which was there before any of the session's. */
    listenFirst: (type: string, listener: EventListener): void =>
      EventTarget.prototype.addEventListener.call(window, type, listener, { capture: true }),
    network: (type: 'online' | 'offline'): void => dispatch(window, type),
    hide(): void {
      document.visibilityState = 'hidden';
      tell('visibilitychange');
    },
    show(): void {
      document.visibilityState = 'visible';
      tell('visibilitychange');
      for (const resolve of seen.splice(0)) resolve();
    },
    wake: (): void => dispatch(window, 'pageshow', { persisted: false }),
    /** The page goes into the back/forward cache. */
    rest(): void {
      dispatch(window, 'pagehide', { persisted: true });
      tell('freeze');
    },
    /** It comes back from there. */
    comeBack(): void {
      tell('resume');
      dispatch(window, 'pageshow', { persisted: true });
    },
  };
};

export type FakePage = ReturnType<typeof createPage>;
