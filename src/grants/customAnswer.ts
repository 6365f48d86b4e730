import { decodeJwt, type IdTokenClaims } from '../claims/user.ts';
import { SessionError } from '../errors/sessionError.ts';
import { type Clock, readInstant } from '../time/clock.ts';
import type { TokenAnswer } from './tokenAnswer.ts';
import type { TokenResponse } from './tokenResponse.ts';

/** A wire answer as ours. */
export const answerFrom = (response: TokenResponse, sentAt: TokenAnswer['sentAt']): TokenAnswer => ({
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
});

/** The answer of a login or refresh of the app's own. */
export const customAnswer = async (
  clock: Clock,
  ask: () => Promise<TokenResponse>,
): Promise<TokenAnswer> => {
  const sentAt = readInstant(clock);
  const response = await ask();
  if (typeof Object(response).access_token === 'string') return answerFrom(response, sentAt);
  throw new SessionError(
    'response_invalid',
    'options.grants: the function must return a token endpoint answer with `access_token`',
  );
};
