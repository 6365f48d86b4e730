import { parseUrl } from '../url/parseUrl.ts';
import type { TokenSet } from '../vault/vault.ts';
import type { GrantDeps } from './grantDeps.ts';
import { endSessionUrl } from './protocol/endSession.ts';
import type { Provider } from './protocol/provider.ts';
import { revoke } from './protocol/revocation.ts';
import type { SignOutOptions } from './signInOptions.ts';

/** As it was registered, to the letter; an address within the app is made whole. */
const absolute = (to: string, pageUrl: string): string =>
  parseUrl(to) ? to : (parseUrl(to, pageUrl)?.href ?? to);

/**
 * Ends a session at the provider: revokes the tokens (RFC 7009) and, where asked, leaves for the provider's own sign-out
 * (OpenID Connect RP-Initiated Logout 1.0). Never fails: the user's sign-out does not wait for the network.
 */
export const createSignOut =
  (provider: Provider, { page, record, options, vault }: GrantDeps) =>
  async (
    tokens: TokenSet | undefined,
    logoutHint: string | undefined,
    asked: SignOutOptions,
  ): Promise<void> => {
    const permit = vault.permit();
    const endsSession = asked.redirect ?? true;
    const revoked = tokens && revoke(provider, tokens, { keepalive: true, endsSession });
    const url =
      endsSession && page
        ? await endSessionUrl(provider, {
            idToken: logoutHint,
            to: absolute(asked.to ?? options.redirectUri ?? page.home, page.url),
          }).catch(() => undefined)
        : undefined;
    // The provider's own session lives on where it is not left for: then the next sign-in asks. Whoever has signed in
    // meanwhile is somebody else's business, and stays.
    await record.update((known) =>
      permit.stands ? { ...known, who: null, promptLogin: url === undefined && known.epoch > 0 } : known,
    );
    if (!page || url === undefined || !permit.stands) return void (await revoked);
    page.navigate(url);
  };
