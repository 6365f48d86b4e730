import type Provider from 'oidc-provider';
import type { TokenEndpointGrantContext } from 'oidc-provider';
import { InvalidGrant } from 'oidc-provider/lib/helpers/errors.js';
import { addScope, apiScopes, newGrant } from './grants.ts';
import { nowSeconds } from './nowSeconds.ts';
import { claimsOf, type DemoUser, type UserDirectory } from './users.ts';

type PasswordContext = TokenEndpointGrantContext<{ username?: string; password?: string }>;

/** What all tokens of one answer have in common. */
interface Issue {
  readonly ctx: PasswordContext;
  readonly grantId: string;
  readonly user: DemoUser;
  readonly scope: string;
  readonly audience: string;
}

/** Teaches the provider the password grant, which it does not have by itself. */
export function registerPasswordGrant(provider: Provider, users: UserDirectory, audience: string): void {
  async function answer(ctx: PasswordContext): Promise<void> {
    const { client, params } = ctx.oidc;
    const user = users.byCredentials(params.username, params.password);
    if (!user) throw new InvalidGrant('Invalid user credentials');
    const scope = params.scope ?? 'openid profile email';
    const grantId = await addScope(newGrant(provider, user.sub, client.clientId), audience, scope);
    ctx.body = await issueTokens({ ctx, grantId, user, scope, audience });
  }

  provider.registerGrantType('password', answer, ['username', 'password', 'scope']);
}

async function issueTokens(issue: Issue) {
  const accessToken = accessTokenFor(issue);
  const refreshToken = refreshTokenFor(issue);
  issue.ctx.oidc.entity('RefreshToken', refreshToken);
  return {
    access_token: await accessToken.save(),
    expires_in: accessToken.expiration,
    refresh_token: await refreshToken.save(),
    id_token: await idTokenFor(issue).issue({ use: 'idtoken' }),
    scope: issue.scope,
    token_type: 'Bearer',
  };
}

function accessTokenFor({ ctx, grantId, user, scope, audience }: Issue) {
  const { provider, client } = ctx.oidc;
  const resourceServer = new provider.ResourceServer(audience, {
    scope: apiScopes,
    accessTokenFormat: 'jwt',
  });
  return new provider.AccessToken({
    client,
    accountId: user.sub,
    grantId,
    gty: 'password',
    scope,
    resourceServer,
  });
}

function refreshTokenFor({ ctx, grantId, user, scope, audience }: Issue) {
  const { provider, client } = ctx.oidc;
  const { sub: accountId } = user;
  const authTime = nowSeconds();
  return new provider.RefreshToken({
    client,
    accountId,
    grantId,
    gty: 'password',
    scope,
    resource: audience,
    authTime,
  });
}

function idTokenFor({ ctx, user, scope }: Issue) {
  const token = new ctx.oidc.provider.IdToken({ ...claimsOf(user), auth_time: nowSeconds() }, { ctx });
  return Object.assign(token, { scope });
}
