import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';

type Grant = InstanceType<Provider['Grant']>;

/** Scopes that an access token for the API can carry. */
export const apiScopes = 'openid profile email offline_access';

/** Grants whatever is asked for, so that no consent screen appears. One grant per sign-in and client, as in Keycloak. */
export function grantEverything(audience: string) {
  return async ({ oidc }: KoaContextWithOIDC): Promise<Grant> => {
    const { provider, session } = oidc;
    const clientId = oidc.client?.clientId ?? '';
    const knownId = session?.grantIdFor(clientId);
    const known = knownId ? await provider.Grant.find(knownId) : undefined;
    const grant = known ?? newGrant(provider, oidc.account?.accountId ?? '', clientId);
    await addScope(grant, audience, [...oidc.requestParamScopes].join(' '));
    return grant;
  };
}

/** An empty grant, not saved yet. */
export function newGrant(provider: Provider, accountId: string, clientId: string): Grant {
  return new provider.Grant({ accountId, clientId });
}

/** Widens the grant, for the ID token and for the API. */
export async function addScope(grant: Grant, audience: string, scope: string): Promise<string> {
  grant.addOIDCScope(scope);
  grant.addResourceScope(audience, scope);
  return grant.save();
}
