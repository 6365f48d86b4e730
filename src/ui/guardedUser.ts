import { type Selection, type Session, SessionError } from '../index.ts';

/** Whom the pages on the screen show. What is added to such a page after the end of the session shows the same user. */
const shown = new WeakMap<Session<unknown>, Set<() => unknown>>();

/**
 * The user of a page behind a guard: between the end of the session and the moment at which the page leaves the screen it is
 * who it was. Of somebody whom another user has followed, nothing is shown any more.
 */
export const guardedUser = <User>(session: Session<User>): Selection<User | null> => {
  const pages = shown.get(session) ?? new Set();
  shown.set(session, pages);
  const [page] = pages;
  let last = (page?.() ?? null) as User | null;
  const { get, subscribe } = session.select(({ user, endReason }) => {
    last = endReason === 'switched' ? null : (user ?? last);
    return last;
  });
  return {
    get,
    subscribe(listener) {
      const stop = subscribe(listener);
      pages.add(get);
      return () => {
        stop();
        pages.delete(get);
      };
    },
  };
};

/**
 * Somebody, where somebody must be.
 *
 * @throws {SessionError} `signed_out`
 */
export const requireSomebody = <User>(user: User | null): User => {
  if (user !== null) return user;
  throw new SessionError(
    'signed_out',
    'useUser: nobody is signed in, though a user is required. Put the component behind a guard, or ask for `useUser()` and deal with `null`',
  );
};
