import type { Milliseconds } from '../src/time/clock.ts';
import {
  type Deadline,
  deadlineAfter,
  elapsedMs,
  hopefulRemainingMs,
  remainingMs,
} from '../src/time/deadline.ts';
import { isOfProvider } from './failureOf.ts';
import { isFresh, supersedes } from './freshness.ts';
import {
  hasLapsedAway,
  isAway,
  isNearEnd,
  isPresent,
  isSignedOutByIdling,
  isWarning,
  presenceInstantsMs,
  refreshHasLapsed,
} from './presence.ts';
import type { Lease } from './lease.ts';
import type { ExpiredReason, Failure, SessionContext } from './sessionContext.ts';

/** The provider's refusals that are believed where nobody knows how long the refresh token lives. */
const REFUSALS_BELIEVED = 3;
/** A deployment or a broken proxy is over by then. */
const LONGEST_STRANDED_MS: Milliseconds = 15 * 60_000;

/** Whether a silent sign-in is worth a try before a present user's session is declared over. */
const canRescue = (context: SessionContext): boolean =>
  context.settings.rescue && !context.rescued && context.login === null && isPresent(context);

const hasFreshToken = ({ lease, now }: SessionContext): boolean => isFresh(lease!, now);

const accessHasLapsed = ({ lease, now }: SessionContext): boolean =>
  remainingMs(lease!.accessDeadline, now) <= 0;

/** How long until answers that are not the provider's count as its last word. */
const untilForsakenMs = ({ stranded, now }: SessionContext): Milliseconds =>
  stranded ? hopefulRemainingMs(deadlineAfter(stranded.since, LONGEST_STRANDED_MS), now) : Infinity;

/** Whether a client that is not accepted has nothing left: no access token, and no refresh token to hope for. */
const isForsaken = (context: SessionContext, failure: Failure): boolean => {
  const isEndKnown = context.lease!.refreshDeadline !== null;
  if (!accessHasLapsed(context) || (isEndKnown && !refreshHasLapsed(context))) return false;
  if (!isOfProvider(failure)) return untilForsakenMs(context) <= 0;
  return isEndKnown || (context.stranded?.refusals ?? 0) >= REFUSALS_BELIEVED;
};

/** Whether a sign-in under way may still bring tokens. That of an app can stay unanswered for ever: a closed popup says nothing. */
const isHopeful = (context: SessionContext): boolean =>
  context.login !== null && (context.login.kind !== 'interactive' || !isAway(context));

/** Why the last failed renewal ends the session, if it does. A sign-in under way may still mend it, and so may a rescue. */
const endByRefusal = (context: SessionContext): ExpiredReason | null => {
  const { failure } = context;
  if (!failure || isHopeful(context) || canRescue(context)) return null;
  if (failure.class === 'terminal') return refreshHasLapsed(context) ? 'lapsed' : 'revoked';
  if (failure.class === 'interaction') return hasFreshToken(context) ? null : 'interaction';
  if (failure.class !== 'configuration' || !isForsaken(context, failure)) return null;
  // Tokens that arrive too short to be used do not say that the client is refused.
  return failure.code === 'token_arrived_stale' ? 'lapsed' : 'rejected';
};

const hasRunOut = (context: SessionContext): boolean =>
  (accessHasLapsed(context) && !isRenewable(context)) || hasLapsedAway(context);

/** Why the session is over, if the facts say so. */
export const endOf = (context: SessionContext): ExpiredReason | null => {
  if (!context.lease) return null;
  if (context.over && context.over !== 'lost') return context.over;
  if (isSignedOutByIdling(context)) return 'idle';
  const reason = endByRefusal(context) ?? (hasRunOut(context) ? 'lapsed' : null);
  return reason && context.ending ? 'ended' : reason;
};

/** Whether nothing ends the session. Inner states ask this, for their edges are taken before those of their parent. */
const goesOn = (context: SessionContext): boolean =>
  !context.leaving && context.over === null && endOf(context) === null;

/** Whether the user is away, and gave no sign since that a look has yet to judge. */
const isGone = (context: SessionContext): boolean => isAway(context) && context.returning === null;

/** Tokens near an absolute limit live shorter and shorter: renewals keep half of the first lives apart. */
const untilRenewalMs = ({ lease, firstLifeMs, firstRefreshLifeMs, now }: SessionContext): Milliseconds => {
  const { renewAt, generation, sentAt } = lease!;
  if (!renewAt) return Infinity;
  const apartMs = Math.min(firstLifeMs, firstRefreshLifeMs ?? firstLifeMs) / 2;
  const tooSoonMs = generation > 1 ? apartMs - elapsedMs(sentAt, now) : 0;
  return Math.max(remainingMs(renewAt, now), tooSoonMs);
};

const isScheduled = (context: SessionContext): boolean => untilRenewalMs(context) <= 0;

const isPast = (at: Deadline | null, { now }: SessionContext): boolean =>
  at === null || remainingMs(at, now) <= 0;

/** Whether the provider wants to hear of us. */
const isWelcome = (context: SessionContext): boolean => isPast(context.notBefore, context);

const hasPaused = (context: SessionContext): boolean =>
  isPast(context.retryAt, context) && isWelcome(context);

