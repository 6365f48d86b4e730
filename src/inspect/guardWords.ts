import { idleAfterMs } from '../../machines/idleAfter.ts';
import { endOf, type guards } from '../../machines/guards.ts';
import type { Failure, SessionContext } from '../../machines/sessionContext.ts';
import type { Milliseconds } from '../time/clock.ts';
import { elapsedMs, remainingMs } from '../time/deadline.ts';

const UNITS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
] as const;

/** A duration in its two largest units, such as `4 min 30 s`. */
export const inWords = (ms: Milliseconds): string => {
  if (!Number.isFinite(ms)) return 'an unknown time';
  if (ms < 0) return `-${inWords(-ms)}`;
  if (Math.round(ms) < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${Number((ms / 1000).toFixed(1))} s`;
  const wholeMs = Math.round(ms / 1000) * 1000;
  const first = UNITS.findIndex(([size]) => wholeMs >= size);
  const [[large, name], next] = [UNITS[first]!, UNITS[first + 1]];
  const count = Math.floor(wholeMs / large);
  const rest = next ? Math.floor((wholeMs - count * large) / next[0]) : 0;
  return rest > 0 ? `${count} ${name} ${rest} ${next![1]}` : `${count} ${name}`;
};

const awayFor = ({ lastActivity, now }: SessionContext): string =>
  lastActivity ? inWords(elapsedMs(lastActivity, now)) : 'an unknown time';

const lastSeen = ({ lastActivity, now }: SessionContext): string => {
  if (!lastActivity) return 'never';
  const agoMs = elapsedMs(lastActivity, now);
  return agoMs < 1000 ? 'just now' : `${inWords(agoMs)} ago`;
};

const idleLimit = (context: SessionContext): string => inWords(idleAfterMs(context) ?? 0);

const tokenLeft = ({ lease, now }: SessionContext): string => {
  const leftMs = lease ? remainingMs(lease.accessDeadline, now) : 0;
  return leftMs > 0
    ? `the access token has ${inWords(leftMs)} left`
    : `the access token expired ${inWords(-leftMs)} ago`;
};

const failureWords = (failure: Failure | null): string => {
  if (!failure) return 'no failure';
  const { code, status, error } = failure;
  return [code, status === null ? '' : `HTTP ${status}`, error ?? ''].filter(Boolean).join(', ');
};

const reasons: Readonly<Record<string, string>> = {
  lapsed: 'the last token has expired, and nothing can renew it',
  idle: 'the user was away longer than the app allows',
  revoked: 'the provider no longer accepts the refresh token',
  rejected: 'the provider no longer accepts the client',
  ended: 'the provider’s absolute limit was reached',
  interaction: 'the provider must ask the user',
  switched: 'another user has signed in',
};

/** Why a session is over, in words. */
export const reasonWords = (reason: string): string =>
  Object.hasOwn(reasons, reason) ? reasons[reason]! : reason;

type Words = (context: SessionContext, reason: string | null) => string;

/** Each guard in words, with the numbers that made it true. */
const words: { readonly [Guard in keyof typeof guards]: Words } = {
  isSignedIn: () => 'There are tokens.',
  signOutRequested: () => 'The app asked to sign out.',
  ended: (context, reason) =>
    `The session is over: ${reasonWords(reason ?? endOf(context) ?? 'nothing is left of it')}. ${context.failure ? `The last failure: ${failureWords(context.failure)}. ` : ''}The last sign of the user: ${lastSeen(context)}; ${tokenLeft(context)}.`,
  recordLost: () => 'The record no longer contains this session, or its newest tokens are out of reach.',
  restored: () => 'Tokens were found, so that a user is signed in.',
  foundElsewhere: () => 'Somebody is signed in in another tab.',
  notSignedIn: ({ loginFailure }) =>
    loginFailure ? `Nobody is signed in: ${failureWords(loginFailure)}.` : 'Nobody is signed in.',
  signInFailed: ({ loginFailure }) => `The sign-in brought nobody in: ${failureWords(loginFailure)}.`,
  signInWanted: () => 'The app asked for a sign-in.',
  tokensChanged: ({ lease }) =>
    `There are other tokens than those announced last: generation ${lease?.generation ?? 0}.`,
  away: (context) =>
    `There was no sign of the user for ${awayFor(context)}, and ${idleLimit(context)} is the limit. The record confirms it.`,
  back: (context) => `There was a sign of the user, ${lastSeen(context)}.`,
  resumed: () => 'The user was away and is back.',
  due: (context) =>
    `It is time to renew: ${tokenLeft(context)}, and the user was there ${lastSeen(context)}.`,
  renewalRequested: (context) =>
    context.renewWanted === 'app'
      ? `The app asked for a renewal; ${tokenLeft(context)}.`
      : `A request needs a token, and ${tokenLeft(context)}.`,
  endsSoon: ({ ending, now }) =>
    `The provider’s absolute limit comes in ${inWords(ending ? remainingMs(ending, now) : 0)}, and no activity moves it.`,
  failedTransiently: (context) =>
    `The renewal failed (${failureWords(context.failure)}), and may succeed later; ${tokenLeft(context)}.`,
  rescuable: (context) =>
    `The renewal was refused (${failureWords(context.failure)}), and a silent sign-in is possible.`,
  answerLost: () => 'The renewal got no answer, so that the refresh token may be used up.',
  rescueFailed: (context) => `The silent sign-in brought nothing: ${failureWords(context.failure)}.`,
  renewed: ({ lease }) => `New tokens have come: generation ${lease?.generation ?? 0}.`,
  retries: (context) =>
    context.renewWanted === 'app'
      ? 'The app asked for another try.'
      : `The pause after failure ${context.failures} is over, and the user was there ${lastSeen(context)}.`,
  warns: (context) => `The end of the idle session is near: the user has been away for ${awayFor(context)}.`,
  endReceded: () => 'The end of the idle session has moved away.',
};

/**
 * Why an edge was taken, in words.
 *
 * @param edge Its id, such as `authenticated--due`
 * @param context What the machine knew when it judged the guard
 * @param reason Why the session is over, if the edge ended it
 */
export const whyTaken = (edge: string, context: SessionContext, reason: string | null = null): string => {
  const [, guard = ''] = edge.split('--');
  return Object.hasOwn(words, guard) ? words[guard as keyof typeof words](context, reason) : guard;
};
