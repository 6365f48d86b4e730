import type { Writable } from './writable.ts';

/** A promise of what will be known, and what it is once it is known. */
export interface Readiness<T> {
  readonly promise: Promise<T>;
  readonly known: { readonly value: T | Promise<never> } | undefined;
  /** With a promise that rejects where it will never be known. */
  resolve(value: T | Promise<never>): void;
}

export const createReadiness = <T>(): Readiness<T> => {
  let settle: ((value: T | Promise<never>) => void) | undefined;
  const readiness: Writable<Readiness<T>> = {
    promise: new Promise<T>((resolve) => (settle = resolve)),
    known: undefined,
    resolve(value) {
      readiness.known = { value };
      settle?.(value);
      settle = undefined;
    },
  };
  return readiness;
};
