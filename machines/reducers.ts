import type { Instant, Milliseconds } from '../src/time/clock.ts';
import {
  type Deadline,
  deadlineAfter,
  earlierOf,
  elapsedMs,
  instantAtWall,
  remainingMs,
} from '../src/time/deadline.ts';
import { endOf, isAwaited, isNews, isNextGeneration } from './guards.ts';
import { isForAPerson, isNetworkError, isOfProvider, isTransient } from './failureOf.ts';
import { isFresh } from './freshness.ts';
import type { Lease } from './lease.ts';
import { isPastAnEnd, isPresent, isWarningLate, mustConfirm, mustNoteHold } from './presence.ts';
import { type Failure, type SessionContext, noEnding, nobody, nothingFailed } from './sessionContext.ts';
import type { LoginGranted, RecordLoaded, SessionEvent } from './sessionEvents.ts';

type Known = Partial<SessionContext>;
type Event<Type extends SessionEvent['type']> = Extract<SessionEvent, { type: Type }>;
type Reducers = {
  readonly [Type in SessionEvent['type']]: (
    context: SessionContext,
    event: Event<Type>,
    /** From 0 to 1, for the jitter of the back-off. */
    chance: number,
  ) => Known;
};

const SHORTEST_RETRY_MS = 200;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
/** While requests wait for a network that may be back at any moment. */
const LONGEST_HURRIED_MS = 5000;
/** A request that asked longer ago does not wait any more. */
const LONGEST_WAIT_MS = 30_000;
/** What a provider may ask us to wait (`Retry-After`). */
const LONGEST_ASKED_MS = 5 * 60_000;
/** How long before the refresh token's end the last try is made. */
const LAST_TRY_MS = 10_000;
/** Nothing but a person can mend a configuration, and a dead network mends itself with an event. */
const SLOW_RETRY_MS = 60_000;

const refreshLifeMs = ({ sentAt, refreshDeadline }: Lease): Milliseconds | null =>
  refreshDeadline && elapsedMs(sentAt, refreshDeadline);

