import { isPresent } from '../../machines/presence.ts';
import type { Failure, LoginKind, SessionContext } from '../../machines/sessionContext.ts';
import { elapsedMs } from '../time/deadline.ts';
import type { Instant } from '../time/clock.ts';
import { deadlinesOf } from './deadlinesOf.ts';
import type { Deadlines, InspectNews, MachineEvent } from './inspectEntry.ts';
import type { SeenMachine } from './watchMachine.ts';

/** Finds in what the machine knows what else has happened. */
export type DeriveNews = (
  event: MachineEvent | undefined,
  before: SeenMachine | null,
  after: SeenMachine | null,
) => InspectNews[];

interface Begun {
  readonly at: Instant;
}

const isSame = (a: Deadlines, b: Deadlines): boolean => JSON.stringify(a) === JSON.stringify(b);

/** How something ended, by the event that ended it. */
const endBy = (
  event: MachineEvent | undefined,
): { readonly outcome: 'granted' | 'failed' | 'abandoned'; readonly failure: Failure | null } => {
  if (event?.type === 'refresh.granted' || event?.type === 'login.granted')
    return { outcome: 'granted', failure: null };
  const failure = event?.type === 'refresh.failed' || event?.type === 'login.failed' ? event.failure : null;
  return { outcome: failure ? 'failed' : 'abandoned', failure };
};

export const createDeriveNews = (): DeriveNews => {
  let renewal: (Begun & { readonly generation: number }) | undefined;
  let signIn: (Begun & { readonly attempt: number; readonly by: LoginKind }) | undefined;
  let deadlines: Deadlines | undefined;
  let wasPresent: boolean | undefined;

  const renewals = (event: MachineEvent | undefined, now: Instant, after: SessionContext | undefined) => {
    const news: InspectNews[] = [];
    const generation = after?.renewing ?? null;
    if (renewal && renewal.generation !== generation) {
      const { at, generation: ended } = renewal;
      news.push({ kind: 'renewal', ...endBy(event), generation: ended, durationMs: elapsedMs(at, now) });
      renewal = undefined;
    }
    if (generation !== null && !renewal) {
      renewal = { at: after!.now, generation };
      news.push({ kind: 'renewal', outcome: 'begun', generation });
    }
    return news;
  };

  const signIns = (event: MachineEvent | undefined, now: Instant, after: SessionContext | undefined) => {
    const news: InspectNews[] = [];
    const login = after?.login ?? null;
    if (signIn && signIn.attempt !== login?.attempt) {
      const { at, by, attempt } = signIn;
      news.push({ kind: 'signIn', ...endBy(event), by, attempt, durationMs: elapsedMs(at, now) });
      signIn = undefined;
    }
    if (login && !signIn) {
      signIn = { at: after!.now, by: login.kind, attempt: login.attempt };
      news.push({ kind: 'signIn', outcome: 'begun', by: login.kind, attempt: login.attempt });
    }
    return news;
  };

  const moved = (after: SessionContext | undefined): InspectNews[] => {
    if (!after) return [];
    const next = deadlinesOf(after);
    if (deadlines && isSame(deadlines, next)) return [];
    deadlines = next;
    return [{ kind: 'deadlines', deadlines }];
  };

  const presence = (before: SessionContext | undefined, after: SessionContext | undefined): InspectNews[] => {
    if (!after?.lease) {
      wasPresent = undefined;
      return [];
    }
    const present = isPresent(after);
    const isSign = before?.lastActivity !== after.lastActivity || before?.holds !== after.holds;
    if (present === wasPresent && !isSign) return [];
    wasPresent = present;
    return [{ kind: 'presence', present, holds: after.holds }];
  };

  return (event, before, after) => {
    const now = (after ?? before)?.context.now;
    if (!now) return [];
    return [
      ...renewals(event, now, after?.context),
      ...signIns(event, now, after?.context),
      ...moved(after?.context),
      ...presence(before?.context, after?.context),
    ];
  };
};
