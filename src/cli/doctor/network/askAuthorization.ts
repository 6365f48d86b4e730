import type { ServerFindings } from '../../../explain/failedGrant.ts';
import type { Ask } from './createAsk.ts';

type Said = ServerFindings['clientAtAuthorization'];

/** What Keycloak's page says in English, the first that fits. */
const sayings: readonly (readonly [pattern: RegExp, said: Said])[] = [
  [/Client not found/i, 'unknown'],
  [/Client disabled/i, 'disabled'],
  [/Bearer-only/i, 'bearer_only'],
  [/Wrong client protocol/i, 'saml'],
  [/redirect_uri/i, 'accepted'],
];

/** Keycloak's token endpoint does not tell an unknown client from a disabled one, its authorization endpoint does. */
export const askAuthorization = async (ask: Ask, endpoint: string, clientId: string): Promise<Said> => {
  const url = new URL(endpoint);
  url.searchParams.set('client_id', clientId);
  url.searchParams.set('response_type', 'code');
  // Without a redirect URI, which OpenID Connect demands, nothing can begin.
  url.searchParams.set('scope', 'openid');
  const init = { headers: { 'accept-language': 'en' } };
  const { heard } = await ask({ what: 'authorization endpoint', url: url.href, init });
  return sayings.find(([pattern]) => pattern.test(heard?.text ?? ''))?.[1];
};
