import type { Milliseconds } from '../../time/clock.ts';
import { elapsedMs } from '../../time/deadline.ts';
import { inWords } from '../guardWords.ts';
import type { InspectEntry } from '../inspectEntry.ts';
import { entryWords } from './entryWords.ts';

type RequestEntry = Extract<InspectEntry, { kind: 'request' }>;

const isOfCall = (entry: InspectEntry, call: number): entry is RequestEntry =>
  entry.kind === 'request' && entry.request.call === call;

/** Whether it is what requests wait for: a renewal or a sign-in that has ended. */
const isRelease = (entry: InspectEntry): boolean =>
  (entry.kind === 'renewal' || entry.kind === 'signIn') && entry.outcome !== 'begun';

const isBegun = (entry: InspectEntry): boolean =>
  (entry.kind === 'renewal' || entry.kind === 'signIn') && entry.outcome === 'begun';

const heldWords = (heldMs: Milliseconds, release: InspectEntry | undefined): string =>
  `It was held for ${inWords(heldMs)}, because no token was fresh for long enough.${release ? ` What let it go: ${entryWords(release)}.` : ''}`;

/** What has been begun before an entry, and has not ended by then. */
const underWay = (before: readonly InspectEntry[]): InspectEntry | undefined => {
  const last = before.findLast((entry) => isBegun(entry) || isRelease(entry));
  return last && isBegun(last) ? last : undefined;
};

/** Why a request was held, for how long, and what let it go; nothing of a request that was sent at once. */
export const whyHeld = (entry: InspectEntry, entries: readonly InspectEntry[]): string => {
  if (entry.kind !== 'request') return '';
  const { call } = entry.request;
  const ofCall = entries.filter((each): each is RequestEntry => isOfCall(each, call));
  const started = ofCall.find(({ request }) => request.type === 'started');
  const waited = ofCall.find(({ request }) => request.type === 'waited');
  if (started && waited) {
    const meanwhile = entries.filter(({ number }) => number > started.number && number < waited.number);
    return heldWords(elapsedMs(started.at, waited.at), meanwhile.findLast(isRelease));
  }
  if (!started || ofCall.length > 1) return '';
  const awaited = underWay(entries);
  return `It waits for a token.${awaited ? ` Under way: ${entryWords(awaited)}.` : ''}`;
};
