import type { Session } from '../session/session.ts';
import { type Clock, systemClock } from '../time/clock.ts';

/** The clock by which a session goes: a fake one shows its own. */
export const clockOf = (session: Session<unknown>): Clock =>
  (session as { readonly clock?: Clock }).clock ?? systemClock;
