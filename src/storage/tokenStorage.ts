/**
 * Where tokens may be persisted, if the app says so: a small string map, synchronous or not.
 * What it throws is contained; a session works without it.
 */
export interface TokenStorage {
  /** The value of a key; `null` or `undefined` where there is none. */
  get(key: string): string | null | undefined | Promise<string | null | undefined>;
  set(key: string, value: string): void | Promise<void>;
  remove(key: string): void | Promise<void>;
}
