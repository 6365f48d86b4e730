import type { GrantDeps } from './grantDeps.ts';
import type { Provider } from './protocol/provider.ts';
import { refreshGrant } from './protocol/refreshGrant.ts';
import type { RenewalSource } from './renewTokens.ts';
import type { Silent } from './signIn/silent.ts';

/** What can renew a session here, the likeliest first: the app's own refresh, else a refresh grant, else a silent sign-in. */
export const renewalSources = (
  provider: Provider,
  { clock, vault, options, loadOptional }: Pick<GrantDeps, 'clock' | 'vault' | 'options' | 'loadOptional'>,
  silent: Silent,
): readonly RenewalSource[] => {
  const own = options.grants?.refresh;
  const inFrame: RenewalSource[] = silent.worksInPlace
    ? [{ spends: () => false, canRenew: () => true, renew: () => silent.askInPlace(vault.who()) }]
    : [];
  if (own) {
    const byApp: RenewalSource = {
      // Nothing may come between the mark of a refresh token and its sending. Code that is there is not loaded again.
      ready: loadOptional,
      spends: ({ refreshToken }) => refreshToken !== undefined,
      canRenew: () => true,
      async renew(tokens) {
        const { customRenewal } = await loadOptional();
        return customRenewal(clock, own, tokens, options.tokenTimeout);
      },
    };
    return [byApp, ...inFrame];
  }
  const readKeys = async (): Promise<void> => {
    const { readKeysAhead } = await loadOptional();
    await provider.ask('Reading the keys', (http) => readKeysAhead(provider, http));
  };
  const byRefreshToken: RenewalSource = {
    async ready() {
      await provider.metadata();
      // Where they do not come now, they may later: the answer waits for them then.
      if (options.validateIdTokenSignature) await readKeys().catch(() => undefined);
    },
    spends: () => true,
    canRenew: ({ refreshToken }) => refreshToken !== undefined,
    renew: (tokens) => refreshGrant(provider, tokens),
  };
  return [byRefreshToken, ...inFrame];
};
