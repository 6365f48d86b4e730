import type { Session, Stop } from './session.ts';

/** One value to show, and who is told when it changed: what `useSyncExternalStore` and its kin take. Bound functions. */
export interface Selection<T> {
  /** As of now; the same object until it changes. */
  get(): T;
  /** Calls back after it changed; returns an unsubscribe function. */
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
  return {
    get,
    subscribe(listener) {
      let told = get();
      return subscribe(() => {
        const value = get();
        if (Object.is(value, told)) return;
        told = value;
        listener();
      });
    },
  };
};
