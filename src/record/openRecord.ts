import { type GuardOptions, guardedRecord } from './guardedRecord.ts';
import { createIndexedDbRecord } from './indexedDbRecord.ts';
import { createMemoryRecord } from './memoryRecord.ts';
import type { RecordStore } from './sessionRecord.ts';

const nothing = (): void => {};

/** The record of a session: in IndexedDB, or in memory where that is missing, fails or hangs; a page is told so once. */
export const openRecord = (name: string, { clock, onWarning }: GuardOptions): RecordStore => {
  // Outside a page memory is what is expected; a worker has IndexedDB all the same.
  const isPage = 'document' in globalThis;
  if (!isPage && !('indexedDB' in globalThis)) return createMemoryRecord();
  return guardedRecord(createIndexedDbRecord(name), { clock, onWarning: isPage ? onWarning : nothing });
};
