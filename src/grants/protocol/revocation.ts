import * as oauth from 'oauth4webapi';
import type { TokenSet } from '../../vault/vault.ts';
import type { Provider } from './provider.ts';

/** How tokens are given back. */
export interface RevocationOptions {
  /** Lets the request outlive the page. */
  readonly keepalive?: boolean;
  /** The provider's own session is to end as well. */
  readonly endsSession?: boolean;
}

/**
 * Keycloak ends the session of one refresh token where it is posted to its logout endpoint.
 * A revocation there ends all sessions of that user with that client up to 25, on every device.
 */
const KEYCLOAK_LOGOUT = /\/protocol\/openid-connect\/logout$/;

const keycloakLogoutOf = (as: oauth.AuthorizationServer): string | undefined =>
  KEYCLOAK_LOGOUT.test(as.end_session_endpoint ?? '') ? as.end_session_endpoint : undefined;

const requestRevocation = async (
  provider: Provider,
  { refreshToken, accessToken }: TokenSet,
  { keepalive = false, endsSession = false }: RevocationOptions,
): Promise<boolean> => {
  const as = await provider.metadata();
  const logout = endsSession && refreshToken ? keycloakLogoutOf(as) : undefined;
  const endpoint = logout ?? as.revocation_endpoint;
  if (!endpoint) return false;
  const token = refreshToken ?? accessToken;
  const hint = refreshToken ? 'refresh_token' : 'access_token';
  const additionalParameters: Record<string, string> = logout
    ? { refresh_token: token }
    : { token_type_hint: hint };
  return provider.ask(
    'Revoking tokens',
    async (http) => {
      const { client, authentication } = provider;
      const options = { ...http, additionalParameters };
      const there = { ...as, revocation_endpoint: endpoint };
      const response = await oauth.revocationRequest(there, client, authentication, token, options);
      // Whatever it says in its body: Keycloak reports a token it does not know with a 200.
      return response.ok;
    },
    { keepalive },
  );
};

/**
 * Revokes the refresh token, or the access token where there is no other (RFC 7009).
 * Returns whether the provider took it, and never fails: no sign-out waits for it.
 */
export const revoke = (
  provider: Provider,
  tokens: TokenSet,
  options: RevocationOptions = {},
): Promise<boolean> => requestRevocation(provider, tokens, options).catch(() => false);
