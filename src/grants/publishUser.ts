import { type UserMapper, userOf } from '../claims/user.ts';
import { runAppCode } from '../errors/runAppCode.ts';
import { SessionError } from '../errors/sessionError.ts';
import { readInstant } from '../time/clock.ts';
import type { TokenSet } from '../vault/vault.ts';
import type { GrantDeps } from './grantDeps.ts';

/** What JSON can show, and not `null`, which says that nobody is signed in. */
const isUser = (made: unknown): boolean =>
  typeof (Object(made) as { then?: unknown }).then !== 'function' &&
  (runAppCode(() => JSON.stringify(made)) ?? 'null') !== 'null';

/** Tells whom new tokens belong to, by the app's mapper if it has one that works. */
export const publishUser = (
  {
    clock,
    flights,
    options,
    onUser,
    onWarning,
  }: Pick<GrantDeps, 'clock' | 'flights' | 'options' | 'onUser' | 'onWarning'>,
  tokens: TokenSet,
  epoch: number,
): void => {
  if ((flights.epoch ?? epoch) !== epoch) flights.replacedAt = readInstant(clock);
  flights.epoch = epoch;
  const claimed: UserMapper<unknown> = ({ idToken = { iss: options.issuer, sub: '' } }) => idToken;
  const made = runAppCode(() => userOf(tokens, options.user ?? claimed));
  if (isUser(made)) return onUser(made, epoch);
  const message =
    'createSession: `user` must return JSON at once, and not null; the claims are used as they are';
  onWarning(new SessionError('option_invalid', message));
  onUser(userOf(tokens, claimed), epoch);
};
