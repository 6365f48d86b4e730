import { randomUUID } from 'node:crypto';
import type { Configuration } from 'oidc-provider';
import { clientMetadata } from './clients.ts';
import { apiScopes, grantEverything } from './grants.ts';
import { lifetimesFor } from './lifetimes.ts';
import type { Settings } from './options.ts';
import { escapeHtml, page } from './pages.ts';
import type { Parts } from './parts.ts';
import { signInPath } from './signInPage.ts';
import { signedOutPage, signOutPage } from './signOutPages.ts';
import { signingAlgorithm } from './signingKeys.ts';
import { skewAccessTokens } from './tokenAnswers.ts';
import { userInfoPath } from './userInfo.ts';
import { claimsOf, type UserDirectory } from './users.ts';

/** oidc-provider's configuration. It prints a notice for every default it expects to be replaced; none is left. */
export function configurationFor(parts: Parts): Configuration {
  const { issuer, settings, users, store, keys, faults } = parts;
  return {
    adapter: store.adapter,
    jwks: keys.privateJwks,
    clients: clientMetadata(),
    clientDefaults: { id_token_signed_response_alg: signingAlgorithm },
    enabledJWA: { idTokenSigningAlgValues: [signingAlgorithm] },
    clientBasedCORS: (_ctx, origin) => settings.allowsOrigin(origin),
    claims: {
      openid: ['sub', 'auth_time'],
      profile: ['name', 'preferred_username'],
      email: ['email', 'email_verified'],
    },
    conformIdTokenClaims: false,
    // Expiry is to be exact here; the default would let sessions live 15 seconds longer.
    clockTolerance: 0,
    cookies: cookiesFor(issuer),
    // oidc-provider's own UserInfo endpoint is off and would not be listed.
    discovery: { userinfo_endpoint: issuer + userInfoPath },
    formats: skewAccessTokens(faults),
    features: featuresFor(settings),
    findAccount: (_ctx, sub) => accountOf(users, sub),
    interactions: { url: (_ctx, interaction) => signInPath(interaction.uid) },
    loadExistingGrant: grantEverything(settings.audience),
    pkce: { required: () => true },
    renderError: errorPage,
    ttl: lifetimesFor(settings),
    // Refresh tokens come without `offline_access` and outlive the sign-in at the provider: tests end each apart.
    issueRefreshToken: () => true,
    expiresWithSession: () => false,
    rotateRefreshToken: true,
  };
}

/** Cookies know no ports: without the port in their names, two providers on one host would overwrite each other's. */
function cookiesFor(issuer: string): NonNullable<Configuration['cookies']> {
  const { port } = new URL(issuer);
  const names = { session: `session_${port}`, interaction: `interaction_${port}`, resume: `resume_${port}` };
  return { names, keys: [randomUUID()] };
}

function featuresFor({ audience }: Settings): NonNullable<Configuration['features']> {
  return {
    devInteractions: { enabled: false },
    // Ours takes the API's tokens; oidc-provider's wants tokens of its own.
    userinfo: { enabled: false },
    revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
    rpInitiatedLogout: { enabled: true, logoutSource: signOutPage, postLogoutSuccessSource: signedOutPage },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => audience,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({ scope: apiScopes, audience, accessTokenFormat: 'jwt' }),
    },
  };
}

function accountOf(users: UserDirectory, sub: string) {
  const user = users.bySub(sub);
  return user && { accountId: sub, claims: () => claimsOf(user) };
}

const errorPage: Configuration['renderError'] = (ctx, { error, error_description: description = '' }) => {
  ctx.type = 'html';
  ctx.body = page('That did not work', `<p>${escapeHtml(`${error}: ${description}`)}</p>`);
};
