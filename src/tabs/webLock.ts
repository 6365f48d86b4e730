import type { TabLock } from './tabSeams.ts';

/** A lock of the origin (Web Locks). */
export const createWebLock = (name: string, { locks }: Pick<Navigator, 'locks'>): TabLock => ({
  hold: (work, how = {}) =>
    new Promise((resolve, reject) => {
      const hold = (): Promise<unknown> => {
        const done = work();
        // Not by the request: it is rejected as soon as another tab has stolen the lock.
        done.then(resolve, reject);
        return done.catch(() => undefined);
      };
      locks.request(name, how, hold).catch(reject);
    }),
});
