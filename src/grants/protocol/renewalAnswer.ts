import { decodeJwt } from '../../claims/user.ts';
import { SessionError } from '../../errors/sessionError.ts';
import type { TokenSet } from '../../vault/vault.ts';
import { haveSame } from './haveSame.ts';
import { requireContinuity } from './requireContinuity.ts';
import type { OddAnswer, TokenAnswer } from './tokenAnswer.ts';
import { toSessionError } from './toSessionError.ts';

/** What an answer has, judged or not. */
type Fields = Readonly<Record<string, unknown>>;

/** Whether an answer says nothing of whose it is, or that it is of the same user, issuer and audience. */
const isOfSame = ({ id_token: idToken }: Fields, held: TokenSet): boolean => {
  if (!(idToken ?? '')) return true;
  const [now, before] = [decodeJwt(String(idToken)), decodeJwt(held.idToken)];
  return !!now && !!before && haveSame(['sub', 'iss', 'aud'], now, before);
};

const otherRefreshToken = ({ refresh_token: arrived }: Fields, held: TokenSet): string | undefined =>
  typeof arrived === 'string' && arrived !== held.refreshToken ? arrived || undefined : undefined;

/** The newer refresh token in an answer that says nothing against it; the one before it may be spent by now. */
export const newerRefreshToken = (fields: Fields, held: TokenSet): string | undefined =>
  isOfSame(fields, held) ? otherRefreshToken(fields, held) : undefined;

/** The tokens at hand are as good as before, and trying again may help. */
const retryable = (error: SessionError): SessionError =>
  error.code === 'id_token_invalid'
    ? new SessionError(error.code, error.message, { retryable: true })
    : error;

/**
 * Judges the answer to a renewal of these tokens. Of an unusable one the newer refresh token is kept where it can be;
 * where it cannot, the older one may be spent, and the session is over.
 *
 * @throws {SessionError}
 */
export const renewalAnswer = async (
  fields: Fields,
  held: TokenSet,
  read: () => TokenAnswer | Promise<TokenAnswer>,
): Promise<TokenAnswer | OddAnswer> => {
  try {
    const answer = await read();
    requireContinuity(answer.claims, decodeJwt(held.idToken));
    return answer;
  } catch (thrown) {
    const error = toSessionError(thrown);
    const refreshToken = otherRefreshToken(fields, held);
    if (refreshToken === undefined) throw retryable(error);
    if (isOfSame(fields, held)) return { error: retryable(error), refreshToken };
    return { error: new SessionError('id_token_invalid', error.message), refreshToken: undefined };
  }
};
