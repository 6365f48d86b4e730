import { promisifyRequest } from 'idb-keyval';
import { nextTask } from '../time/nextTask.ts';
import { recordFrom, type RecordStore, type SessionRecord } from './sessionRecord.ts';

/** Whether this runs where there is such a thing. */
export const hasIndexedDb = (): boolean => 'indexedDB' in globalThis;

/** An open connection would hold up whoever deletes the database, and everybody's next opening behind that. */
const giveWay = (event: Event): void => (event.target as IDBDatabase).close();

const open = async (database: string, version?: number): Promise<IDBDatabase> => {
  const request = indexedDB.open(database, version);
  request.onupgradeneeded = () => request.result.createObjectStore('record');
  const opened = await promisifyRequest(request);
  // At once: what is in it may be another's, and of no use here.
  opened.onversionchange = giveWay;
  if (opened.objectStoreNames.length > 0) return opened;
  // Whoever has opened it before us, by its name alone, has left it empty.
  opened.close();
  return open(database, opened.version + 1);
};

/** At once, and not when this page comes to it. */
const endOf = (entries: IDBObjectStore): void => entries.transaction.commit();

/** The record of a session as one entry in IndexedDB, shared by all tabs of the origin. */
export const createIndexedDbRecord = (name: string, database = 'token-vigil'): RecordStore => {
  let connection: Promise<IDBDatabase> | undefined;

  const transact = async (
    mode: IDBTransactionMode,
    work: (entries: IDBObjectStore) => Promise<SessionRecord>,
  ): Promise<SessionRecord> => {
    const opened = await (connection ??= open(database));
    return work(opened.transaction('record', mode).objectStore('record'));
  };

  const run: typeof transact = async (...of) => {
    // A dialog of the app can hold up the event in which this was asked for, and with it the transactions of all other tabs.
    await nextTask();
    try {
      return await transact(...of);
    } catch {
      // Connections are lost, above all in WebKit after a sleep, and closed by `giveWay`. What failed has changed nothing.
      connection = undefined;
      return transact(...of);
    }
  };

  const load = async (entries: IDBObjectStore): Promise<SessionRecord> =>
    recordFrom(await promisifyRequest<unknown>(entries.get(name)));

  return {
    read: () =>
      run('readonly', (entries) => {
        const found = load(entries);
        endOf(entries);
        return found;
      }),
    update: (change) =>
      // Not idb-keyval's `update`, which writes even what has not changed.
      run('readwrite', async (entries) => {
        const record = await load(entries);
        const changed = change(record);
        if (changed !== record) entries.put(changed, name);
        endOf(entries);
        if (changed === record) return record;
        await promisifyRequest(entries.transaction);
        return changed;
      }),
  };
};
