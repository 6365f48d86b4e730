import { SessionError } from '../errors/sessionError.ts';
import { warnOfNewer } from '../errors/warnOfNewer.ts';
import { settleWithin } from '../time/settleWithin.ts';
import type { Clock, Milliseconds } from '../time/clock.ts';
import { createMemoryRecord } from './memoryRecord.ts';
import { emptyRecord, isOfNewerRelease, type RecordStore, type SessionRecord } from './sessionRecord.ts';

/** A transaction takes about a millisecond; one that takes so long will never end. */
const LIMIT_MS: Milliseconds = 2000;

/** What a newer release keeps is let be. */
const unlessNewer =
  (change: (record: SessionRecord) => SessionRecord) =>
  (record: SessionRecord): SessionRecord =>
    isOfNewerRelease(record) ? record : change(record);

/** What {@link guardedRecord} works with. */
export interface GuardOptions {
  readonly clock: Clock;
  /** Told once that the record is kept in memory only (`record_unavailable`), or that a newer release has one (`tabs_unavailable`). */
  readonly onWarning: (warning: SessionError) => void;
}

/**
 * A record that never fails: it is kept in memory where the shared one fails or hangs.
 * Memory goes on from the last record seen; there is no way back until the page is loaded anew.
 */
export const guardedRecord = (disk: RecordStore, { clock, onWarning }: GuardOptions): RecordStore => {
  let known: SessionRecord = emptyRecord;
  let memory: RecordStore | undefined;
  let isOutdated = false;
  let lostAtWallMs: Milliseconds = 0;

  const sayNewer = (): void => warnOfNewer(onWarning);

  const fallBack = (warn: () => void): RecordStore => {
    if (memory) return memory;
    memory = createMemoryRecord(known);
    lostAtWallMs = clock.wallMs();
    warn();
    return memory;
  };

  const ask = async (call: (store: RecordStore) => Promise<SessionRecord>): Promise<SessionRecord> => {
    if (memory) return call(memory);
    let warn = sayNewer;
    try {
      const found = await settleWithin(clock, LIMIT_MS, call(disk));
      if (!isOfNewerRelease(found)) return (known = found);
      isOutdated = true;
    } catch (cause) {
      const message = 'IndexedDB fails here: this tab works by itself, and a sign-out may not reach others';
      warn = () => onWarning(new SessionError('record_unavailable', message, { cause }));
    }
    return call(fallBack(warn));
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
    read: () => ask((store) => store.read()),
    update: (change) =>
      // A transaction that comes to life after it was given up must not change what memory has changed.
      ask((store) =>
        store.update((record) => (store === disk && memory ? record : unlessNewer(change)(record))),
      ),
  };
};
