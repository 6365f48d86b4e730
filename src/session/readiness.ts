/** A promise of what will be known, and what it is once it is known. */
export interface Readiness<T> {
  readonly promise: Promise<T>;
  readonly known: { readonly value: T | Promise<never> } | undefined;
  /** With a promise that rejects where it will never be known. */
  resolve(value: T | Promise<never>): void;
}

export const createReadiness = <T>(): Readiness<T> => {
  let known: Readiness<T>['known'];
  let settle: ((value: T | Promise<never>) => void) | undefined;
  const promise = new Promise<T>((resolve) => (settle = resolve));
  return {
    promise,
    get known() {
      return known;
    },
    resolve(value) {
      known = { value };
      settle?.(value);
    },
  };
};
