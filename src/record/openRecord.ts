import { SessionError } from '../errors/sessionError.ts';
import { settleWithin } from '../time/settleWithin.ts';
import type { Clock, Milliseconds } from '../time/clock.ts';
import { createIndexedDbRecord } from './indexedDbRecord.ts';
import { createMemoryRecord } from './memoryRecord.ts';
import { emptyRecord, type RecordStore, type SessionRecord } from './sessionRecord.ts';

/** A transaction takes about a millisecond; one that takes so long will never end. */
const LIMIT_MS: Milliseconds = 2000;

/** What {@link openRecord} works with. */
export interface RecordOptions {
  readonly clock: Clock;
  /** Told once, in a page, that the record is kept in memory only (`record_unavailable`). */
  readonly onWarning: (warning: SessionError) => void;
}

/**
 * The record of a session: in IndexedDB, or in memory where that is missing, fails or hangs.
 * Memory goes on from the last record seen; there is no way back until the page is loaded anew.
 */
export const openRecord = (name: string, { clock, onWarning }: RecordOptions): RecordStore => {
  // Outside a page memory is what is expected; a worker has IndexedDB all the same.
  const isPage = 'document' in globalThis;
  if (!isPage && !('indexedDB' in globalThis)) return createMemoryRecord();
  const disk = createIndexedDbRecord(name);
  let known: SessionRecord = emptyRecord;
  let memory: RecordStore | undefined;

  const fallBack = (cause: unknown): RecordStore => {
    memory = createMemoryRecord(known);
    if (isPage) {
      onWarning(
        new SessionError('record_unavailable', 'IndexedDB fails here: this tab is on its own', { cause }),
      );
    }
    return memory;
  };

  const ask = async (call: (store: RecordStore) => Promise<SessionRecord>): Promise<SessionRecord> => {
    if (memory) return call(memory);
    try {
      return (known = await settleWithin(clock, LIMIT_MS, call(disk)));
    } catch (cause) {
      return call(memory ?? fallBack(cause));
    }
  };

  return {
    read: () => ask((store) => store.read()),
    update: (change) =>
      // A transaction that comes to life after it was given up must not change what memory has changed.
      ask((store) => store.update((record) => (store === disk && memory ? record : change(record)))),
  };
};
