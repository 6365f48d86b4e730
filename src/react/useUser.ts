import { useMemo } from 'react';
import type { RegisteredUser } from '../index.ts';
import { guardedUser, requireSomebody } from '../ui/guardedUser.ts';
import { useSelection } from './useSelection.ts';
import { type OfSession, useSession } from './useSession.ts';

/** Who is signed in, or `null`. */
export function useUser<User = RegisteredUser>(
  of?: OfSession<User> & { readonly required?: false },
): User | null;
/**
 * Who is signed in, behind a guard: never `null`. Between the end of the session and the moment at which the page leaves the
 * screen it is who it was.
 *
 * @throws {SessionError} `signed_out` while nobody is there; on a server, which knows of no session, always
 */
export function useUser<User = RegisteredUser>(of: OfSession<User> & { readonly required: true }): User;
export function useUser<User>(of?: OfSession<User> & { readonly required?: boolean }): User | null {
  const session = useSession(of);
  const isRequired = of?.required === true;
  const selection = useMemo(
    () => (isRequired ? guardedUser(session) : session.select(({ user }) => user)),
    [session, isRequired],
  );
  const user = useSelection(selection, null);
  return isRequired ? requireSomebody(user) : user;
}
