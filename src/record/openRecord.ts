import { type GuardOptions, guardedRecord } from './guardedRecord.ts';
import { createIndexedDbRecord, hasIndexedDb } from './indexedDbRecord.ts';
import { createMemoryRecord } from './memoryRecord.ts';
import type { RecordStore } from './sessionRecord.ts';

const nothing = (): void => {};

/** What {@link openRecord} works with. */
export interface OpenOptions extends GuardOptions {
  /** `undefined` outside a page. */
  readonly window: object | undefined;
}

/** The record of a session: in IndexedDB, or in memory while that is missing, fails or hangs; a page is told so once. */
export const openRecord = (name: string, { clock, onWarning, window }: OpenOptions): RecordStore => {
  // Outside a page memory is what is expected; a worker has IndexedDB all the same.
  if (!window && !hasIndexedDb()) return createMemoryRecord();
  return guardedRecord(createIndexedDbRecord(name), { clock, onWarning: window ? onWarning : nothing });
};
