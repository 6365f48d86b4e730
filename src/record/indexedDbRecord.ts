import { createStore, promisifyRequest } from 'idb-keyval';
import { recordFrom, type RecordStore, type SessionRecord } from './sessionRecord.ts';

/** An open connection would hold up whoever deletes the database, and everybody's next opening behind that. */
const giveWay = (event: Event): void => (event.target as IDBDatabase).close();

/** The record of a session as one entry in IndexedDB, shared by all tabs of the origin. */
export const createIndexedDbRecord = (name: string, database = 'token-vigil'): RecordStore => {
  const connect = () => createStore(database, 'record');
  let transact = connect();

  const run = async (
    mode: IDBTransactionMode,
    work: (entries: IDBObjectStore) => Promise<SessionRecord>,
  ): Promise<SessionRecord> => {
    try {
      return await transact(mode, work);
    } catch {
      // Connections are lost, above all in WebKit after a sleep, and closed by `giveWay`. What failed has changed nothing.
      transact = connect();
      return transact(mode, work);
    }
  };

  const load = async (entries: IDBObjectStore): Promise<SessionRecord> => {
    entries.transaction.db.onversionchange = giveWay;
    return recordFrom(await promisifyRequest<unknown>(entries.get(name)));
  };

  return {
    read: () => run('readonly', load),
    update: (change) =>
      // Not idb-keyval's `update`, which writes even what has not changed.
      run('readwrite', async (entries) => {
        const record = await load(entries);
        const changed = change(record);
        if (changed === record) return record;
        entries.put(changed, name);
        await promisifyRequest(entries.transaction);
        return changed;
      }),
  };
};
