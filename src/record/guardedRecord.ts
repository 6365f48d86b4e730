import { SessionError } from '../errors/sessionError.ts';
import { warnOfNewer } from '../errors/warnOfNewer.ts';
import { settleWithin } from '../time/settleWithin.ts';
import type { Clock, Milliseconds } from '../time/clock.ts';
import {
  emptyRecord,
  isOfNewerRelease,
  type RecordStore,
  type SessionRecord,
  withActivity,
  withEnd,
} from './sessionRecord.ts';

/** A transaction takes about a millisecond. A page that stands still in the middle of one holds up those of all others. */
const LIMIT_MS: Milliseconds = 2000;

/** Calls the shared record. What comes to life after it was given up must not change what memory has changed. */
type Call = (isWanted: () => boolean) => Promise<SessionRecord>;
type Change = (record: SessionRecord) => SessionRecord;

/** What a newer release keeps is let be. */
const unlessNewer =
  (change: Change): Change =>
  (record) =>
    isOfNewerRelease(record) ? record : change(record);

const isOfOneUser = (a: SessionRecord, b: SessionRecord): boolean => a.epoch === b.epoch && a.who === b.who;

const isSame = (a: SessionRecord, b: SessionRecord): boolean =>
  isOfOneUser(a, b) && a.generation === b.generation && a.mark === b.mark;

/** What {@link guardedRecord} works with. */
export interface GuardOptions {
  readonly clock: Clock;
  /** Told once that the record is kept in memory (`record_unavailable`), or that a newer release has one (`tabs_unavailable`). */
  readonly onWarning: (warning: SessionError) => void;
}

/**
 * A record that never fails: it is kept in memory, from the last record seen, while the shared one fails or does not answer.
 * Once that works again this page goes by it, unless it has tokens by then of which the shared one knows nothing.
 */
export const guardedRecord = (disk: RecordStore, { clock, onWarning }: GuardOptions): RecordStore => {
  /** The shared record, as it was seen last. */
  let known: SessionRecord = emptyRecord;
  let memory: SessionRecord | undefined;
  let isOutdated = false;
  let hasWarned = false;
  let lostAtWallMs: Milliseconds = 0;
  /** Settles when the shared record was tried; the next try after one that timed out keeps nobody waiting. */
  let trying: Promise<void> | undefined;
  let isSlow = false;
  let onBack: (() => void) | undefined;

  /** What this page had marked in the shared record, and has renewed since. */
  const isRenewed = (mine: SessionRecord): boolean =>
    isOfOneUser(mine, known) &&
    mine.generation === known.generation + 1 &&
    known.mark !== null &&
    mine.mark === null;

  /** Whether this page has tokens, by a sign-in or a renewal of its own, of which the shared record knows nothing. */
  const isApart = (mine: SessionRecord, found: SessionRecord): boolean => {
    if (mine.who === null) return false;
    if (found.epoch !== mine.epoch) return mine.epoch !== known.epoch;
    return found.who !== null && !isSame(mine, known) && !isRenewed(mine);
  };

  /** The shared record with what has happened here: a sign-out holds whatever others did, a renewal if they did nothing. */
  const withMine = (found: SessionRecord): SessionRecord => {
    if (!memory || found.epoch !== memory.epoch || found.who === null) return found;
    const { endReason, promptLogin, promptLoginSinceWallMs, generation } = memory;
    if (endReason === 'signedOut')
      return { ...withEnd(found, endReason), promptLogin, promptLoginSinceWallMs };
    const { lastActivityWallMs: activeWallMs } = memory;
    const active = activeWallMs === null ? found : withActivity(found, activeWallMs, clock.wallMs());
    return isRenewed(memory) && isSame(found, known) ? { ...active, generation, mark: null } : active;
  };

  const goBack = async (): Promise<void> => {
    let isGivenUp = false;
    // It is written even if nothing changes: one that can only be read has no room.
    const asked = disk.update((record) =>
      isGivenUp || isOfNewerRelease(record) ? record : { ...withMine(record) },
    );
    const found = await settleWithin(clock, LIMIT_MS, asked).catch(({ name }: Error) => {
      isGivenUp = true;
      isSlow = name === 'TimeoutError';
    });
    if (!memory || !found) return;
    isOutdated = isOfNewerRelease(found);
    // What was lost altogether shows nothing, not even an end.
    if (isOutdated || found.epoch < known.epoch || isApart(memory, found)) return;
    memory = undefined;
    isSlow = false;
    known = found;
    onBack?.();
  };

  /** Goes by the shared record again, if it works. */
  const tryAgain = (): Promise<void> =>
    (trying ??= isOutdated ? Promise.resolve() : goBack().finally(() => (trying = undefined)));

  const fallBack = (warn: () => void): void => {
    if (memory) return;
    memory = known;
    lostAtWallMs = clock.wallMs();
    if (!hasWarned) warn();
    hasWarned = true;
  };

  /** In memory at once; and where the shared record works again, there. */
  const inMemory = async (call: Call, change: Change): Promise<SessionRecord> => {
    memory = change(memory!);
    const tried = Promise.resolve(trying).then(tryAgain);
    if (!isSlow) await tried;
    return memory ?? ask(call, change);
  };

  const ask = async (call: Call, change: Change): Promise<SessionRecord> => {
    if (memory) return inMemory(call, change);
    let isGivenUp = false;
    try {
      const found = await settleWithin(
        clock,
        LIMIT_MS,
        call(() => !isGivenUp),
      );
      // Another call has failed meanwhile.
      if (memory) return (memory = change(memory));
      if (!isOfNewerRelease(found)) return (known = found);
      isOutdated = true;
      fallBack(() => warnOfNewer(onWarning));
    } catch (cause) {
      isGivenUp = true;
      const message =
        'IndexedDB fails here: until it works again this tab works by itself, and a sign-out may not reach others';
      fallBack(() => onWarning(new SessionError('record_unavailable', message, { cause })));
    }
    return (memory = change(memory!));
  };

  return {
    get isOutdated() {
      return isOutdated;
    },
    // What a storage has kept from before can be any tab's. Epochs are numbered by the wall time at which they began: what was
    // lost with the sign-in that it failed for is this tab's own.
    hasLost: (epoch = known.epoch) =>
      memory !== undefined && (epoch <= known.epoch || epoch < Math.floor(lostAtWallMs)),
    whenBack: (listener) => void (onBack = listener),
    read: () => ask(disk.read, (record) => record),
    update: (given) => {
      const change = unlessNewer(given);
      return ask((isWanted) => disk.update((record) => (isWanted() ? change(record) : record)), change);
    },
  };
};
