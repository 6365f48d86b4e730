import type { Milliseconds } from '../src/time/clock.ts';
import { type Deadline, deadlineAfter, elapsedMs, instantAtWall, remainingMs } from '../src/time/deadline.ts';
import { endOf } from './conclusions.ts';
import { type Lease, isFresh } from './lease.ts';
import { isPastAnEnd } from './presence.ts';
import { type Failure, type SessionContext, nobody } from './sessionContext.ts';
import type {
  LoginGranted,
  RecordLooked,
  RefreshFailed,
  RefreshGranted,
  SessionEvent,
} from './sessionEvents.ts';

type Known = Partial<SessionContext>;
type Event<Type extends SessionEvent['type']> = Extract<SessionEvent, { type: Type }>;

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
/** Nothing but a person can mend a configuration, and a dead network mends itself with an event. */
const SLOW_RETRY_MS = 60_000;

const lifeOf = (lease: Lease): Known => ({
  firstLifeMs: lease.lifeMs,
  firstRefreshLifeMs: lease.refreshDeadline && elapsedMs(lease.sentAt, lease.refreshDeadline),
});

const later = (
  a: SessionContext['lastActivity'],
  b: SessionContext['lastActivity'],
): SessionContext['lastActivity'] => {
  if (!a || !b) return a ?? b;
  return elapsedMs(a, b) > 0 ? b : a;
};

/** What the record tells. A note from the future was made before the wall clock was set back: it cannot be dated. */
const recordedActivity = (
  { now }: SessionContext,
  wallMs: Milliseconds | null,
): SessionContext['lastActivity'] =>
  wallMs === null || wallMs > now.wallMs ? null : instantAtWall(wallMs, now);

/** Full jitter (AWS builders' library): many clients that failed together do not come back together. */
const pauseMs = ({ failures, offline }: SessionContext, failure: Failure, random: number): Milliseconds => {
  const isSlow = failure.class === 'configuration' || offline;
  const ceilingMs = isSlow ? SLOW_RETRY_MS : Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);
  const floorMs = isSlow ? SLOW_RETRY_MS / 2 : 100;
  return Math.max(floorMs + random * (ceilingMs - floorMs), failure.retryAfterMs ?? 0);
};

/** How far the end of the refresh token moved against the time between two renewals. */
const stallsAfter = ({ lease: held, stalls }: SessionContext, lease: Lease): number => {
  if (!held?.refreshDeadline || !lease.refreshDeadline) return 0;
  const movedMs = elapsedMs(held.refreshDeadline, lease.refreshDeadline);
  return movedMs < elapsedMs(held.sentAt, lease.sentAt) / 2 ? stalls + 1 : 0;
};

const endingAfter = (stalls: number, lease: Lease): Deadline | null =>
  stalls >= 2 ? lease.refreshDeadline : null;

const noteLease = (context: SessionContext, lease: Lease): Known => ({
  lease,
  renewing: null,
  renewWanted: null,
  failure: null,
  failures: 0,
  retryAt: null,
  rescued: false,
  announced: context.announced,
});

/** Whether waking up must not cut the pause short: nothing here can mend it, or the provider named the time. */
const isPatient = (failure: Failure | null): boolean =>
  failure?.class === 'configuration' || (failure?.retryAfterMs ?? null) !== null;

