import { computed, type Ref } from 'vue';
import type { RegisteredUser } from '../index.ts';
import { guardedUser, requireSomebody } from '../ui/guardedUser.ts';
import { follow } from './follow.ts';
import { type OfSession, useSession } from './useSession.ts';
import { useSessionValue } from './useSessionValue.ts';

/** Who is signed in, or `null`. */
export function useUser<User = RegisteredUser>(
  of?: OfSession<User> & { readonly required?: false },
): Readonly<Ref<User | null>>;
/**
 * Who is signed in, on a page behind a guard: never `null`. Between the end of the session and the moment at which the page leaves
 * the screen, it stays the last user.
 *
 * @throws {SessionError} `signed_out` when it is read while there is no user
 */
export function useUser<User = RegisteredUser>(
  of: OfSession<User> & { readonly required: true },
): Readonly<Ref<User>>;
export function useUser<User>(
  of?: OfSession<User> & { readonly required?: boolean },
): Readonly<Ref<User | null>> {
  if (!of?.required) return useSessionValue<User | null, User>(({ user }) => user, undefined, of);
  const user = follow(guardedUser(useSession(of)), () => null);
  return computed(() => requireSomebody(user.value));
}
