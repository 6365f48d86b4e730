import type { StoredTokensStore } from '../storage/storedTokens.ts';
import { lazily } from '../time/lazily.ts';
import type { GrantDeps } from './grantDeps.ts';

const nothing = (): undefined => undefined;

/** The session's entry in the app's storage, with its code loaded on demand. */
export interface Store extends StoredTokensStore {
  /** Settles when its code was loaded, or could not be: from then on `save` begins to write in its own turn. */
  ready(): Promise<unknown>;
}

/** The session's entry in the app's storage, where there is one; `load` rejects where its code could not be loaded. */
export const createStore = (deps: GrantDeps): Store | undefined => {
  const { storage, issuer, clientId } = deps.options;
  if (!storage) return undefined;
  const source = `${issuer} ${clientId}`;
  const store = lazily(async () =>
    (await deps.loadOptional()).createStoredTokens(storage, deps.name, { ...deps, source }),
  );
  const ready = (): Promise<unknown> => store().catch(nothing);
  // Ahead of the first tokens: a sign-in on the provider's page need not wait for it then.
  void ready();
  return {
    ready,
    load: async () => (await store()).load(),
    save: (...kept) =>
      // A newer release keeps it, and renews.
      deps.record?.isOutdated
        ? Promise.resolve()
        : store()
            .then(({ save }) => save(...kept))
            .catch(nothing),
    clear: (...of) =>
      store()
        .then(({ clear }) => clear(...of))
        .catch(nothing),
    take: () =>
      store()
        .then(({ take }) => take())
        .catch(nothing),
  };
};