/** What each event changes about what is known. Pure: time comes in as `context.now`. */
export const notes = {
  signIn: (_: SessionContext, { request }: Event<'session.signIn'>): Known => ({ signInWanted: request }),

  signOut: ({ lease, login, reason }: SessionContext): Known => ({
    leaving: lease !== null || login !== null || reason !== null,
    signInWanted: null,
  }),

  renewal(context: SessionContext, { by, refused }: Event<'session.renew'>): Known {
    const { lease, renewing, failure, offline } = context;
    if (!lease || renewing !== null) return {};
    if (failure) return by === 'app' || offline ? { retryAt: context.now, offline: false } : {};
    if (by === 'app') return { renewWanted: 'app' };
    const isNeeded = refused === undefined ? !isFresh(lease, context.now) : refused === lease.generation;
    return isNeeded ? { renewWanted: 'gate' } : {};
  },

  /** A renewal under way goes on: its answer is told by the generation that it began with. */
  adoption: (context: SessionContext, { lease }: Event<'session.adopt'>): Known => ({
    ...noteLease(context, lease),
    ...lifeOf(lease),
    renewing: context.renewing,
  }),

  /** The first sign after an end is what the look decides about: later ones must not put it off. */
  activity: (context: SessionContext): Known =>
    context.lease && isPastAnEnd(context)
      ? { returning: context.returning ?? context.now }
      : { lastActivity: context.now },

  hold: (context: SessionContext): Known => ({ ...notes.activity(context), holds: context.holds + 1 }),

  release: (context: SessionContext): Known => ({
    ...notes.activity(context),
    holds: Math.max(0, context.holds - 1),
  }),

  look(context: SessionContext, { beganAt, lastActivityWallMs }: RecordLooked): Known {
    const lastActivity = later(context.lastActivity, recordedActivity(context, lastActivityWallMs));
    const looked = { lookedAt: beganAt, looking: null, lastActivity };
    const { returning } = context;
    const isBack =
      returning && elapsedMs(returning, beganAt) >= 0 && endOf({ ...context, ...looked }) === null;
    return isBack ? { ...looked, lastActivity: later(lastActivity, returning), returning: null } : looked;
  },

  login(context: SessionContext, { attempt, lease, lastActivity }: LoginGranted): Known {
    const isSameEpoch = context.lease?.epoch === lease.epoch;
    const signedIn = {
      ...(isSameEpoch ? {} : { ...nobody, lookedAt: lastActivity && context.now, ...lifeOf(lease) }),
      ...noteLease(isSameEpoch ? context : { ...context, announced: null }, lease),
      // Whoever signs in is there when the request is sent, however long the answer takes. A rescue shows nobody.
      lastActivity: context.login?.kind === 'rescue' ? context.lastActivity : (lastActivity ?? lease.sentAt),
      login: context.login?.attempt === attempt ? null : context.login,
      reason: null,
      stalls: 0,
      ending: null,
      endingAnnounced: false,
    };
    // What a person did while the page was loading does not revive a session that was over before.
    const isOver = endOf({ ...context, ...signedIn }) !== null;
    return isOver
      ? signedIn
      : { ...signedIn, lastActivity: later(context.lastActivity, signedIn.lastActivity) };
  },

  grant(context: SessionContext, { lease }: RefreshGranted): Known {
    const stalls = stallsAfter(context, lease);
    const ending = endingAfter(stalls, lease);
    return {
      ...noteLease(context, lease),
      stalls,
      ending,
      endingAnnounced: ending !== null && context.endingAnnounced,
    };
  },

  failure(context: SessionContext, { failure, lease, generation }: RefreshFailed, random: number): Known {
    // Tokens were adopted meanwhile: the refusal of older ones says nothing about them.
    if (!lease && context.lease && context.lease.generation > generation) return { renewing: null };
    return {
      ...(lease && { lease, announced: { epoch: lease.epoch, generation: lease.generation } }),
      renewing: null,
      renewWanted: null,
      failure,
      failures: context.failures + 1,
      retryAt: deadlineAfter(context.now, pauseMs(context, failure, random)),
    };
  },

  waking: ({ failure, now, retryAt, login }: SessionContext, { restored }: Event<'page.awake'>): Known => ({
    retryAt: isPatient(failure) ? retryAt : failure && now,
    login: restored && login?.kind === 'interactive' ? null : login,
  }),

  online: ({ failure, now, retryAt }: SessionContext): Known => ({
    offline: false,
    retryAt: isPatient(failure) ? retryAt : failure && now,
  }),

  offline: ({ failure, now, retryAt }: SessionContext): Known => ({
    offline: true,
    retryAt:
      failure && retryAt && remainingMs(retryAt, now) < SLOW_RETRY_MS
        ? deadlineAfter(now, SLOW_RETRY_MS)
        : retryAt,
  }),
};
