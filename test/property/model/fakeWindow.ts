import { APP } from './addresses.ts';

/** Enough of a window for network events and wake-ups; counts what listens. */
export const createFakeWindow = (href = `${APP}/`) => {
  const listening = new Set<string>();
  const names = new Map<EventListener, number>();
  const keyOf = (target: string, type: string, listener: EventListener): string => {
    if (!names.has(listener)) names.set(listener, names.size);
    return `${target} ${type} ${names.get(listener)}`;
  };
  class Target extends EventTarget {
    readonly #name: string;
    constructor(name: string) {
      super();
      this.#name = name;
    }
    override addEventListener(
      type: string,
      listener: EventListener,
      options?: AddEventListenerOptions,
    ): void {
      super.addEventListener(type, listener, options);
      const key = keyOf(this.#name, type, listener);
      listening.add(key);
      const signal = options?.signal;
      if (signal) ends.set(signal, [...(ends.get(signal) ?? []), key]);
    }
    override removeEventListener(
      type: string,
      listener: EventListener,
      options?: EventListenerOptions,
    ): void {
      super.removeEventListener(type, listener, options);
      listening.delete(keyOf(this.#name, type, listener));
    }
  }
  const ends = new Map<AbortSignal, string[]>();
  const document = Object.assign(new Target('document'), {
    visibilityState: 'visible',
    hasFocus: () => true,
    baseURI: `${APP}/`,
    querySelector: () => null,
  });
  const window = Object.assign(new Target('window'), {
    document,
    navigator: { onLine: true },
    location: { href, origin: APP },
  });
  return {
    window: window as unknown as Window,
    /** What still listens. */
    listening: (): string[] => {
      const ended = new Set([...ends].filter(([{ aborted }]) => aborted).flatMap(([, keys]) => keys));
      return [...listening].filter((key) => !ended.has(key));
    },
  };
};
