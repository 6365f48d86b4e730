import { decodeJwt } from '../../claims/user.ts';
import type { TokenSet } from '../../vault/vault.ts';
import { haveSame, type Claims } from './haveSame.ts';
import type { TokenAnswer } from './tokenAnswer.ts';

const differs = (a: Claims, b: Claims): boolean =>
  typeof a['sub'] === 'string' && typeof b['sub'] === 'string' && a['sub'] !== b['sub'];

/**
 * Whether an answer names another user than the tokens at hand. An ID token says who; without one in both only access
 * tokens that are JWTs of the same `iss` and `aud` do (OpenID Connect Core §12.2).
 */
export const isOtherUser = (
  { tokens, claims }: Pick<TokenAnswer, 'tokens' | 'claims'>,
  held: TokenSet,
): boolean => {
  const known = decodeJwt(held.idToken);
  if (claims && known) return differs(claims, known);
  const [arrived, before] = [decodeJwt(tokens.accessToken), decodeJwt(held.accessToken)];
  return !!arrived && !!before && haveSame(['iss', 'aud'], arrived, before) && differs(arrived, before);
};
