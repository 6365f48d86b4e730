import { numberIn } from '../../claims/numberIn.ts';
import { decodeJwt, type IdTokenClaims } from '../../claims/user.ts';
import type { Instant } from '../../time/clock.ts';
import { isBearerToken } from '../../vault/isBearerToken.ts';
import type { TokenRefusal, TokenResponse } from '../tokenResponse.ts';
import { ERROR_IN_ANSWER } from './errorCode.ts';
import { invalidAnswer, malformed } from './invalidAnswer.ts';
import type { TokenAnswer } from './tokenAnswer.ts';
import { type FailureContext, toSessionError } from './toSessionError.ts';
import { withoutSecrets } from './withoutSecrets.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Ten years, seconds. Some providers state the largest number they have, and no deadline may be infinite. */
const LONGEST_LIFE = 315_360_000;

const textIn = (fields: Fields, name: string): string | undefined => {
  const value = fields[name] ?? '';
  if (typeof value === 'string') return value || undefined;
  throw malformed(name);
};

const secondsIn = (fields: Fields, name: string): number | undefined => {
  const value = fields[name] ?? undefined;
  if (value === undefined) return undefined;
  const seconds = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof seconds === 'number' && seconds >= 0 && seconds < Infinity)
    return Math.min(seconds, LONGEST_LIFE);
  throw malformed(name);
};

const requireBearer = (fields: Fields): void => {
  const type = textIn(fields, 'token_type') ?? 'bearer';
  if (type.toLowerCase() === 'bearer') return;
  // Of others nothing is quoted: a server can mix its fields up.
  const name = /^(DPoP|PoP|MAC|N_A)$/i.test(type) ? type : 'another';
  throw invalidAnswer(`the token's type is ${name}, and only Bearer is supported`);
};

const claimsIn = (idToken: string | undefined): IdTokenClaims | undefined => {
  if (idToken === undefined) return undefined;
  const claims = decodeJwt(idToken);
  if (claims && typeof claims['sub'] === 'string' && claims['sub'] !== '') return claims as IdTokenClaims;
  throw invalidAnswer('the ID Token is no JWT, or has no "sub"');
};

/** The smallest of what is known, seconds. */
const lifeOf = (stated: number | undefined, access: Fields | undefined): number | undefined => {
  const shown = numberIn(access, 'exp') - (numberIn(access, 'iat') || numberIn(access, 'nbf'));
  return shown > 0 ? Math.min(shown, stated ?? LONGEST_LIFE) : stated;
};

/** By how much an access token is older than the answer that brought it, as the ID token beside it shows, seconds. */
const ageOf = (access: Fields | undefined, claims: Fields | undefined): number => {
  const age = numberIn(claims, 'iat') - numberIn(access, 'iat');
  return age > 0 ? age : 0;
};

/** How an answer is read. */
export interface AnswerContext extends FailureContext {
  /** It does not come from the token endpoint itself: its tokens can be older than the answer. @default false */
  readonly mayBeOlder?: boolean;
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** The scope is public: where a server has mixed its fields up, it is as good as absent. */
const scopeIn = (fields: Fields, secrets: readonly string[]): string | undefined => {
  const scope = textIn(fields, 'scope');
  // A shorter secret can be a part of any word.
  const long = secrets.filter(({ length }) => length > 5);
  return scope !== undefined && withoutSecrets(scope, long) === scope ? scope : undefined;
};

const read = (
  fields: Fields,
  sentAt: Instant,
  mayBeOlder: boolean,
  secrets: readonly string[],
): TokenAnswer => {
  const { error, error_description, access_token: accessToken } = fields;
  if (typeof error === 'string' && !accessToken)
    throw Object.assign(new Error(), { code: ERROR_IN_ANSWER, error, error_description });
  if (typeof accessToken !== 'string' || accessToken === '') throw malformed('access_token');
  if (!isBearerToken(accessToken))
    throw invalidAnswer('the access token has characters that no header may have, such as a line break');
  const [refreshToken, idToken] = [textIn(fields, 'refresh_token'), textIn(fields, 'id_token')];
  requireBearer(fields);
  const [access, claims] = [decodeJwt(accessToken), claimsIn(idToken)];
  const life = lifeOf(secondsIn(fields, 'expires_in'), access);
  return {
    tokens: { accessToken, refreshToken, idToken },
    facts: {
      expires_in: life && Math.max(0, life - (mayBeOlder ? ageOf(access, claims) : 0)),
      refresh_expires_in: secondsIn(fields, 'refresh_expires_in'),
      scope: scopeIn(fields, secrets),
    },
    sentAt,
    claims,
  };
};

/**
 * The one reading of a token endpoint's answer, wherever it comes from: `null` and empty texts are absent, lives are
 * seconds, the access token's is the smallest that `expires_in` and its own payload state.
 *
 * @throws {SessionError} `response_invalid` with the field's name, `id_token_invalid`, or what an OAuth `error` in it means.
 */
export const answerFrom = (
  response: TokenResponse | TokenRefusal,
  sentAt: Instant,
  { mayBeOlder = false, secrets = [], ...context }: AnswerContext = {},
): TokenAnswer => {
  const fields = Object(response) as Fields;
  const all = [...secrets, fields['access_token'], fields['refresh_token'], fields['id_token']].filter(
    isText,
  );
  try {
    return read(fields, sentAt, mayBeOlder, all);
  } catch (thrown) {
    throw toSessionError(thrown, { ...context, secrets: all });
  }
};
