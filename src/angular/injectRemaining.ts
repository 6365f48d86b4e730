import type { Signal } from '@angular/core';
import type { Milliseconds, RemainingOf } from '../index.ts';
import { follow } from './follow.ts';
import { injectSession, type OfSession } from './injectSession.ts';

/**
 * What is left of the access token, or of the session if the user does nothing: milliseconds in whole steps, `null` where no
 * end is known.
 *
 * @param stepMs a second by default
 */
export const injectRemaining = (
  what: RemainingOf,
  stepMs?: Milliseconds,
  of?: OfSession<unknown>,
): Signal<Milliseconds | null> => follow(injectSession(of).remaining(what, stepMs), () => null);
