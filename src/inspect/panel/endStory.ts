import type { SessionContext } from '../../../machines/sessionContext.ts';
import type { Instant } from '../../time/clock.ts';
import { type Deadline, elapsedMs, remainingMs } from '../../time/deadline.ts';
import type { Recorded } from '../backlog.ts';
import { deadlinesOf } from '../deadlinesOf.ts';
import { inWords } from '../guardWords.ts';
import type { InspectEntry, Life } from '../inspectEntry.ts';
import { clockTime } from './clockTime.ts';
import { entryWords, failureIn } from './entryWords.ts';
import type { Moments } from './moments.ts';

const ENDS = /--ended$/;

/** Whether a step of the machine ended the session. */
export const isEnd = (entry: InspectEntry | undefined): boolean =>
  entry?.kind === 'step' && entry.micro.some(({ edge }) => edge !== null && ENDS.test(edge));

const isPast = (at: Deadline, now: Instant): boolean => remainingMs(at, now) <= 0;

const timeOf = ({ wallMs }: Deadline): string => clockTime({ wallMs, monotonicMs: 0 });

const lived = (name: string, { until }: Life, now: Instant): string =>
  isPast(until, now)
    ? `The ${name} expired at ${timeOf(until)}.`
    : `The ${name} would have lived until ${timeOf(until)}, ${inWords(remainingMs(until, now))} longer.`;

const spanOf = ({ from, until }: Life): string => inWords(until.monotonicMs - from.monotonicMs);

/** The numbers that mattered when it ended. */
const numbers = (context: SessionContext, now: Instant): readonly string[] => {
  const { lastActivity } = context;
  const { accessToken, refreshToken, idle, idleSession } = deadlinesOf(context);
  return [
    lastActivity &&
      `The last sign of the user was at ${clockTime(lastActivity)}, ${inWords(elapsedMs(lastActivity, now))} before the end.`,
    idle &&
      isPast(idle.until, now) &&
      `Without a sign for ${spanOf(idle)} the user counts as away: since ${timeOf(idle.until)}. Nothing is renewed then.`,
    idleSession &&
      isPast(idleSession.until, now) &&
      `The idle session was to end at ${timeOf(idleSession.until)}, ${spanOf(idleSession)} after the last sign.`,
    accessToken && lived('access token', accessToken, now),
    refreshToken && lived('refresh token', refreshToken, now),
  ].filter((line) => typeof line === 'string');
};

/** Tells how a session came to its end, with the numbers, where one has ended at or before a place. */
export const endStory = (
  { entries }: Pick<Recorded, 'entries'>,
  moments: Moments,
  index: number,
): readonly string[] => {
  const place = entries.findLastIndex((entry, at) => at <= index && isEnd(entry));
  const before = moments.at(place - 1).machine;
  if (place < 0 || !before) return [];
  const { at, number } = entries[place]!;
  const failed = before.context.failure || isFailedBy(entries, place) ? lastFailure(entries, place) : [];
  return [...numbers(before.context, at), ...failed, `It ended at ${clockTime(at)} (entry ${number}).`];
};

const NEAR = 4;

/** The end of a renewal is told after the step that it caused. */
const isFailedBy = (entries: Recorded['entries'], place: number): boolean =>
  entries.slice(place, place + NEAR).some((entry) => failureIn(entry) !== null);

const lastFailure = (entries: Recorded['entries'], place: number): readonly string[] => {
  const failed = entries.findLast(
    (entry, at) => at < place + NEAR && entry.kind !== 'fact' && failureIn(entry) !== null,
  );
  return failed ? [`The last failure: ${entryWords(failed)}, at ${clockTime(failed.at)}.`] : [];
};
