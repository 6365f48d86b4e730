/** A session's notes in this tab. A storage that cannot be read holds nothing. */
export interface TabStore {
  read(what: string): string | null;
  /** Writes, or with `null` removes; whether that worked. */
  write(what: string, value: string | null): boolean;
}

/** The notes of the session of this name. `storage` is called at each use: it throws where the user blocks site data. */
export const createTabStore = (
  storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined,
  name: string,
): TabStore => {
  // No name makes this the entry of a token storage, which the app may keep in the same place.
  const keyOf = (what: string): string => `token-vigil-tab:${name}:${what}`;
  return {
    read(what) {
      try {
        return storage()?.getItem(keyOf(what)) ?? null;
      } catch {
        return null;
      }
    },
    write(what, value) {
      try {
        if (value === null) storage()?.removeItem(keyOf(what));
        else storage()?.setItem(keyOf(what), value);
        return true;
      } catch {
        return false;
      }
    },
  };
};
