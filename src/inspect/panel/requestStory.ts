import type { RequestEvent } from '../../gate/requestEvent.ts';
import type { Instant } from '../../time/clock.ts';
import { elapsedMs, remainingMs } from '../../time/deadline.ts';
import type { Base, Recorded } from '../backlog.ts';
import { inWords } from '../guardWords.ts';
import type { InspectEntry } from '../inspectEntry.ts';
import { clockTime } from './clockTime.ts';
import { entryWords } from './entryWords.ts';
import type { Moments } from './moments.ts';

type RequestEntry = Extract<InspectEntry, { kind: 'request' }>;
type Entries = Recorded['entries'];

/** A wait at the gate: the places at which it begins and ends; `null`: it goes on. */
interface Hold {
  readonly from: number;
  readonly to: number | null;
}

const isOf = (entry: InspectEntry | undefined, call: number): entry is RequestEntry =>
  entry?.kind === 'request' && entry.request.call === call;

const begins = ({ request: { type } }: RequestEntry): boolean => type === 'started' || type === 'refused';

/** The wait that an entry of a call begins, or that lies before it. */
const holdAt = (entries: Entries, index: number, { request: { call } }: RequestEntry): Hold | null => {
  for (let from = index; from >= 0; from--) {
    const entry = entries[from];
    if (!isOf(entry, call) || !begins(entry)) continue;
    const after = entries.findIndex((each, place) => place > from && isOf(each, call));
    return { from, to: after < 0 ? null : after };
  }
  return null;
};

const tokenWords = (machine: Base | null, at: Instant): string => {
  if (!machine) return 'the session did not run';
  const { lease } = machine.context;
  if (!lease) return `there was no access token in ${machine.state}`;
  const leftMs = remainingMs(lease.accessDeadline, at);
  if (leftMs <= 0) return `the access token had expired ${inWords(-leftMs)} before`;
  const freshMs = remainingMs(lease.freshUntil, at);
  const left = `the access token had ${inWords(leftMs)} left`;
  return freshMs > 0 ? left : `${left}, and with less than ${inWords(leftMs - freshMs)} it is not handed out`;
};

/** What a request can wait for, and whether it has come. */
const isEffort = (
  entry: InspectEntry,
): entry is Extract<InspectEntry, { kind: 'renewal' | 'signIn'; durationMs: number }> =>
  (entry.kind === 'renewal' || entry.kind === 'signIn') && entry.outcome !== 'begun';

/** What has begun and has not ended. */
const underWay = (entries: Entries): InspectEntry | undefined => {
  const last = entries.findLast(({ kind }) => kind === 'renewal' || kind === 'signIn');
  return last && !isEffort(last) ? last : undefined;
};

const endWords = (
  entries: Entries,
  { from, to }: Hold,
  last: RequestEvent | undefined,
): readonly string[] => {
  const efforts = entries.slice(from, to ?? entries.length).filter(isEffort);
  const lines = efforts.map((effort) => {
    const words = `${entryWords(effort)}, at ${clockTime(effort.at)}`;
    return effort.outcome === 'granted' && effort === efforts.at(-1) && to !== null
      ? `${words}: that let the request go (entry ${effort.number}).`
      : `${words} (entry ${effort.number}).`;
  });
  if (to === null) {
    const awaited = underWay(entries);
    return [...lines, awaited ? `It still waits. Under way: ${entryWords(awaited)}.` : 'It still waits.'];
  }
  return last?.error === undefined ? lines : [...lines, `It was given up: ${last.error}.`];
};

const errors: Readonly<Record<string, string>> = {
  session_idle:
    'The user was away and there was no fresh token. A request is no sign of the user, so that it renews nothing. The option `idle.requests` decides this.',
  signed_out: 'Nobody was signed in. The option `signedOut.requests` decides this.',
  session_ended: 'The session was over: only a sign-in brings a token.',
  wait_timed_out:
    'No token came in the time that a request waits for one, which is the option `waitTimeout`.',
};

/** The causes that stand for these codes. */
const ids: Readonly<Record<string, string>> = {
  session_idle: 'user-away',
  signed_out: 'no-user-signed-in',
  session_ended: 'sign-in-over',
  wait_timed_out: 'renewal-too-slow',
};

const errorWords = (code: string): string =>
  Object.hasOwn(errors, code) ? `${errors[code]} More: npx token-vigil cause ${ids[code]}.` : '';

/** How long a request was held until an entry that ends its wait; `null`: the entry ends none. */
export const heldMs = (entries: Entries, index: number, entry: RequestEntry): number | null => {
  if (entry.request.type !== 'waited') return null;
  const hold = holdAt(entries, index - 1, entry);
  return hold && elapsedMs(entries[hold.from]!.at, entry.at);
};

/** Why a request was held, for how long, and what let it go. */
export const requestStory = (
  entries: Entries,
  moments: Moments,
  index: number,
  entry: RequestEntry,
): readonly string[] => {
  const error = entry.request.error === undefined ? [] : [errorWords(entry.request.error)].filter(Boolean);
  const hold = holdAt(entries, index, entry);
  if (!hold) return error;
  const begun = entries[hold.from] as RequestEntry;
  const last = hold.to === null ? undefined : (entries[hold.to] as RequestEntry);
  const token = tokenWords(moments.at(hold.from).machine, begun.at);
  if (last?.request.type === 'sent' || last?.request.type === 'repeated')
    return [`It was not held: ${token}.`, ...error];
  const why = begun.request.type === 'refused' ? `the API had refused the token with a 401; ${token}` : token;
  const until = last ? `for ${inWords(elapsedMs(begun.at, last.at))}` : `since ${clockTime(begun.at)}`;
  return [
    `${last ? 'It was held' : 'It has been held'} ${until}: ${why}.`,
    ...endWords(entries, hold, last?.request),
    ...error,
  ];
};
