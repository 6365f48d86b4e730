import { computed, type Signal } from '@angular/core';
import type { RegisteredUser } from '../index.ts';
import { guardedUser, requireSomebody } from '../ui/guardedUser.ts';
import { follow } from './follow.ts';
import { injectSession, type OfSession } from './injectSession.ts';
import { injectSessionValue } from './injectSessionValue.ts';

/** Who is signed in, or `null`. */
export function injectUser<User = RegisteredUser>(
  of?: OfSession<User> & { readonly required?: false },
): Signal<User | null>;
/**
 * Who is signed in, behind a guard: never `null`. Between the end of the session and the moment at which the page leaves the
 * screen it is who it was.
 *
 * @throws {SessionError} `signed_out` when it is read while nobody is there
 */
export function injectUser<User = RegisteredUser>(
  of: OfSession<User> & { readonly required: true },
): Signal<User>;
export function injectUser<User>(
  of?: OfSession<User> & { readonly required?: boolean },
): Signal<User | null> {
  if (!of?.required) return injectSessionValue<User | null, User>(({ user }) => user, undefined, of);
  const user = follow(guardedUser(injectSession(of)), () => null);
  return computed(() => requireSomebody(user()));
}
