import { SessionError } from '../errors/sessionError.ts';
import type { GrantDeps } from './grantDeps.ts';

/** Tells of options that work, and are hardly meant. */
export const warnOfOptions = ({
  options: { clientSecret, scope, user },
  page,
  onWarning,
}: Pick<GrantDeps, 'options' | 'page' | 'onWarning'>): void => {
  const tell = (what: string): void =>
    onWarning(new SessionError('option_invalid', `createSession: ${what}`));
  if (page && clientSecret !== undefined)
    tell('a `clientSecret` in a page is no secret. Make the client public, or let a server hold it');
  if (!user && !scope.split(' ').includes('openid'))
    tell('`scope` is without `openid`, so that nobody learns who signs in: `session.user` has no name');
};
