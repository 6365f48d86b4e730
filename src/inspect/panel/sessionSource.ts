import type { Session } from '../../session/session.ts';
import { type Clock, type Milliseconds, readInstant, systemClock } from '../../time/clock.ts';
import { inspectSession } from '../inspectSession.ts';
import type { InspectorSource } from './source.ts';

/** What a fake session has besides. */
interface Movable {
  readonly clock?: Clock & { jumpWall?(ms: Milliseconds): void };
  readonly advance?: (ms: Milliseconds) => Promise<unknown>;
}

/** A session of this page. */
export const sessionSource = (session: Session<unknown>): InspectorSource => {
  const inspection = inspectSession(session);
  const { advance, clock = systemClock } = session as Session<unknown> & Movable;
  return {
    name: session.name,
    isLive: true,
    get base() {
      return inspection.base;
    },
    get entries() {
      return inspection.entries;
    },
    now: () => readInstant(clock),
    subscribe: inspection.subscribe,
    stop: inspection.stop,
    controls: {
      activity: () => session.touch(),
      renew: () => session.renew(),
      stay: () => session.stay(),
      signOut: () => session.signOut({ redirect: false }),
      ...(advance && {
        // Time goes back for the wall clock only, as when a user sets it.
        advance: async (ms) => (ms < 0 ? (session as Movable).clock?.jumpWall?.(ms) : advance(ms)),
      }),
    },
  };
};
