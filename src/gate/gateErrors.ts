import { SessionError, type SessionErrorDetails } from '../errors/sessionError.ts';
import type { GateSession } from './gateSession.ts';

const messages = {
  session_idle: 'The user is away and the token has lapsed; see `idle.requests`.',
  signed_out: 'Nobody is signed in. Call `signIn()` or `require()`, or see `signedOut.requests`.',
  session_ended: 'The sign-in that this call belonged to has ended.',
  wait_timed_out: 'No fresh token came in time; the cause says why, if it is known.',
  option_invalid: 'getAccessToken: no token lives for `margin` milliseconds.',
} as const;

/** Why the gate fails a call. */
export const gateError = (code: keyof typeof messages, details?: SessionErrorDetails): SessionError =>
  new SessionError(code, messages[code], details);

/** Why the gate fails a call for want of a session: with why the last one is over, where it was not signed out. */
export const overError = (
  code: 'signed_out' | 'session_ended',
  session: Pick<GateSession, 'endReason' | 'failure'>,
): SessionError => {
  const reason = session.endReason();
  if (!reason) return gateError(code);
  const cause = session.failure();
  return new SessionError(code, `${messages[code]} The last session expired (${reason}).`, { cause });
};
