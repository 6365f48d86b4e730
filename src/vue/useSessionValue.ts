import type { Ref } from 'vue';
import { loadingView, type RegisteredUser, type SessionView } from '../index.ts';
import { follow } from './follow.ts';
import { type OfSession, useSession } from './useSession.ts';

/**
 * One value of the session's view, as a ref that changes only when this value does.
 *
 * @param isSame `Object.is` by default
 * @example
 * const name = useSessionValue(({ user }) => user?.name)
 */
export const useSessionValue = <T, User = RegisteredUser>(
  pick: (view: SessionView<User>) => T,
  isSame?: (a: T, b: T) => boolean,
  of?: OfSession<User>,
): Readonly<Ref<T>> => follow(useSession(of).select(pick, isSame), () => pick(loadingView));
