import { jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';

/** What a request's `Authorization` header is worth. `invalid`: not a token of this provider for this API. */
export interface Bearer {
  readonly verdict: 'fresh' | 'expired' | 'missing' | 'invalid';
  /** Validity that was left on arrival; negative once it is over. */
  readonly secondsLeft?: number;
  /** The user the token stands for. */
  readonly sub?: string;
}

/** What tokens are measured against. */
export interface BearerTerms {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
  /** The clock that decides, in milliseconds since 1970. */
  readonly nowMs: () => number;
  /** How far the clock was ahead that issued a token, in milliseconds; it is judged by that clock. @default 0 */
  readonly aheadMs?: ((issuedAtSeconds: number) => number) | undefined;
}

/** Judges `Authorization` headers the way a strict resource server does: no leeway. */
export function createBearerCheck(terms: BearerTerms): (header: string | undefined) => Promise<Bearer> {
  return async (header) => {
    const token = /^bearer (.+)$/i.exec(header ?? '')?.[1];
    if (!token) return { verdict: 'missing' };
    const nowMs = terms.nowMs();
    const payload = await verified(token, terms);
    return payload
      ? judged(payload, nowMs + (terms.aheadMs?.(payload.iat ?? 0) ?? 0))
      : { verdict: 'invalid' };
  };
}

async function verified(token: string, terms: BearerTerms): Promise<JWTPayload | undefined> {
  const { issuer, audience, keys } = terms;
  const requiredClaims = ['exp', 'sub'];
  // Expiry is judged apart: at 1970 nothing has expired yet, and only a genuine token may count as expired.
  const currentDate = new Date(0);
  try {
    const { payload } = await jwtVerify(token, keys, { issuer, audience, requiredClaims, currentDate });
    return payload;
  } catch {
    return undefined;
  }
}

function judged({ exp = 0, sub = '' }: JWTPayload, nowMs: number): Bearer {
  const secondsLeft = exp - nowMs / 1000;
  return { verdict: secondsLeft < 0 ? 'expired' : 'fresh', secondsLeft, sub };
}

/** What RFC 6750 §3 asks a 401 to say. */
export function challengeFor(verdict: string): string {
  const realm = 'Bearer realm="demo"';
  if (verdict === 'missing') return realm;
  return `${realm}, error="invalid_token", error_description="The access token is ${verdict}"`;
}
