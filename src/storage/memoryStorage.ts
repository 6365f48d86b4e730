import type { TokenStorage } from './tokenStorage.ts';

/** The default: nothing is kept beyond the page. */
export const memoryStorage = (): TokenStorage => {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key),
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
  };
};
