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

/** Notes an end until it is over, even if nothing shows it then: the next end is another one. */
const note = (session: Session<unknown>, reason: ExpiredReason): Ended => {
  const returnTo = location.href;
  const signIn = (): void => void session.signIn({ returnTo }).catch(() => undefined);
  const ended = { reason, returnTo, signIn };
  ends.set(session, ended);
  const stop = session.on('*', ({ type }) => {
    if (type !== 'signedIn' && type !== 'signedOut') return;
    stop();
    ends.delete(session);
  });
  return ended;
};

/** Notes where the user is when the session ends. */
export const noteEnds = (session: Session<unknown>): Stop =>
  session.on('expired', ({ reason }) => void note(session, reason));

/** The end of the last session, until the next sign-in or sign-out. */
export const endedOf = (session: Session<unknown>): Selection<Ended | null> =>
  session.select(({ endReason }) => {
    if (endReason === null) return null;
    return ends.get(session) ?? note(session, endReason);
  });
