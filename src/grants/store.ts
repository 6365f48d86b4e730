import type { StoredTokensStore } from '../storage/storedTokens.ts';
import { lazily } from '../time/lazily.ts';
import type { GrantDeps } from './grantDeps.ts';

const nothing = (): undefined => undefined;

/** The session's entry in the app's storage, where there is one; `load` rejects where its code could not be loaded. */
export const createStore = (deps: GrantDeps): StoredTokensStore | undefined => {
  const { storage } = deps.options;
  if (!storage) return undefined;
  const store = lazily(async () => (await deps.loadOptional()).createStoredTokens(storage, deps.name, deps));
  return {
    load: async () => (await store()).load(),
    save: (...kept) =>
      store()
        .then(({ save }) => save(...kept))
        .catch(nothing),
    clear: () =>
      store()
        .then(({ clear }) => clear())
        .catch(nothing),
  };
};
