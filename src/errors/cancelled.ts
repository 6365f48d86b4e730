import { SessionError } from './sessionError.ts';

/** How a sign-in ends that was overtaken, or that nobody waits for any more. */
export const cancelled = (why = 'signed out, stopped, or signed in again meanwhile'): SessionError =>
  new SessionError('sign_in_cancelled', `The sign-in was given up: ${why}`);
