import type { Accessor } from 'solid-js';
import { loadingView, type RegisteredUser, type SessionView } from '../index.ts';
import { follow } from './follow.ts';
import { type OfSession, useSession } from './useSession.ts';

/**
 * One value of the session's view: what reads it runs again only when this value changes. The selector may read signals and
 * props.
 *
 * @param isSame `Object.is` by default
 * @example
 * const name = useSessionValue(({ user }) => user?.name); // <p>{name()}</p>
 */
export const useSessionValue = <T, User = RegisteredUser>(
  pick: (view: SessionView<User>) => T,
  isSame?: (a: T, b: T) => boolean,
  of?: OfSession<User>,
): Accessor<T> => follow(useSession(of).select(pick, isSame), () => pick(loadingView));
