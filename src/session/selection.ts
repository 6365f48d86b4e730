import type { Session } from './session.ts';
import type { Stop } from '../time/stop.ts';

/** One value to show, with a subscription, as `useSyncExternalStore` and similar functions need it. The functions are bound. */
export interface Selection<T> {
  /** The present value; the same object until it changes. */
  get(): T;
  /**
   * Calls the listener after the value has changed, or cannot be read any more because the selector throws. Returns an
   * unsubscribe function.
   */
  subscribe(listener: () => void): Stop;
}

/** What `read` picks out of something that changes, told only when that is another. */
export const createSelection = <T>(
  read: () => T,
  subscribe: Session<unknown>['subscribe'],
  isSame: (a: T, b: T) => boolean = Object.is,
): Selection<T> => {
  let known: { readonly value: T } | undefined;
  const get = (): T => {
    const value = read();
    if (!known || !isSame(known.value, value)) known = { value };
    return known.value;
  };
  /** What `get` returns now: another object whenever it returns another value, `undefined` if it throws. */
  const look = (): typeof known => {
    try {
      get();
    } catch {
      known = undefined;
    }
    return known;
  };
  return {
    get,
    subscribe(listener) {
      get();
      // Not its value: what is read may depend on more than is subscribed to, and have been read meanwhile.
      let told = known;
      return subscribe(() => {
        const now = look();
        if (now === told) return;
        told = now;
        listener();
      });
    },
  };
};
