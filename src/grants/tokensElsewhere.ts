import { SessionError } from '../errors/sessionError.ts';

/** How a renewal ends whose refresh token other tabs have spent, or may have. */
export const tokensElsewhere = (): SessionError =>
  new SessionError('tokens_elsewhere', 'Other tabs renew the session, and none has handed on its tokens', {
    retryable: true,
  });
