import { type Bearer, challengeFor } from '../bearer.ts';
import { allowOrigin, answerPreflight, type UrlPolicy } from '../http/origins.ts';
import type { Context, Middleware } from './middleware.ts';
import { claimsOf, type UserDirectory } from './users.ts';

/** Where the UserInfo endpoint is. */
export const userInfoPath = '/me';

/** Tells who an access token stands for. */
export function userInfo(
  users: UserDirectory,
  check: (header: string | undefined) => Promise<Bearer>,
  allows: UrlPolicy,
): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== userInfoPath) return next();
    allowOrigin(ctx.req, ctx.res, allows);
    if (ctx.method === 'OPTIONS') return preflight(ctx);
    const bearer = await check(ctx.req.headers.authorization);
    const user = bearer.verdict === 'fresh' ? users.bySub(bearer.sub ?? '') : undefined;
    return user ? void (ctx.body = claimsOf(user)) : refuse(ctx, bearer);
  };
}

function preflight(ctx: Context): void {
  ctx.respond = false;
  answerPreflight(ctx.res);
}

function refuse(ctx: Context, { verdict }: Bearer): void {
  ctx.status = 401;
  ctx.set('WWW-Authenticate', challengeFor(verdict));
}
