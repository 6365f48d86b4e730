import { type Selection, type Session, SessionError } from '../index.ts';

/**
 * The user of a page behind a guard: between the end of the session and the moment at which the page leaves the screen it is
 * who it was. Of somebody whom another user has followed, nothing is shown any more.
 */
export const guardedUser = <User>(session: Session<User>): Selection<User | null> => {
  let last: User | null = null;
  return session.select(({ user, endReason }) => {
    last = endReason === 'switched' ? null : (user ?? last);
    return last;
  });
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