/** Whether a renewal that was asked for may run: the app's always, a request's where there is presence or the app chose so. */
const mayRenew = (context: SessionContext): boolean =>
  isRenewable(context) &&
  (context.renewWanted === 'app' ||
    (isPresent(context) && isWelcome(context)) ||
    (context.settings.idle?.renewOnRequest === true && hasPaused(context)));

const isRenewable = ({ lease }: SessionContext): boolean => !!lease!.renewAt;

/** What a sign-in under way may mend is not told yet. */
const hasFaltered = ({ failure, login }: SessionContext): boolean =>
  failure !== null && failure.class !== 'terminal' && (failure.class !== 'interaction' || login === null);

/** Whether only the provider's own session can bring tokens now. */
const needsRescue = (context: SessionContext): boolean => {
  const of = context.failure?.class;
  return of === 'terminal' || of === 'interaction' || (of === 'configuration' && !hasFreshToken(context));
};

/** Whether the answer to a renewal is the one that is waited for; any other is late. */
export const isAwaited = (
  { lease, renewing }: SessionContext,
  answer: { epoch: number; generation: number },
): boolean => lease?.epoch === answer.epoch && renewing === answer.generation;

/** Whether a sign-in's tokens are news: not from before the last end, and others than those at hand, even if another try has begun. */
export const isNews = (
  { lease: held, attemptsFrom }: SessionContext,
  { attempt, lease }: { attempt: number; lease: Lease },
): boolean => attempt >= attemptsFrom && supersedes(lease, held);

const isSignedIn = ({ lease }: SessionContext): boolean => lease !== null;

const isNobody = ({ lease, login }: SessionContext): boolean => lease === null && login === null;

/** Whether adopted tokens are news: of this epoch, and newer than those at hand. */
export const isNextGeneration = (
  { lease: held }: SessionContext,
  { lease }: { readonly lease: Lease },
): boolean => held?.epoch === lease.epoch && supersedes(lease, held);

/** Whether time alone brings the next try. */
const isTriedAgain = (context: SessionContext): boolean =>
  isPresent(context) && context.failure!.class !== 'interaction';

/** Whether nobody was told yet of the tokens at hand. Nothing is announced when an epoch begins. */
export const haveChanged = ({ lease, announced }: SessionContext): boolean =>
  lease!.generation !== announced?.generation;

/** The named edges of the chart. Each reads the context alone, so a snapshot explains itself. */
export const guards = {
  isSignedIn,
  signOutRequested: ({ leaving }: SessionContext) => leaving,
  ended: (context: SessionContext) => endOf(context) !== null,
  recordLost: ({ over }: SessionContext) => over === 'lost',
  restored: isSignedIn,
  foundElsewhere: ({ foundElsewhere }: SessionContext) => foundElsewhere,
  notSignedIn: isNobody,
  signInFailed: (context: SessionContext) => isNobody(context) && context.reason !== null,
  signInWanted: ({ signInWanted }: SessionContext) => signInWanted !== null,
  tokensChanged: haveChanged,
  away: (context: SessionContext) => isGone(context) && goesOn(context),
  back: isPresent,
  resumed: (context: SessionContext) => context.away && isPresent(context),
  due: (context: SessionContext) => isPresent(context) && isScheduled(context) && isWelcome(context),
  renewalRequested: (context: SessionContext) => context.renewWanted !== null && mayRenew(context),
  endsSoon: ({ ending, endingAnnounced }: SessionContext) => ending !== null && !endingAnnounced,
  failedTransiently: (context: SessionContext) => hasFaltered(context) && goesOn(context),
  rescuable: (context: SessionContext) => needsRescue(context) && canRescue(context) && goesOn(context),
  answerLost: (context: SessionContext) =>
    context.failure?.class === 'unknown' && !context.offline && canRescue(context) && goesOn(context),
  rescueFailed: (context: SessionContext) =>
    hasFaltered(context) && context.login === null && goesOn(context),
  renewed: ({ renewing, failure, login }: SessionContext) =>
    renewing === null && failure === null && login?.kind !== 'rescue',
  retries: (context: SessionContext) =>
    context.failure !== null &&
    goesOn(context) &&
    (context.renewWanted === 'app' || (isTriedAgain(context) && hasPaused(context))),
  warns: (context: SessionContext) => isGone(context) && isWarning(context) && goesOn(context),
  endReceded: (context: SessionContext) => !isNearEnd(context) && goesOn(context),
};

/** How long until any guard could change by time alone; `null`: never. */
export const untilNextChangeMs = (context: SessionContext): Milliseconds | null => {
  if (!context.lease || !goesOn(context)) return null;
  const { lease, now } = context;
  const instants = [
    untilRenewalMs(context),
    ...[context.retryAt, context.notBefore].map((at) => (at ? remainingMs(at, now) : Infinity)),
    remainingMs(lease.freshUntil, now),
    remainingMs(lease.accessDeadline, now),
    untilForsakenMs(context),
    ...presenceInstantsMs(context),
  ];
  const nextMs = Math.min(...instants.filter((ms) => ms > 0));
  // Whole milliseconds: a fraction is lost when added to a wall clock, and the alarm would ring for ever.
  return nextMs < Infinity ? Math.ceil(nextMs) : null;
};
