import type { TokenStorage } from './tokenStorage.ts';

/**
 * Keeps tokens in Web Storage: `sessionStorage` (this tab and its reloads) or `localStorage` (this browser).
 * Every script of the origin can read them there.
 */
export const webStorage = (where: 'sessionStorage' | 'localStorage' | Storage): TokenStorage => {
  // Reading `window.localStorage` alone throws where the user blocks cookies, so it is read at each use.
  const storage = (): Storage => (typeof where === 'string' ? globalThis[where] : where);
  return {
    get: (key) => storage().getItem(key),
    set: (key, value) => storage().setItem(key, value),
    remove: (key) => storage().removeItem(key),
  };
};
