import * as oauth from 'oauth4webapi';
import type { TokenSet } from '../vault/vault.ts';
import type { Provider } from './provider.ts';

const requestRevocation = async (
  provider: Provider,
  { refreshToken, accessToken }: TokenSet,
  keepalive: boolean,
): Promise<boolean> => {
  const as = await provider.metadata();
  if (!as.revocation_endpoint) return false;
  const hint = refreshToken ? 'refresh_token' : 'access_token';
  const additionalParameters = { token_type_hint: hint };
  await provider.ask(
    'Revoking tokens',
    async (http) => {
      const { client, authentication } = provider;
      const token = refreshToken ?? accessToken;
      const options = { ...http, additionalParameters };
      const response = await oauth.revocationRequest(as, client, authentication, token, options);
      // Whatever a 200 says in its body: Keycloak reports a token it does not know there.
      await oauth.processRevocationResponse(response);
    },
    { keepalive },
  );
  return true;
};

/**
 * Revokes the refresh token, or the access token where there is no other (RFC 7009).
 * Answers whether the provider took it, and never fails: no sign-out waits for it. `keepalive` lets it outlive the page.
 */
export const revoke = (
  provider: Provider,
  tokens: TokenSet,
  { keepalive = false }: { readonly keepalive?: boolean } = {},
): Promise<boolean> => requestRevocation(provider, tokens, keepalive).catch(() => false);
