import * as oauth from 'oauth4webapi';
import { decodeJwt } from '../../claims/user.ts';
import { SessionError } from '../../errors/sessionError.ts';
import type { TokenSet } from '../../vault/vault.ts';
import type { Provider } from './provider.ts';
import type { TokenAnswer } from './tokenAnswer.ts';
import { requestTokens } from './tokenRequest.ts';

type Claims = Readonly<Record<string, unknown>>;

/** Whether a claim of a renewed ID token goes on from the one before (OpenID Connect Core §12.2). */
const continues = (claim: string, renewed: Claims, old: Claims): boolean => {
  const [now, before] = [renewed[claim], old[claim]];
  if (claim === 'aud') return [before].flat().every((audience) => [now].flat().includes(audience));
  const isAbsent = now === undefined || (claim === 'azp' && before === undefined);
  return now === before || isAbsent;
};

/** Refuses an ID token that does not go on from the one before it; without both there is nothing to compare. */
export const requireContinuity = (renewed: Claims | undefined, old: Claims | undefined): void => {
  if (!renewed || !old) return;
  const broken = ['sub', 'iss', 'aud', 'azp', 'nonce'].find((claim) => !continues(claim, renewed, old));
  if (broken === undefined) return;
  throw new SessionError('id_token_invalid', `The renewed ID token has another ${broken}. Sign in again`);
};

/**
 * Renews tokens (RFC 6749 §6). What the answer leaves out stays out: then the old one goes on.
 * The scope is not sent: it stays as granted.
 */
export const refreshGrant = async (
  provider: Provider,
  { refreshToken, idToken }: TokenSet,
): Promise<TokenAnswer> => {
  if (!refreshToken) {
    throw new SessionError('grant_refused', 'There is no refresh token. Sign in again');
  }
  const answer = await requestTokens(provider, {
    action: 'Renewing the session',
    send: (as, client, authentication, http) =>
      oauth.refreshTokenGrantRequest(as, client, authentication, refreshToken, http),
  });
  requireContinuity(answer.claims, decodeJwt(idToken));
  return answer;
};
