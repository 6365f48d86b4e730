/**
 * Where tokens are kept if the app configures it: a small string map, synchronous or not.
 * If it throws, the session works without it.
 */
export interface TokenStorage {
  /** The value of a key; `null` or `undefined` if there is none. */
  get(key: string): string | null | undefined | Promise<string | null | undefined>;
  set(key: string, value: string): void | Promise<void>;
  remove(key: string): void | Promise<void>;
}
