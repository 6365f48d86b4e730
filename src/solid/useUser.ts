import type { Accessor } from 'solid-js';
import type { RegisteredUser } from '../index.ts';
import { guardedUser, requireSomebody } from '../ui/guardedUser.ts';
import { follow } from './follow.ts';
import { type OfSession, useSession } from './useSession.ts';
import { useSessionValue } from './useSessionValue.ts';

/** Who is signed in, or `null`. */
export function useUser<User = RegisteredUser>(
  of?: OfSession<User> & { readonly required?: false },
): Accessor<User | null>;
/**
 * Who is signed in, behind a guard: never `null`. Between the end of the session and the moment at which the page leaves the
 * screen it is who it was.
 *
 * @throws {SessionError} `signed_out` when it is read while nobody is there; on a server, which knows of no session, always
 */
export function useUser<User = RegisteredUser>(
  of: OfSession<User> & { readonly required: true },
): Accessor<User>;
export function useUser<User>(of?: OfSession<User> & { readonly required?: boolean }): Accessor<User | null> {
  if (!of?.required) return useSessionValue<User | null, User>(({ user }) => user, undefined, of);
  const user = follow(guardedUser(useSession(of)), () => null);
  return () => requireSomebody(user());
}
