import type { Accessor } from 'solid-js';
import type { Milliseconds, RemainingOf } from '../index.ts';
import { follow } from './follow.ts';
import { type OfSession, useSession } from './useSession.ts';

/**
 * What is left of the access token, or of the session if the user does nothing: milliseconds in whole steps, `null` where no
 * end is known.
 *
 * @param stepMs a second by default
 */
export const useRemaining = (
  what: RemainingOf,
  stepMs?: Milliseconds,
  of?: OfSession<unknown>,
): Accessor<Milliseconds | null> => follow(useSession(of).remaining(what, stepMs), () => null);
