import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import {
  decodeJwt,
  decodeProtectedHeader,
  type JWTPayload,
  type ProtectedHeaderParameters,
  SignJWT,
} from 'jose';
import type { Faults } from './faults.ts';
import type { Middleware } from './middleware.ts';
import type { Settings } from './options.ts';
import type { SigningKeys } from './signingKeys.ts';
import { atTokenEndpoint } from './tokenEndpoint.ts';

type Stated = Settings['stateRefreshExpiresIn'];

/** Adds to token answers what Keycloak says and oidc-provider does not, and lets the ID token follow a skewed clock. */
export function completeAnswers(stated: Stated, keys: SigningKeys, faults: Faults): Middleware {
  return atTokenEndpoint(async (ctx, next) => {
    await next();
    const answer = ctx.body as Record<string, unknown> | undefined;
    if (typeof answer?.['access_token'] !== 'string') return;
    if (stated)
      answer['refresh_expires_in'] = stated === 'zero' ? 0 : refreshLifeOf(ctx as KoaContextWithOIDC);
    if (faults.skewSeconds) answer['id_token'] = await skewed(String(answer['id_token']), keys, faults);
  });
}

/** Lets access tokens follow a skewed clock. */
export function skewAccessTokens(faults: Faults): NonNullable<Configuration['formats']> {
  return {
    customizers: {
      jwt: (_ctx, _token, { payload }) => void Object.assign(payload, shifted(payload, faults)),
    },
  };
}

function refreshLifeOf({ oidc }: KoaContextWithOIDC): number | undefined {
  return oidc.entities.RefreshToken?.remainingTTL;
}

/** oidc-provider reads the real clock, so the token is signed again. */
function skewed(jwt: string, keys: SigningKeys, faults: Faults): Promise<string> {
  const payload = decodeJwt(jwt);
  return new SignJWT({ ...payload, ...shifted(payload, faults) })
    .setProtectedHeader(decodeProtectedHeader(jwt) as ProtectedHeaderParameters & { alg: string })
    .sign(keys.privateKey);
}

function shifted(payload: JWTPayload, { skewSeconds }: Faults): JWTPayload {
  const times = ['iat', 'exp', 'auth_time'].filter((claim) => typeof payload[claim] === 'number');
  return Object.fromEntries(times.map((claim) => [claim, Number(payload[claim]) + skewSeconds]));
}
