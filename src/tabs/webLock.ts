import type { TabLock } from './tabSeams.ts';

const nothing = (): undefined => undefined;

/**
 * A lock of the origin (Web Locks). A page in the back/forward cache would keep it, or its place in the line, from those that
 * have waited before it went there (Chromium 156): it lets go as it is left, and asks again when it comes back.
 */
export const createWebLock = (
  name: string,
  window: Pick<Window, 'addEventListener'> & { readonly navigator: Pick<Navigator, 'locks'> },
): TabLock => ({
  hold: (work, { signal: givenUp, steal } = {}) =>
    new Promise((resolve, reject) => {
      const lost = new AbortController();
      /** Nothing listens any more: the work has ended, or was given up before it began. */
      const over = new AbortController();
      const whileOpen = { signal: over.signal, once: true };
      let hasBegun = false;

      const fail = (thrown: unknown): void => {
        over.abort();
        reject(thrown);
      };

      const begin = (): Promise<unknown> => {
        if (over.signal.aborted) return Promise.resolve();
        hasBegun = true;
        const left = new Promise<void>((letGo) => {
          const leave = (): void => {
            lost.abort();
            letGo();
          };
          window.addEventListener('pagehide', leave, whileOpen);
        });
        const done = work(lost.signal).finally(() => over.abort());
        done.then(resolve, reject);
        return Promise.race([done.catch(nothing), left]);
      };

      const ask = (): void => {
        const waiting = new AbortController();
        const stop = (): void => waiting.abort();
        over.signal.addEventListener('abort', stop);
        window.addEventListener('pagehide', stop, whileOpen);
        const how = steal ? { steal } : { signal: waiting.signal };
        window.navigator.locks.request(name, how, begin).catch((thrown: unknown) => {
          // Stolen by another tab: work that has begun goes on, and settles by itself.
          if (hasBegun) return lost.abort();
          if (!waiting.signal.aborted) return fail(thrown);
          return over.signal.aborted || window.addEventListener('pageshow', ask, whileOpen);
        });
      };

      const giveUp = (): void => void (hasBegun || fail(givenUp?.reason));
      if (givenUp?.aborted) return giveUp();
      givenUp?.addEventListener('abort', giveUp, whileOpen);
      return ask();
    }),
});
