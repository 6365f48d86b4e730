import { ISSUER, SECRET } from './addresses.ts';
import type { Clocks } from './clocks.ts';
import type { Setting } from './setting.ts';

/** A field of a token answer (RFC 6749 §5.1). */
export type Field =
  | 'access_token'
  | 'token_type'
  | 'expires_in'
  | 'refresh_token'
  | 'refresh_expires_in'
  | 'id_token'
  | 'scope';

/** What is wrong with one field of an answer. */
export interface Oddity {
  readonly field: Field;
  readonly as: 'null' | 'missing' | 'odd';
}

/** One sign-in at the provider, and everything issued for it. Later sign-ins have higher numbers. */
export interface Family {
  readonly id: number;
  readonly sub: string;
  /** The sign-in of the app that asked for it, by its number. */
  readonly signIn: number | undefined;
  endsMs: number;
  /** It was revoked or logged out, or that was tried. */
  isGivenBack: boolean;
}

export interface IssuedAccess {
  readonly family: Family;
  readonly serial: number;
  readonly issuedAtMs: number;
  /** What the client can know of its life; `undefined` where the answer does not say. */
  readonly lifeMs: number | undefined;
}

export interface IssuedRefresh {
  readonly family: Family;
  readonly serial: number;
  untilMs: number;
  isSpent: boolean;
  /** When it was, in true time. */
  spentAtMs: number;
  /** An answer with a newer one has reached the client. */
  isReplaced: boolean;
}

/** How one answer is made. */
export interface Issue {
  readonly nonce?: string | undefined;
  readonly oddity?: Oddity | undefined;
  /** In place of the usual life. */
  readonly lifeSeconds?: number | undefined;
  readonly idToken?: 'usual' | 'none' | 'of another client';
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JWT whose signature is the secret, in plain sight for whoever searches for leaks. */
const jwtOf = (claims: object, secret: string): string =>
  `${base64url({ alg: 'RS256' })}.${base64url(claims)}.${secret}`;

const ODD: Readonly<Record<Field, unknown>> = {
  access_token: 7,
  token_type: 'MAC',
  expires_in: 'soon',
  refresh_token: 7,
  refresh_expires_in: 'never',
  id_token: `${SECRET}.is.none`,
  scope: 7,
};

const spoiled = (answer: Record<string, unknown>, { field, as }: Oddity): Record<string, unknown> => {
  const { [field]: _, ...others } = answer;
  if (as === 'missing') return others;
  return { ...others, [field]: as === 'null' ? null : ODD[field] };
};

/** Issues tokens, with rotation, and remembers each. */
export const createMint = (
  clocks: Clocks,
  setting: Pick<Setting, 'lifeSeconds' | 'refreshSeconds' | 'maxSeconds' | 'skewMs' | 'jwt' | 'renewal'>,
) => {
  const families: Family[] = [];
  const access = new Map<string, IssuedAccess>();
  const refresh = new Map<string, IssuedRefresh>();
  let serials = 0;

  const isAlive = ({ endsMs }: Family): boolean => endsMs > clocks.trueMs();
  const hasRefreshTokens = setting.renewal === 'refresh token' || setting.renewal === 'own';
  const untilEnd = (family: Family, seconds: number): number =>
    Math.max(1, Math.min(seconds, Math.ceil((family.endsMs - clocks.trueMs()) / 1000)));

  const refreshLifeOf = (family: Family): number => untilEnd(family, setting.refreshSeconds ?? 36_000);

  return {
    families,
    access,
    refresh,
    isAlive,
    /** For how many seconds a refresh token of now would be good. */
    refreshLifeOf,
    /** How many token sets were issued. */
    get issued() {
      return serials;
    },
    /** Somebody signs in. */
    begin(sub: string, signIn?: number): Family {
      const endsMs =
        setting.maxSeconds === null ? Number.MAX_SAFE_INTEGER : clocks.trueMs() + setting.maxSeconds * 1000;
      const family: Family = { id: families.length + 1, sub, signIn, endsMs, isGivenBack: false };
      families.push(family);
      return family;
    },
    end(family: Family): void {
      family.endsMs = -1;
      family.isGivenBack = true;
    },
    revokeAll(): void {
      for (const family of families) family.endsMs = -1;
    },
    /** A token answer as it goes over the wire. */
    issue(family: Family, { nonce, oddity, lifeSeconds, idToken = 'usual' }: Issue = {}) {
      const nowMs = clocks.trueMs();
      const serial = ++serials;
      const life = untilEnd(family, lifeSeconds ?? setting.lifeSeconds);
      const refreshLife = refreshLifeOf(family);
      const iat = Math.floor((1_800_000_000_000 + nowMs + setting.skewMs) / 1000);
      const claims = { iss: ISSUER, sub: family.sub, iat };
      const bare = `${SECRET}-access-${family.id}-${serial}`;
      const accessToken = setting.jwt ? jwtOf({ ...claims, aud: 'api', exp: iat + life }, bare) : bare;
      const refreshToken = `${SECRET}-refresh-${family.id}-${serial}`;
      const aud = idToken === 'of another client' ? 'other' : 'web';
      const usual: Record<string, unknown> = {
        access_token: accessToken,
        token_type: 'Bearer',
        expires_in: life,
        ...(idToken !== 'none' && {
          id_token: jwtOf({ ...claims, aud, exp: iat + 300, nonce }, `${SECRET}-signature`),
        }),
        ...(hasRefreshTokens && { refresh_token: refreshToken }),
        ...(hasRefreshTokens && setting.refreshSeconds !== null && { refresh_expires_in: refreshLife }),
        scope: 'openid profile',
      };
      const answer = oddity ? spoiled(usual, oddity) : usual;
      const saysLife = oddity?.field !== 'expires_in' || setting.jwt;
      if (answer['access_token'] === accessToken)
        access.set(accessToken, {
          family,
          serial,
          issuedAtMs: nowMs,
          lifeMs: saysLife ? life * 1000 : undefined,
        });
      if (answer['refresh_token'] === refreshToken)
        refresh.set(refreshToken, {
          family,
          serial,
          untilMs: nowMs + refreshLife * 1000,
          isSpent: false,
          spentAtMs: Infinity,
          isReplaced: false,
        });
      return answer;
    },
  };
};

export type Mint = ReturnType<typeof createMint>;
