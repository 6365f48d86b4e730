import type { ExpiredReason, Selection, Session, Stop } from '../index.ts';

/** A session that is over, for a page that tells the user. */
export interface Ended {
  readonly reason: ExpiredReason;
  /** The page that the user was on when it ended. */
  readonly returnTo: string;
  /** Signs in again, and comes back to that page. */
  signIn(): void;
}

/** Where the user was when a session ended: the page that says so is another, and is mounted later. */
const ends = new WeakMap<Session<unknown>, Ended>();

const endOf = (session: Session<unknown>, reason: ExpiredReason): Ended => {
  const returnTo = location.href;
  const signIn = (): void => void session.signIn({ returnTo }).catch(() => undefined);
  return { reason, returnTo, signIn };
};

/** Notes where the user is when the session ends. */
export const noteEnds = (session: Session<unknown>): Stop =>
  session.on('expired', ({ reason }) => void ends.set(session, endOf(session, reason)));

/** The end of the last session, until the next sign-in or sign-out. */
export const endedOf = (session: Session<unknown>): Selection<Ended | null> =>
  session.select(({ endReason }) => {
    if (endReason === null) return null;
    const known = ends.get(session) ?? endOf(session, endReason);
    ends.set(session, known);
    return known;
  });
