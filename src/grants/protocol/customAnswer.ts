import { decodeJwt, type IdTokenClaims } from '../../claims/user.ts';
import { isSessionError, SessionError } from '../../errors/sessionError.ts';
import { type Clock, type Milliseconds, readInstant } from '../../time/clock.ts';
import { settleWithin } from '../../time/settleWithin.ts';
import type { TokenResponse } from '../tokenResponse.ts';
import type { TokenAnswer } from './tokenAnswer.ts';

/** RFC 6750 §2.1, loosely. Platforms quote a header that they refuse in the error. */
const FIT_FOR_A_HEADER = /^[\x21-\x7e]+$/;

/** A wire answer as ours. */
export const answerFrom = (response: TokenResponse, sentAt: TokenAnswer['sentAt']): TokenAnswer => {
  if (!FIT_FOR_A_HEADER.test(response.access_token)) {
    throw new SessionError(
      'response_invalid',
      'The access token has characters that no header may have, such as a line break',
    );
  }
  return {
    tokens: {
      accessToken: response.access_token,
      refreshToken: response.refresh_token,
      idToken: response.id_token,
    },
    facts: {
      expires_in: response.expires_in,
      refresh_expires_in: response.refresh_expires_in,
      scope: response.scope,
    },
    sentAt,
    claims: decodeJwt(response.id_token) as IdTokenClaims | undefined,
  };
};

/** A `SessionError` of the app's own decides by its code; of any other only the name is kept, since it may hold a request. */
const rethrow = (thrown: unknown): never => {
  if (isSessionError(thrown)) throw thrown;
  const { name = typeof thrown } = Object(thrown) as { name?: string };
  throw new SessionError(
    'network_failed',
    `options.grants: the function failed with ${name}. Throw a SessionError to say what that means`,
    { retryable: true },
  );
};

/** The answer of a login or refresh of the app's own. A person may need long for the first; `limitMs` is for the second. */
export const customAnswer = async (
  clock: Clock,
  ask: () => Promise<TokenResponse>,
  limitMs?: Milliseconds,
): Promise<TokenAnswer> => {
  const sentAt = readInstant(clock);
  // An async function, so that what it throws before its first await is caught as well.
  const asked = (async () => ask())();
  const response = await (limitMs === undefined ? asked : settleWithin(clock, limitMs, asked)).catch(rethrow);
  if (typeof Object(response).access_token === 'string') return answerFrom(response, sentAt);
  throw new SessionError(
    'response_invalid',
    'options.grants: the function must return a token endpoint answer with `access_token`',
  );
};
