import type { TabLock } from './tabSeams.ts';

/** A lock of the origin (Web Locks). */
export const createWebLock = (name: string, { locks }: Pick<Navigator, 'locks'>): TabLock => ({
  hold: (work, how = {}) =>
    new Promise((resolve, reject) => {
      let hasBegun = false;
      const lost = new AbortController();
      const hold = (): Promise<unknown> => {
        hasBegun = true;
        const done = work(lost.signal);
        done.then(resolve, reject);
        return done.catch(() => undefined);
      };
      locks.request(name, how, hold).catch((thrown: unknown) => {
        // Stolen by another tab: work that has begun goes on, and settles by itself.
        lost.abort(thrown);
        if (!hasBegun) reject(thrown);
      });
    }),
});
