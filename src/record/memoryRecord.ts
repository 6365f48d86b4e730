import { emptyRecord, type RecordStore } from './sessionRecord.ts';

/** A record that lives as long as the page or process, and that nobody else sees. */
export const createMemoryRecord = (record = emptyRecord): RecordStore => ({
  read: async () => record,
  update: async (change) => (record = change(record)),
});
