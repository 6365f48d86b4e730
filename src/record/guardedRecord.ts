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
} from './sessionRecord.ts';

/** A transaction takes about a millisecond. A page that stands still in the middle of one holds up those of all others. */
const LIMIT_MS: Milliseconds = 2000;

type Change = (record: SessionRecord) => SessionRecord;

/** What a newer release keeps is let be. */
const unlessNewer =
  (change: Change): Change =>
  (record) =>
    isOfNewerRelease(record) ? record : change(record);

const isSame = (a: SessionRecord, b: SessionRecord): boolean =>
  a.epoch === b.epoch && a.generation === b.generation && a.who === b.who;

/** Whether it shows an end that other tabs need not follow: one of the tokens of this page, or by an absence from it. */
const isEndHere = ({ endReason }: SessionRecord): boolean => endReason !== null && endReason !== 'signedOut';

/** What {@link guardedRecord} works with. */
export interface GuardOptions {
  readonly clock: Clock;
  /** Told once that the record is kept in memory (`record_unavailable`), or that a newer release has one (`tabs_unavailable`). */
  readonly onWarning: (warning: SessionError) => void;
  /** The shared record works again: much may have happened meanwhile. */
  onBack?(): void;
}

/**
 * A record that never fails: it is kept in memory, from the last record seen, while the shared one fails or does not answer.
 * Once that works again this page goes by it, unless both have changed meanwhile.
 */
export const guardedRecord = (disk: RecordStore, { clock, onWarning, onBack }: GuardOptions): RecordStore => {
  /** The shared record, as it was seen last. */
  let known: SessionRecord = emptyRecord;
  let memory: SessionRecord | undefined;
  let isOutdated = false;
  let isAsking = false;
  let hasWarned = false;
  let lostAtWallMs: Milliseconds = 0;

  /** The shared record with what has happened here: all of it, if nothing else has happened there. */
  const withMine = (found: SessionRecord): SessionRecord => {
    if (!memory || isOfNewerRelease(found)) return found;
    if (isSame(found, known) && found.mark === known.mark && !isEndHere(memory)) return memory;
    const { epoch, lastActivityWallMs: activeWallMs } = memory;
    const isActive = found.epoch === epoch && found.who !== null && activeWallMs !== null;
    return isActive ? withActivity(found, activeWallMs, clock.wallMs()) : found;
  };

  /** Goes by the shared record again, if it works. */
  const goBack = async (): Promise<void> => {
    if (isAsking || isOutdated) return;
    isAsking = true;
    let isCarried = false;
    const asked = disk.update((record) => {
      if (!isAsking) return record;
      const mine = withMine(record);
      isCarried = mine === memory;
      return mine;
    });
    const found = await settleWithin(clock, LIMIT_MS, asked).catch(() => undefined);
    isAsking = false;
    // What was lost altogether shows nothing, not even an end.
    if (!memory || !found || isOfNewerRelease(found) || found.epoch < known.epoch) return;
    // More may have happened in memory while that was written.
    if (isCarried) known = found;
    if (!isEndHere(memory) && !isSame(memory, known)) return;
    memory = undefined;
    known = found;
    onBack?.();
  };

  const fallBack = (warn: () => void): void => {
    if (memory) return;
    memory = known;
    lostAtWallMs = clock.wallMs();
    if (!hasWarned) warn();
    hasWarned = true;
  };

  const ask = async (call: () => Promise<SessionRecord>, change: Change): Promise<SessionRecord> => {
    if (memory) {
      void goBack();
      return (memory = change(memory));
    }
    try {
      const found = await settleWithin(clock, LIMIT_MS, call());
      // Another call has failed meanwhile.
      if (memory) return (memory = change(memory));
      if (!isOfNewerRelease(found)) return (known = found);
      isOutdated = true;
      fallBack(() => warnOfNewer(onWarning));
    } catch (cause) {
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
    retry: async (change) => memory && settleWithin(clock, LIMIT_MS, disk.update(unlessNewer(change))),
    read: () => ask(disk.read, (record) => record),
    update(change) {
      let isGivenUp = false;
      // A transaction that comes to life after it was given up must not change what memory has changed.
      const onDisk = (): Promise<SessionRecord> =>
        disk.update((record) => (isGivenUp ? record : unlessNewer(change)(record)));
      return ask(onDisk, (record) => {
        isGivenUp = true;
        return unlessNewer(change)(record);
      });
    },
  };
};
