import { SessionError, type SessionErrorDetails } from '../errors/sessionError.ts';

const messages = {
  session_idle: 'The user is away and the token has lapsed; see `idle.requests`.',
  signed_out: 'Nobody is signed in; see `signedOut.requests`.',
  session_ended: 'The sign-in that this call belonged to has ended.',
  session_stopped: 'The session was stopped.',
  wait_timed_out: 'No fresh token came in time; the cause says why, if it is known.',
  option_invalid: 'getAccessToken: no token lives as long as `margin` asks for.',
} as const;

/** Why the gate fails a call. */
export const gateError = (code: keyof typeof messages, details?: SessionErrorDetails): SessionError =>
  new SessionError(code, messages[code], details);
