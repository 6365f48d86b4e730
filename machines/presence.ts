import type { Instant, Milliseconds } from '../src/time/clock.ts';
import {
  type Deadline,
  deadlineAfter,
  elapsedMs,
  hopefulRemainingMs,
  remainingMs,
} from '../src/time/deadline.ts';
import { idleAfterMs } from './idleAfter.ts';
import type { SessionContext } from './sessionContext.ts';

/** WCAG 2.2.1: a user needs at least 20 s to ask for more time. */
const SHORTEST_WARNING_MS = 20_000;

/** Whether nothing but `session.stay` counts as presence now. */
export const mustConfirm = ({ settings, warned }: SessionContext): boolean =>
  warned && settings.idle!.confirm;

/** Holds count as presence, except after an end that only a look can undo. */
const isHeld = (context: SessionContext): boolean =>
  context.holds > 0 && context.returning === null && !mustConfirm(context);

/** How often what holds the session awake is noted: other tabs go by the last activity alone. */
const untilNoteMs = (context: SessionContext): Milliseconds => {
  const afterMs = idleAfterMs(context);
  if (afterMs === null || !context.lease || !isHeld(context)) return Infinity;
  return afterMs / 4 - elapsedMs(context.lastActivity!, context.now);
};

/** Whether the other tabs have to be told again that something holds the session awake. */
export const mustNoteHold = (context: SessionContext): boolean => untilNoteMs(context) <= 0;

/** Whether the user is there at an instant, as far as this page knows. */
const isPresentAt = (context: SessionContext, at: Instant): boolean => {
  const afterMs = idleAfterMs(context);
  if (afterMs === null || isHeld(context)) return true;
  return elapsedMs(context.lastActivity!, at) < afterMs;
};

/** Whether the user is there now. Renewing needs this. */
export const isPresent = (context: SessionContext): boolean => isPresentAt(context, context.now);

type JudgeAt = (context: SessionContext, at: Instant) => boolean;

const isAbsentAt: JudgeAt = (context, at) => !isPresentAt(context, at);

/** Whether something holds now and held when the last look began: other tabs and a sleep can hide until then. */
const isConfirmed = (judge: JudgeAt, context: SessionContext): boolean =>
  context.lookedAt !== null && judge(context, context.now) && judge(context, context.lookedAt);

/** Whether the user was away when the last look began. Idling, warning and ending need this. */
export const isAway = (context: SessionContext): boolean => isConfirmed(isAbsentAt, context);

/** When the app's own policy ends an idle session: in so many milliseconds. */
const untilSignOutMs = (context: SessionContext, at: Instant): Milliseconds => {
  const { settings, lastActivity } = context;
  const afterMs = settings.idle?.signOutAfterMs ?? null;
  if (afterMs === null || isHeld(context)) return Infinity;
  return remainingMs(deadlineAfter(lastActivity!, afterMs), at);
};

/** The refresh deadline is a hint: it takes the more hopeful clock. */
const untilRefreshEndMs = ({ lease }: SessionContext, at: Instant): Milliseconds => {
  const { refreshDeadline } = lease!;
  return refreshDeadline ? hopefulRemainingMs(refreshDeadline, at) : Infinity;
};

/** What is left until an idle session ends; `Infinity`: nothing known will end it. */
const untilEndMs = (context: SessionContext, at: Instant): Milliseconds =>
  Math.min(untilSignOutMs(context, at), untilRefreshEndMs(context, at));

const isSignedOutAt: JudgeAt = (context, at) => untilSignOutMs(context, at) <= 0;

const hasLapsedAt: JudgeAt = (context, at) => untilRefreshEndMs(context, at) <= 0;

const warnBeforeMs = ({ settings }: SessionContext): Milliseconds =>
  Math.max(settings.idle?.warnBeforeMs ?? 0, SHORTEST_WARNING_MS);

const isNearEndAt: JudgeAt = (context, at) => untilEndMs(context, at) <= warnBeforeMs(context);

/** Whether the refresh token's known end lies behind. */
export const refreshHasLapsed = (context: SessionContext): boolean => hasLapsedAt(context, context.now);

/** Whether the app's policy has ended the session, as of the last look. */
export const isSignedOutByIdling = (context: SessionContext): boolean => isConfirmed(isSignedOutAt, context);

/** Whether the refresh token ran out while the user was away, as of the last look. */
export const hasLapsedAway = (context: SessionContext): boolean =>
  isAway(context) && isConfirmed(hasLapsedAt, context);

/** Whether an end of an idle session has passed already, looked or not: activity now comes too late to be believed. */
export const isPastAnEnd = (context: SessionContext): boolean =>
  isSignedOutAt(context, context.now) || (!isPresent(context) && refreshHasLapsed(context));

/** Whether an end is near, looked or not. */
export const isNearEnd = (context: SessionContext): boolean => isNearEndAt(context, context.now);

/** A warning is due that has not been shown, because no timer ran: the next look decides, and no sign of presence ahead of it. */
export const isWarningLate = (context: SessionContext): boolean =>
  !!context.settings.idle?.confirm && !!context.lease && !isPresent(context) && isNearEnd(context);

/** Whether the end of an idle session is near, as of the last look. */
export const isWarning = (context: SessionContext): boolean =>
  isAway(context) && isConfirmed(isNearEndAt, context);

/** When the idle session ends. */
export const idleEndsAt = (context: SessionContext): Deadline =>
  deadlineAfter(context.now, untilEndMs(context, context.now));

/** What a look has to confirm before it counts. */
const judgements = [isAbsentAt, isSignedOutAt, hasLapsedAt, isNearEndAt];

/** Whether time has passed an instant that only a look can confirm. */
export const needsLook = (context: SessionContext): boolean => {
  if (context.looking || context.leaving) return false;
  if (!context.lease) return context.lookWanted && context.login === null;
  if (context.lookWanted || context.returning) return true;
  return (
    !isPresent(context) &&
    judgements.some((judge) => judge(context, context.now) && !isConfirmed(judge, context))
  );
};

/** Times until presence could change, in milliseconds from now; past ones are negative. */
export const presenceInstantsMs = (context: SessionContext): Milliseconds[] => {
  const { lastActivity, now } = context;
  const afterMs = idleAfterMs(context) ?? Infinity;
  const endMs = untilEndMs(context, now);
  return [
    afterMs - elapsedMs(lastActivity!, now),
    endMs,
    endMs - warnBeforeMs(context),
    untilNoteMs(context),
  ];
};
