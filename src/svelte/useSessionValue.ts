import { loadingView, type RegisteredUser, type SessionView } from '../index.ts';
import { type Current, follow } from './follow.ts';
import { type OfSession, useSession } from './useSession.ts';

/**
 * One value of the session's view. Effects that read `current` run again only when this value changes.
 *
 * @param isSame `Object.is` by default
 * @example
 * const name = useSessionValue(({ user }) => user?.name); // <p>{name.current}</p>
 */
export const useSessionValue = <T, User = RegisteredUser>(
  pick: (view: SessionView<User>) => T,
  isSame?: (a: T, b: T) => boolean,
  of?: OfSession<User>,
): Current<T> => follow(useSession(of).select(pick, isSame), () => pick(loadingView));
