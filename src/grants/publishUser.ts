import { type UserMapper, userOf } from '../claims/user.ts';
import { SessionError } from '../errors/sessionError.ts';
import type { TokenSet } from '../vault/vault.ts';
import type { GrantDeps } from './grantDeps.ts';

/** Tells whom new tokens belong to, by the app's mapper if it has one that works. */
export const publishUser = (
  { options, onUser, onWarning }: Pick<GrantDeps, 'options' | 'onUser' | 'onWarning'>,
  tokens: TokenSet,
  epoch: number,
): void => {
  const claimed: UserMapper<unknown> = ({ idToken = { iss: options.issuer, sub: '' } }) => idToken;
  try {
    onUser(userOf(tokens, options.user ?? claimed), epoch);
  } catch {
    const message =
      'createSession: `user` threw, or returned something that is not JSON; the claims are used as they are';
    onWarning(new SessionError('option_invalid', message));
    onUser(userOf(tokens, claimed), epoch);
  }
};
