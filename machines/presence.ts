import type { Instant, Milliseconds } from '../src/time/clock.ts';
import {
  type Deadline,
  deadlineAfter,
  elapsedMs,
  hopefulRemainingMs,
  remainingMs,
} from '../src/time/deadline.ts';
import type { SessionContext } from './sessionContext.ts';

/** WCAG 2.2.1: a user needs at least 20 s to ask for more time. */
const SHORTEST_WARNING_MS = 20_000;
const LONGEST_IDLE_AFTER_MS = 15 * 60_000;

/** How long after the last activity the user counts as away; `null`: never. */
export const idleAfterMs = ({ settings, firstRefreshLifeMs }: SessionContext): Milliseconds | null => {
  if (!settings.idle) return null;
  const shortestEndMs = Math.min(firstRefreshLifeMs ?? Infinity, settings.idle.signOutAfterMs ?? Infinity);
  return settings.idle.afterMs ?? Math.min(LONGEST_IDLE_AFTER_MS, shortestEndMs / 2);
};

/** Holds count as presence, except after an end that only a look can undo. */
const isHeld = ({ holds, returning }: SessionContext): boolean => holds > 0 && returning === null;

/** Whether the user is there at an instant, as far as this page knows. */
const isPresentAt = (context: SessionContext, at: Instant): boolean => {
  const afterMs = idleAfterMs(context);
  if (afterMs === null || isHeld(context)) return true;
  return context.lastActivity !== null && elapsedMs(context.lastActivity, at) < afterMs;
};

/** Whether the user is there now. Renewing needs this. */
export const isPresent = (context: SessionContext): boolean => isPresentAt(context, context.now);

/** Whether the user was away when the last look began. Idling, warning and ending need this. */
export const isAway = (context: SessionContext): boolean =>
  !isPresent(context) && context.lookedAt !== null && !isPresentAt(context, context.lookedAt);

/** When the app's own policy ends an idle session. */
const signOutAt = (context: SessionContext): Deadline | null => {
  const { settings, lastActivity } = context;
  const afterMs = settings.idle?.signOutAfterMs ?? null;
  return afterMs === null || lastActivity === null || isHeld(context)
    ? null
    : deadlineAfter(lastActivity, afterMs);
};

const hasPassed = (deadline: Deadline | null, at: Instant): boolean =>
  deadline !== null && remainingMs(deadline, at) <= 0;

/** The refresh deadline is a hint: it takes the more hopeful clock. */
const refreshEndHasPassed = ({ lease }: SessionContext, at: Instant): boolean =>
  lease?.refreshDeadline != null && hopefulRemainingMs(lease.refreshDeadline, at) <= 0;

/** Whether the refresh token's known end lies behind. */
export const refreshHasLapsed = (context: SessionContext): boolean =>
  refreshEndHasPassed(context, context.now);

/** Whether the app's policy has ended the session, as of the last look. */
export const isSignedOutByIdling = (context: SessionContext): boolean =>
  context.lookedAt !== null &&
  hasPassed(signOutAt(context), context.now) &&
  hasPassed(signOutAt(context), context.lookedAt);

/** Whether the refresh token ran out while the user was away, as of the last look. */
export const hasLapsedAway = (context: SessionContext): boolean =>
  isAway(context) && refreshHasLapsed(context) && refreshEndHasPassed(context, context.lookedAt!);

/** Whether an end of an idle session has passed already, looked or not: activity now comes too late to be believed. */
export const isPastAnEnd = (context: SessionContext): boolean =>
  hasPassed(signOutAt(context), context.now) || (!isPresent(context) && refreshHasLapsed(context));

/** What is left until an idle session ends; `null`: nothing known will end it. */
const leftUntilEndMs = (context: SessionContext, at: Instant): Milliseconds | null => {
  const policy = signOutAt(context);
  const refresh = context.lease?.refreshDeadline ?? null;
  const left = [policy && remainingMs(policy, at), refresh && hopefulRemainingMs(refresh, at)].filter(
    (ms) => ms !== null,
  );
  return left.length > 0 ? Math.min(...left) : null;
};

const warnBeforeMs = ({ settings }: SessionContext): Milliseconds =>
  Math.max(settings.idle?.warnBeforeMs ?? 0, SHORTEST_WARNING_MS);

const isWarningAt = (context: SessionContext, at: Instant): boolean => {
  const leftMs = leftUntilEndMs(context, at);
  return leftMs !== null && leftMs <= warnBeforeMs(context);
};

/** Whether an end is near, looked or not. */
export const isNearEnd = (context: SessionContext): boolean => isWarningAt(context, context.now);

/** Whether the end of an idle session is near, as of the last look. */
export const isWarning = (context: SessionContext): boolean =>
  isAway(context) && isNearEnd(context) && isWarningAt(context, context.lookedAt!);

/** When the idle session ends. */
export const idleEndsAt = (context: SessionContext): Deadline =>
  deadlineAfter(context.now, leftUntilEndMs(context, context.now) ?? 0);

/** Whether time has passed an instant that only a look can confirm. */
export const needsLook = (context: SessionContext): boolean => {
  if (!context.lease || context.looking || context.leaving) return false;
  if (context.returning) return true;
  if (isPresent(context)) return false;
  return !isAway(context) || differsSinceLook(context);
};

const differsSinceLook = (context: SessionContext): boolean => {
  const { now, lookedAt } = context;
  if (!lookedAt) return true;
  const differs = (judge: (at: Instant) => boolean): boolean => judge(now) && !judge(lookedAt);
  return (
    differs((at) => hasPassed(signOutAt(context), at)) ||
    differs((at) => refreshEndHasPassed(context, at)) ||
    differs((at) => isWarningAt(context, at))
  );
};

/** Times until presence could change, in milliseconds from now; past ones are negative. */
export const presenceInstantsMs = (context: SessionContext): Array<Milliseconds | null> => {
  const { lastActivity, now } = context;
  const afterMs = idleAfterMs(context);
  const endMs = leftUntilEndMs(context, now);
  return [
    lastActivity && afterMs !== null ? afterMs - elapsedMs(lastActivity, now) : null,
    endMs,
    endMs === null ? null : endMs - warnBeforeMs(context),
  ];
};
