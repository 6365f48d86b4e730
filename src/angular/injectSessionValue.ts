import type { Signal } from '@angular/core';
import { loadingView, type RegisteredUser, type SessionView } from '../index.ts';
import { follow } from './follow.ts';
import { injectSession, type OfSession } from './injectSession.ts';

/**
 * One value of the session's view, as a signal that changes only when this value does.
 *
 * @param isSame `Object.is` by default
 * @example
 * readonly name = injectSessionValue(({ user }) => user?.name)
 */
export const injectSessionValue = <T, User = RegisteredUser>(
  pick: (view: SessionView<User>) => T,
  isSame?: (a: T, b: T) => boolean,
  of?: OfSession<User>,
): Signal<T> => follow(injectSession(of).select(pick, isSame), () => pick(loadingView));
