import type { TabLock } from './tabSeams.ts';

/** A lock of the origin (Web Locks). */
export const createWebLock = (
  name: string,
  window: Pick<Window, 'addEventListener' | 'removeEventListener'> & {
    readonly navigator: Pick<Navigator, 'locks'>;
  },
): TabLock => ({
  hold: (work, how = {}) =>
    new Promise((resolve, reject) => {
      let hasBegun = false;
      const lost = new AbortController();

      const hold = (): Promise<unknown> => {
        hasBegun = true;
        // A page in the back/forward cache keeps its lock from whoever has waited for it before (Chromium 156).
        const left = new Promise<void>((letGo) => {
          const leave = (): void => {
            lost.abort();
            letGo();
          };
          window.addEventListener('pagehide', leave);
          lost.signal.addEventListener('abort', () => window.removeEventListener('pagehide', leave));
        });
        const done = work(lost.signal);
        done.then(resolve, reject);
        const ended = done.catch(() => undefined).finally(() => lost.abort());
        return Promise.race([ended, left]);
      };
      window.navigator.locks.request(name, how, hold).catch((thrown: unknown) => {
        // Stolen by another tab: work that has begun goes on, and settles by itself.
        lost.abort(thrown);
        if (!hasBegun) reject(thrown);
      });
    }),
});
