import type { RecordLoaded, RecordRequested } from '../../machines/sessionEvents.ts';
import { type Clock, type Instant, readInstant } from '../time/clock.ts';
import { elapsedMs } from '../time/deadline.ts';
import type { Turns } from '../time/inTurn.ts';
import type { Continuity, RecordJudge } from './judgeRecord.ts';
import {
  isActiveSince,
  type RecordStore,
  type SessionRecord,
  withActivity,
  withEnd,
  withPrompt,
  withWallSeen,
} from './sessionRecord.ts';

type Requested<Type extends RecordRequested['type']> = Extract<RecordRequested, { type: Type }>;

/** What the record service works with. */
export interface RecordServiceDeps {
  readonly record: RecordStore;
  readonly clock: Clock;
  readonly judge: RecordJudge;
  readonly continuity: Pick<Continuity, 'stretch' | 'mend'>;
  /** `tabs: false`: the tokens here are those of this page alone. */
  readonly options: { readonly tabs?: boolean };
  /** Changes of who is signed in that this page is about to make. */
  readonly flights: Turns<'record'>;
  /** The record shows newer tokens than those at hand. */
  onBehind(): void;
  /** This page has ended the epoch. */
  onEnded(epoch: number): void;
  /** An end was held off: somebody is there in another tab, or it has newer tokens. */
  onHeldOff(): void;
}

/** Ends that somebody's presence in another tab holds off. */
const byAbsence = new Set<Requested<'record.end'>['reason']>(['idle', 'lapsed']);

/** Ends of the user's session. Any other is an end of tokens, and says nothing about those that another tab has. */
const ofTheUser = new Set<Requested<'record.end'>['reason']>(['idle', 'signedOut', 'switched']);

/**
 * An end holds only against its own epoch, and one of tokens not against newer ones. After an end that the user did not see at
 * the provider the next sign-in asks.
 */
const ended = (
  record: SessionRecord,
  { epoch, generation, reason, lastActivityWallMs }: Requested<'record.end'>,
  nowWallMs: number,
): SessionRecord => {
  if (record.epoch !== epoch || record.who === null) return record;
  if (!ofTheUser.has(reason) && record.generation > generation) return record;
  if (byAbsence.has(reason) && isActiveSince(record, lastActivityWallMs, nowWallMs)) return record;
  const over = withEnd(record, reason);
  return reason === 'idle' || reason === 'signedOut' ? withPrompt(over, nowWallMs) : over;
};

/** The machine's way to the record: readings, sparing notes of activity, and ends. */
export const createRecordService = ({
  record,
  clock,
  judge,
  continuity,
  options,
  flights,
  onBehind,
  onEnded,
  onHeldOff,
}: RecordServiceDeps) => {
  let notedAtMs = -Infinity;
  /** Activity that came too soon after the last one to be noted: the next look notes it, which comes ahead of any end. */
  let unnoted: Instant | undefined;

  const write = (active: Instant): Promise<unknown> => {
    unnoted = undefined;
    return record.update((known) => {
      // Read inside the transaction: a page can be frozen before it, and its wall clock set back.
      const now = readInstant(clock);
      const mine = judge.vouchFor(known);
      const activeWallMs = now.wallMs - elapsedMs(active, now);
      return mine.epoch === 0
        ? known
        : withWallSeen(withActivity(mine, activeWallMs, now.wallMs), now.wallMs);
    });
  };

  const read = async ({ at }: Requested<'record.read'>): Promise<RecordLoaded> => {
    const { stretch } = continuity;
    const hasSeen = judge.reads();
    const found = await record.read();
    const known = judge.vouchFor(found) === found ? found : await record.update(judge.vouchFor);
    const reading = judge.reading(known, at);
    if (reading.who !== 'same') return reading;
    continuity.mend(stretch);
    hasSeen();
    onBehind();
    if (unnoted) void write(unnoted);
    return reading;
  };

  const note = async ({ lastActivity, everyMs }: Requested<'record.note'>): Promise<void> => {
    judge.noteActivity(lastActivity.wallMs);
    unnoted = lastActivity;
    if (lastActivity.wallMs - notedAtMs < everyMs && lastActivity.wallMs >= notedAtMs) return;
    notedAtMs = lastActivity.wallMs;
    await write(lastActivity);
  };

  /** What this page is putting in counts as newer, and may come to nothing. */
  const untilPut = async (): Promise<void> => {
    const putting = flights.record;
    if (!putting) return;
    await putting;
    await untilPut();
  };

  const end = async (request: Requested<'record.end'>): Promise<void> => {
    if (options.tabs === false && !ofTheUser.has(request.reason)) return judge.endsHere(request.epoch);
    if (!ofTheUser.has(request.reason)) await untilPut();
    const known = await record.update((before) => {
      const after = ended(before, request, clock.wallMs());
      // At once: whoever reads the record next asks who has ended it.
      if (after !== before) onEnded(request.epoch);
      return after;
    });
    if (known.epoch === request.epoch && known.who !== null) onHeldOff();
  };

  return async (request: RecordRequested): Promise<RecordLoaded | undefined> => {
    if (request.type === 'record.read') return read(request);
    await (request.type === 'record.note' ? note(request) : end(request));
    return undefined;
  };
};
