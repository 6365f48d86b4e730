import { isPresent } from '../../machines/presence.ts';
import type { Failure, LoginKind, SessionContext } from '../../machines/sessionContext.ts';
import type { RefreshFailed, RefreshGranted } from '../../machines/sessionEvents.ts';
import { elapsedMs } from '../time/deadline.ts';
import type { Instant, Milliseconds } from '../time/clock.ts';
import { deadlinesOf } from './deadlinesOf.ts';
import type { Deadlines, InspectNews, MachineEvent } from './inspectEntry.ts';
import type { SeenMachine } from './watchMachine.ts';
import { deadlinesWithoutSecrets } from './withoutSecrets.ts';

/** Finds in what the machine knows what else has happened. */
export type DeriveNews = (
  event: MachineEvent | undefined,
  before: SeenMachine | null,
  after: SeenMachine | null,
  at: Instant,
) => InspectNews[];

interface Begun {
  readonly at: Instant;
}

const isSame = (a: Deadlines, b: Deadlines): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Never `-0`, which JSON does not know. */
const durationMs = (from: Instant, to: Instant): Milliseconds => Math.max(0, elapsedMs(from, to));

interface End {
  readonly outcome: 'granted' | 'failed' | 'abandoned';
  readonly failure: Failure | null;
}

const abandoned: End = { outcome: 'abandoned', failure: null };

interface Renewal extends Begun {
  readonly epoch: number;
  readonly generation: number;
}

/** Whether an event is the answer to a renewal, or that it was not even tried. */
const isAnswerTo = (
  { epoch, generation }: Renewal,
  event: MachineEvent | undefined,
): event is RefreshGranted | RefreshFailed =>
  (event?.type === 'refresh.granted' || event?.type === 'refresh.failed') &&
  event.epoch === epoch &&
  event.generation === generation;

const endOfRenewal = (renewal: Renewal, event: MachineEvent | undefined): End => {
  if (!isAnswerTo(renewal, event)) return abandoned;
  if (event.type === 'refresh.granted') return { outcome: 'granted', failure: null };
  return event.isUntried ? abandoned : { outcome: 'failed', failure: event.failure };
};

/** One that finds nobody, without a failure, is abandoned. */
const endOfSignIn = (attempt: number, event: MachineEvent | undefined): End => {
  if ((event?.type !== 'login.granted' && event?.type !== 'login.failed') || event.attempt !== attempt)
    return abandoned;
  if (event.type === 'login.granted') return { outcome: 'granted', failure: null };
  return event.failure ? { outcome: 'failed', failure: event.failure } : abandoned;
};

export const createDeriveNews = (): DeriveNews => {
  let renewal: Renewal | undefined;
  let signIn: (Begun & { readonly attempt: number; readonly by: LoginKind }) | undefined;
  let deadlines: Deadlines | undefined;
  let wasPresent: boolean | undefined;

  /** A step can end one and begin the next, of the same tokens. */
  const isOver = (under: Renewal, event: MachineEvent | undefined, after: SessionContext | undefined) =>
    after?.renewing !== under.generation || after.lease?.epoch !== under.epoch || isAnswerTo(under, event);

  const renewals = (event: MachineEvent | undefined, at: Instant, after: SessionContext | undefined) => {
    const news: InspectNews[] = [];
    if (renewal && isOver(renewal, event, after)) {
      const { generation, at: begunAt } = renewal;
      news.push({
        kind: 'renewal',
        ...endOfRenewal(renewal, event),
        generation,
        durationMs: durationMs(begunAt, at),
      });
      renewal = undefined;
    }
    const generation = after?.renewing ?? null;
    if (generation !== null && !renewal) {
      renewal = { at, epoch: after!.lease!.epoch, generation };
      news.push({ kind: 'renewal', outcome: 'begun', generation });
    }
    return news;
  };

  const signIns = (event: MachineEvent | undefined, at: Instant, after: SessionContext | undefined) => {
    const news: InspectNews[] = [];
    const login = after?.login ?? null;
    if (signIn && signIn.attempt !== login?.attempt) {
      const { at: begunAt, by, attempt } = signIn;
      news.push({
        kind: 'signIn',
        ...endOfSignIn(attempt, event),
        by,
        attempt,
        durationMs: durationMs(begunAt, at),
      });
      signIn = undefined;
    }
    if (login && !signIn) {
      signIn = { at, by: login.kind, attempt: login.attempt };
      news.push({ kind: 'signIn', outcome: 'begun', by: login.kind, attempt: login.attempt });
    }
    return news;
  };

  const moved = (after: SessionContext | undefined): InspectNews[] => {
    if (!after) return [];
    const next = deadlinesWithoutSecrets(deadlinesOf(after));
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

  return (event, before, after, at) => [
    ...renewals(event, at, after?.context),
    ...signIns(event, at, after?.context),
    ...moved(after?.context),
    ...presence(before?.context, after?.context),
  ];
};
