/** What a page of this window leaves for. */
interface PageWindow {
  readonly window: Window;
  readonly left: Promise<string>;
}

/** Storage of a tab: it outlives pages. */
export const createTabStorage = (): Storage => {
  const entries = new Map<string, string>();
  return {
    get length() {
      return entries.size;
    },
    clear: () => entries.clear(),
    getItem: (key) => entries.get(key) ?? null,
    key: (index) => [...entries.keys()][index] ?? null,
    removeItem: (key) => void entries.delete(key),
    setItem: (key, value) => void entries.set(key, value),
  };
};

/** Enough of a window to load one page in, which a person sees. */
export const createPageWindow = (url: string, sessionStorage: Storage): PageWindow => {
  let shown = new URL(url);
  let leave: (to: string) => void = () => {};
  const left = new Promise<string>((resolve) => (leave = resolve));
  const document = Object.assign(new EventTarget(), {
    visibilityState: 'visible',
    baseURI: `${shown.origin}/`,
    hasFocus: () => true,
    querySelector: () => null,
  });
  const location = {
    get href() {
      return shown.href;
    },
    origin: shown.origin,
    assign: leave,
    replace: leave,
  };
  const history = {
    state: null,
    replaceState: (_state: unknown, _title: string, to: string) => void (shown = new URL(to, shown)),
  };
  const window = Object.assign(new EventTarget(), {
    document,
    location,
    history,
    sessionStorage,
    navigator: { onLine: true },
    performance: { getEntriesByType: () => [] },
  });
  return { window: window as unknown as Window, left };
};
