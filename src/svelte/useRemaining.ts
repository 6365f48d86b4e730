import type { Milliseconds, RemainingOf } from '../index.ts';
import { type Current, follow } from './follow.ts';
import { type OfSession, useSession } from './useSession.ts';

/**
 * The remaining time of the access token, or of the session if the user does nothing: milliseconds in whole steps, `null` if
 * no end is known.
 *
 * @param stepMs a second by default
 */
export const useRemaining = (
  what: RemainingOf,
  stepMs?: Milliseconds,
  of?: OfSession<unknown>,
): Current<Milliseconds | null> => follow(useSession(of).remaining(what, stepMs), () => null);