const lifeOf = (lease: Lease): Known => ({
  firstLifeMs: lease.lifeMs,
  firstRefreshLifeMs: refreshLifeMs(lease),
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

/** Whether a present user's requests wait for a network that is away. */
const isHurried = (context: SessionContext, failure: Failure): boolean =>
  isNetworkError(failure) &&
  isPresent(context) &&
  context.requestedAt !== null &&
  elapsedMs(context.requestedAt, context.now) < LONGEST_WAIT_MS;

/** Full jitter (AWS builders' library): many clients that failed together do not come back together. */
const pauseMs = (context: SessionContext, failure: Failure, random: number): Milliseconds => {
  const isSlow = isForAPerson(failure) || context.offline;
  const usualMs = isSlow ? SLOW_RETRY_MS : Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** context.failures);
  const ceilingMs = isHurried(context, failure) ? Math.min(usualMs, LONGEST_HURRIED_MS) : usualMs;
  const floorMs = isSlow ? ceilingMs / 2 : SHORTEST_RETRY_MS;
  return floorMs + random * (ceilingMs - floorMs);
};

/** When a pause is over: before the refresh token's known end one more try is made. */
const pausedUntil = ({ lease, now }: SessionContext, ms: Milliseconds): Deadline => {
  const { refreshDeadline } = lease!;
  const lastTryMs = refreshDeadline ? remainingMs(refreshDeadline, now) - LAST_TRY_MS : 0;
  return deadlineAfter(now, lastTryMs > FIRST_RETRY_MS ? Math.min(ms, lastTryMs) : ms);
};

/** A year, `Infinity` or no number at all: what a server asks is taken with reason. */
const withReason = (failure: Failure): Failure => {
  const askedMs = failure.retryAfterMs ?? 0;
  return { ...failure, retryAfterMs: askedMs > 0 ? Math.min(askedMs, LONGEST_ASKED_MS) : null };
};

/** How often running the end of the refresh token moved by less than half of the time between two renewals. */
const stallsAfter = ({ stalls, firstRefreshLifeMs }: SessionContext, held: Lease, lease: Lease): number => {
  if (!held.refreshDeadline || !lease.refreshDeadline) return 0;
  const movedMs = elapsedMs(held.refreshDeadline, lease.refreshDeadline);
  if (movedMs < elapsedMs(held.sentAt, lease.sentAt) / 2) return stalls + 1;
  // A slow answer can seem to move it: an end in sight is withdrawn only where the server grants a longer life again.
  const [beforeMs, nowMs] = [refreshLifeMs(held)!, refreshLifeMs(lease)!];
  return stalls >= 2 && nowMs <= beforeMs && nowMs < firstRefreshLifeMs! ? stalls : 0;
};

const endingAfter = (stalls: number, lease: Lease): Deadline | null =>
  stalls >= 2 ? lease.refreshDeadline : null;

/** The first sign after an end is what the look decides about: later ones must not put it off. */
const stay = (context: SessionContext): Known =>
  context.lease && isPastAnEnd(context)
    ? { returning: context.returning ?? context.now }
    : { lastActivity: context.now };

/** A sign of presence, where that counts as staying. */
const presence = (context: SessionContext): Known =>
  mustConfirm(context) || isWarningLate(context) ? {} : stay(context);

/** The first pause after a change of the environment is none, and the next ones are short again. */
const startOver = ({ failure, retryAt, now }: SessionContext): Known => ({
  failures: 0,
  retryAt: failure && !isForAPerson(failure) ? now : retryAt,
});

/** What the provider asked to wait is broken once, by a person who has no token to work with. */
const breakWait = ({ lease, notBefore, waitBroken, now }: SessionContext): Known =>
  notBefore && !waitBroken && !isFresh(lease!, now) ? { notBefore: null, waitBroken: true } : {};

/** A request waits while tries fail: it shares the next one, which the network alone may put off only shortly. */
const requested = (context: SessionContext, failure: Failure, chance: number): Known => {
  const { offline, requestedAt, retryAt, now } = context;
  if (isForAPerson(failure)) return {};
  const known = { requestedAt: now };
  // `offline` can be wrong.
  if (offline && !requestedAt) return { ...known, retryAt: now };
  if (!isHurried({ ...context, ...known }, failure)) return known;
  return {
    ...known,
    retryAt: earlierOf(retryAt, deadlineAfter(now, (LONGEST_HURRIED_MS * (1 + chance)) / 2)),
  };
};

/** What a failure says once the access token is gone. */
const strandedAfter = (
  { stranded, now }: SessionContext,
  failure: Failure,
  { accessDeadline }: Lease,
): SessionContext['stranded'] => {
  if (failure.class !== 'configuration' || remainingMs(accessDeadline, now) > 0) return stranded;
  const { since = now, refusals = 0 } = stranded ?? {};
  return { since, refusals: refusals + (isOfProvider(failure) ? 1 : 0) };
};

/** Whether a rescue counts as tried: one that the network ate says nothing about what the provider would have said. */
const isRescued = ({ rescued, loginFailure }: SessionContext, failure: Failure): boolean =>
  rescued && !(failure.class === 'terminal' && isTransient(loginFailure));

/** An answer ends the sign-in that it names, whatever it brings. */
const answered = ({ login }: SessionContext, { attempt }: { attempt: number }): Known =>
  login?.attempt === attempt ? { login: null } : {};

/** How the record shows that our epoch is over. */
const endedElsewhere = ({ epoch, endReason = null }: RecordLoaded): Known => {
  if (epoch === 0) return { over: 'lost' };
  return endReason === null || endReason === 'signedOut' ? { leaving: true } : { over: endReason };
};

/** Whether the record shows our epoch as over. A person's sign-in under way may have begun the new one; a rescue begins none. */
const foundBy = ({ lease, login }: SessionContext, event: RecordLoaded): Known => {
  const { epoch, who } = event;
  if (who === 'other') return { over: 'switched' };
  if (who === 'nobody') return endedElsewhere(event);
  return epoch > 0 && epoch !== lease!.epoch && login?.kind !== 'interactive' ? { over: 'lost' } : {};
};

/** The look that is under way, if it has begun at this instant: that is what tells one from another. */
const lookingSince = ({ looking }: SessionContext, { wallMs, monotonicMs }: Instant): Instant | null =>
  looking?.wallMs === wallMs && looking.monotonicMs === monotonicMs ? looking : null;

const signedIn = (context: SessionContext, { attempt, lease, lastActivity }: LoginGranted): Known => {
  const news = {
    ...(context.lease?.epoch === lease.epoch
      ? {}
      : {
          ...nobody,
          login: context.login,
          // What was told meanwhile may be the end of this epoch.
          lookWanted: context.lookWanted,
          lookedAt: lastActivity && context.now,
          ...lifeOf(lease),
          // Whoever asked before is not whom this one signed in.
          attemptsFrom: attempt,
        }),
    ...nothingFailed,
    lease,
    // Whoever signs in is there when the request is sent, however long the answer takes. A rescue shows nobody.
    lastActivity: context.login?.kind === 'rescue' ? context.lastActivity : (lastActivity ?? lease.sentAt),
    reason: null,
    ...noEnding,
  };
  // What a person did while the page was loading does not revive a session that was over before.
  const isOver = endOf({ ...context, ...news }) !== null;
  return isOver ? news : { ...news, lastActivity: later(context.lastActivity, news.lastActivity) };
};

/** Tokens of a renewal, here or in another tab. */
const renewed = (context: SessionContext, lease: Lease): Known => {
  const stalls = stallsAfter(context, context.lease!, lease);
  const ending = endingAfter(stalls, lease);
  return {
    ...nothingFailed,
    lease,
    stalls,
    ending,
    endingAnnounced: ending !== null && context.endingAnnounced,
  };
};

/** What each event changes about what is known; late answers change nothing. Pure: time comes in as `context.now`. */
export const reducers: Reducers = {
  'session.signIn': (_, { ticket }) => ({ signInWanted: ticket }),

  'session.signOut': ({ lease, login, reason }) => ({
    leaving: lease !== null || login !== null || reason !== null,
    signInWanted: null,
  }),

  'session.renew': (context, { by, refused }, chance) => {
    const { lease, renewing, failure, now } = context;
    if (!lease) return {};
    if (renewing !== null) return by === 'gate' ? { requestedAt: now } : {};
    if (by === 'app') return { renewWanted: 'app', ...(failure && { notBefore: null, offline: false }) };
    if (failure) return requested(context, failure, chance);
    const isNeeded = refused === undefined ? !isFresh(lease, now) : refused === lease.generation;
    return isNeeded ? { renewWanted: 'gate', requestedAt: now } : {};
  },

  // A renewal under way goes on: its answer is told by the generation that it began with.
  'session.adopt': (context, event) => {
    const { lease } = event;
    if (!isNextGeneration(context, event)) return {};
    return { ...nothingFailed, lease, ...lifeOf(lease), ...noEnding, renewing: context.renewing };
  },

  'session.stay': stay,
  'user.active': presence,
  'user.held': (context) => ({ ...presence(context), holds: context.holds + 1 }),
  'user.released': (context) => ({ ...presence(context), holds: Math.max(0, context.holds - 1) }),

  'user.switched': ({ lease }, { epoch }) => (lease?.epoch === epoch ? { over: 'switched' } : {}),

  'record.loaded': (context, event) => {
    const { returning } = context;
    const { beganAt, lastActivityWallMs } = event;
    // Of an epoch that is over, or from before the page slept.
    if (!lookingSince(context, beganAt)) return {};
    if (!context.lease) {
      // Whoever has replaced the user of this page is nobody to be shown in it, until it is asked for.
      return { looking: null, foundElsewhere: event.who === 'other' && context.reason !== 'switched' };
    }
    const lastActivity = later(context.lastActivity, recordedActivity(context, lastActivityWallMs));
    const looked = { ...foundBy(context, event), lookedAt: beganAt, looking: null, lastActivity };
    const isBack =
      returning && elapsedMs(returning, beganAt) >= 0 && endOf({ ...context, ...looked }) === null;
    return isBack ? { ...looked, lastActivity: later(lastActivity, returning), returning: null } : looked;
  },

  'login.granted': (context, event) => ({
    ...(isNews(context, event) && signedIn(context, event)),
    ...answered(context, event),
  }),
  // What the record has shown meanwhile can be an epoch that others have begun.
  'login.failed': ({ lease, login, lookWanted }, { attempt, failure }) =>
    login?.attempt === attempt
      ? { login: null, loginFailure: failure, lookWanted: lookWanted || lease !== null }
      : {},

  'refresh.granted': (context, event) => {
    if (!isAwaited(context, event)) return {};
    // Tokens were adopted meanwhile: they are newer than what this tells of.
    if (!isNextGeneration(context, event)) return nothingFailed;
    return renewed(context, event.lease);
  },

  'refresh.failed': (context, event, chance) => {
    if (!isAwaited(context, event)) return {};
    const { lease } = event;
    // Tokens were adopted meanwhile: the refusal of older ones says nothing about them.
    if (!lease && context.lease!.generation > event.generation) return { renewing: null };
    if (event.isUntried) return { renewing: null, renewWanted: 'gate' };
    const failure = withReason(event.failure);
    const held = lease ?? context.lease!;
    const by = { ...context, lease: held };
    return {
      ...(lease && { lease, announced: lease }),
      renewing: null,
      renewWanted: null,
      failure,
      // A try while offline says nothing about the provider.
      failures: context.failures + (context.offline ? 0 : 1),
      stranded: strandedAfter(context, failure, held),
      retryAt: pausedUntil(by, pauseMs(context, failure, chance)),
      notBefore: failure.retryAfterMs === null ? null : pausedUntil(by, failure.retryAfterMs),
      // The record may know why: the epoch can have ended elsewhere.
      lookWanted: true,
      // Without the newest tokens this page is like one that was just loaded.
      rescued: isRescued(context, failure),
      over: failure.code === 'tokens_elsewhere' && !isFresh(held, context.now) ? 'lost' : context.over,
    };
  },

  'tab.changed': () => ({ lookWanted: true }),

  // As with adopted tokens, a renewal under way goes on.
  'tab.renewed': (context, event) =>
    isNextGeneration(context, event) ? { ...renewed(context, event.lease), renewing: context.renewing } : {},

  'page.awake': (context, { restored }) => ({
    lookedAt: null,
    // No other begins in the same millisecond until it is answered.
    looking: lookingSince(context, context.now),
    // Whoever is restoring looks by that; what came of it is not tried again at once.
    lookWanted: context.lease !== null || context.login === null,
    ...startOver(context),
    ...breakWait(context),
    login: restored && context.login?.kind === 'interactive' ? null : context.login,
  }),

  'network.online': (context) => ({ offline: false, ...startOver(context) }),

  'network.offline': (context) => {
    const { failure } = context;
    if (failure && isHurried(context, failure)) return { offline: true };
    // No pause of ours is longer, and what the provider asked for is kept apart.
    return {
      offline: true,
      requestedAt: null,
      ...(failure && { retryAt: pausedUntil(context, SLOW_RETRY_MS) }),
    };
  },

  'alarm.rang': (context) => (mustNoteHold(context) ? { lastActivity: context.now } : {}),
};
