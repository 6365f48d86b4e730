/** A promise of what will be known, and whether it is. */
export interface Readiness<T> {
  readonly promise: Promise<T>;
  readonly isKnown: boolean;
  resolve(value: T): void;
}

export const createReadiness = <T>(): Readiness<T> => {
  let isKnown = false;
  let settle: ((value: T) => void) | undefined;
  const promise = new Promise<T>((resolve) => (settle = resolve));
  return {
    promise,
    get isKnown() {
      return isKnown;
    },
    resolve(value) {
      isKnown = true;
      settle?.(value);
    },
  };
};
