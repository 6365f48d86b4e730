import { SessionError } from '../errors/sessionError.ts';
import type { Milliseconds } from '../time/clock.ts';

/** Whoever calls is away and the token has lapsed. */
export const sessionIdle = (): SessionError =>
  new SessionError('session_idle', 'The user is away and the token has lapsed; see `idle.requests`.');

/** Nobody is signed in. */
export const signedOut = (): SessionError =>
  new SessionError('signed_out', 'Nobody is signed in; see `signedOut.requests`.');

/** The sign-in a call belonged to is over. */
export const sessionEnded = (): SessionError =>
  new SessionError('session_ended', 'The sign-in that this call belonged to has ended.');

/** The session was stopped. */
export const sessionStopped = (): SessionError =>
  new SessionError('session_stopped', 'The session was stopped.');

/** A wait reached its deadline. */
export const waitTimedOut = (waitMs: Milliseconds, cause: SessionError | undefined): SessionError =>
  new SessionError('wait_timed_out', `No fresh token within ${waitMs} ms.`, {
    cause,
    retryable: true,
  });

/** No renewal can satisfy this caller. */
export const marginTooLong = (marginMs: Milliseconds): SessionError =>
  new SessionError('option_invalid', `getAccessToken: no token lives longer than margin: ${marginMs} ms.`);
