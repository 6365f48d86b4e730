import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { nowSeconds } from './nowSeconds.ts';
import type { Settings } from './options.ts';

const daySeconds = 24 * 60 * 60;

/** How long everything lives. Nothing of a sign-in outlives its absolute limit. */
export function lifetimesFor(settings: Settings): NonNullable<Configuration['ttl']> {
  const { accessTokenSeconds, refreshTokenSeconds, sessionMaxSeconds = Infinity } = settings;
  const capped = (seconds: number, startedAt = nowSeconds()) =>
    Math.max(1, Math.min(seconds, startedAt + sessionMaxSeconds - nowSeconds()));

  return {
    AccessToken: (ctx) => capped(accessTokenSeconds, signedInAt(ctx)),
    IdToken: accessTokenSeconds,
    RefreshToken: (_ctx, token) => capped(refreshTokenSeconds, token.authTime),
    Session: (_ctx, session) => capped(daySeconds, session.loginTs),
    Grant: 14 * daySeconds,
    Interaction: 60 * 60,
  };
}

function signedInAt({ oidc }: KoaContextWithOIDC): number | undefined {
  const { RefreshToken, AuthorizationCode } = oidc.entities;
  return (RefreshToken ?? AuthorizationCode)?.authTime;
}
