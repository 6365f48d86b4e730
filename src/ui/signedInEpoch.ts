import type { Selection, Session } from '../index.ts';

/** Tells one sign-in from the next: what is keyed by it is made anew for another user. `null` while nobody is signed in. */
export const signedInEpoch = (session: Session<unknown>): Selection<number | null> =>
  session.select(({ status }) =>
    status === 'signedIn' ? (session.actor.getSnapshot().context.lease?.epoch ?? null) : null,
  );
