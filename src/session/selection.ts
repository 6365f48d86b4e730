import type { Session, Stop } from './session.ts';

/** One value to show, with a subscription, as `useSyncExternalStore` and similar functions need it. The functions are bound. */
export interface Selection<T> {
  /** The present value; the same object until it changes. */
  get(): T;
  /** Calls the listener after the value has changed. Returns an unsubscribe function. */
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
