import type { RegisteredUser } from '../index.ts';
import { guardedUser, requireSomebody } from '../ui/guardedUser.ts';
import { type Current, followAsIs } from './follow.ts';
import { type OfSession, useSession } from './useSession.ts';
import { useSessionValue } from './useSessionValue.ts';

/** Who is signed in, or `null`. */
export function useUser<User = RegisteredUser>(
  of?: OfSession<User> & { readonly required?: false },
): Current<User | null>;
/**
 * Who is signed in, on a page behind a guard: never `null`. Between the end of the session and the moment at which the page leaves
 * the screen, it stays the last user. A server knows no user, so it cannot render a component that reads this.
 *
 * @throws {SessionError} `signed_out` when it is read while there is no user
 */
export function useUser<User = RegisteredUser>(
  of: OfSession<User> & { readonly required: true },
): Current<User>;
export function useUser<User>(of?: OfSession<User> & { readonly required?: boolean }): Current<User | null> {
  if (!of?.required) return useSessionValue<User | null, User>(({ user }) => user, undefined, of);
  const known = guardedUser(useSession(of));
  // Remembers the user even if `current` is first read after the end of the session.
  known.get();
  const user = followAsIs(known);
  return {
    get current() {
      return requireSomebody(user.current);
    },
  };
}
