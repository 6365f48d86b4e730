import { computed, type Signal } from '@angular/core';
import { signedInEpoch } from '../ui/signedInEpoch.ts';
import { follow } from './follow.ts';
import { injectSession, type OfSession } from './injectSession.ts';

/**
 * The sign-in that is in effect, as a list for `@for`: empty while nobody is signed in, else with one key, which is another
 * for each sign-in. What is tracked by it leaves the screen when the session ends, and is made anew for another user.
 *
 * @example
 * readonly signedIn = injectSignedIn()
 * template: `@for (key of signedIn(); track key) { <app-account /> } @empty { <app-welcome /> }`
 */
export const injectSignedIn = (of?: OfSession<unknown>): Signal<readonly number[]> => {
  const epoch = follow(signedInEpoch(injectSession(of)), () => null);
  return computed(() => {
    const key = epoch();
    return key === null ? [] : [key];
  });
};
