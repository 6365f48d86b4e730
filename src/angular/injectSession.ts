import { inject, InjectionToken } from '@angular/core';
import type { RegisteredUser, Session } from '../index.ts';
import { noSession } from '../ui/noSession.ts';

/** Under which an app has its session. */
export const SESSION = new InjectionToken<Session<never>>('token-vigil');

/** Which session an `inject…` function is about. */
export interface OfSession<User> {
  /** @default the one that the app was given */
  readonly session?: Session<User>;
}

/**
 * The session that the app was given, with all its functions: `signIn`, `signOut`, `renew`, `stay`, `fetch`, … As all of
 * these, it is called where Angular's `inject` may be: in a field or the constructor of a component, in a guard, …
 *
 * @throws {SessionError} `option_invalid` where the app was given none
 */
export const injectSession = <User = RegisteredUser>({ session }: OfSession<User> = {}): Session<User> => {
  const found = session ?? inject(SESSION, { optional: true });
  if (!found) throw noSession('Add `provideSession(session)` to the providers of the app');
  return found;
};
