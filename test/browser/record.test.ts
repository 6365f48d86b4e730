import { expect, test, vi } from 'vitest';
import { createIndexedDbRecord } from '../../src/record/indexedDbRecord.ts';
import { openRecord } from '../../src/record/openRecord.ts';
import { emptyRecord, type SessionRecord } from '../../src/record/sessionRecord.ts';
import { systemClock } from '../../src/time/clock.ts';

const count = (record: SessionRecord): SessionRecord => ({ ...record, generation: record.generation + 1 });

/** A database that no other test uses. */
const database = () => `test-${crypto.randomUUID()}`;

test('two connections count exactly', async () => {
  const name = database();
  const connections = [createIndexedDbRecord('r', name), createIndexedDbRecord('r', name)];
  const seen = await Promise.all(
    connections.map(async (record) => {
      const generations: number[] = [];
      for (let i = 0; i < 250; i++) generations.push((await record.update(count)).generation);
      return generations;
    }),
  );
  expect(new Set(seen.flat()).size).toBe(500);
  expect((await createIndexedDbRecord('r', name).read()).generation).toBe(500);
});

test('a change that throws or changes nothing writes nothing', async () => {
  const record = createIndexedDbRecord('r', database());
  await record.update(count);
  const put = vi.spyOn(IDBObjectStore.prototype, 'put');
  expect((await record.update((same) => same)).generation).toBe(1);
  await expect(
    record.update(() => {
      throw new Error('of the caller');
    }),
  ).rejects.toThrow('of the caller');
  expect(put).not.toHaveBeenCalled();
  put.mockRestore();
  expect((await record.read()).generation).toBe(1);
});

test('an update is answered when its transaction is complete', async () => {
  const name = database();
  const updated = await createIndexedDbRecord('r', name).update(count);
  expect(await createIndexedDbRecord('r', name).read()).toEqual(updated);
});

test('an app that deletes all its databases is not held up, and the record begins anew', async () => {
  const name = database();
  const record = createIndexedDbRecord('r', name);
  await record.update(count);
  await new Promise((resolve, reject) => {
    Object.assign(indexedDB.deleteDatabase(name), { onsuccess: resolve, onblocked: reject });
  });
  expect(await record.read()).toEqual(emptyRecord);
  expect((await record.update(count)).generation).toBe(1);
});

test('a page without IndexedDB goes on in memory and says so', async () => {
  const onWarning = vi.fn();
  const denied = vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  const record = openRecord(database(), { clock: systemClock, onWarning, window });
  await record.update(count);
  expect((await record.update(count)).generation).toBe(2);
  denied.mockRestore();
  expect(onWarning).toHaveBeenCalledOnce();
});

/** Somebody else's database, with what they make in it; closed, as by a page that is gone. */
const foreign = (name: string, make: (database: IDBDatabase) => void): Promise<void> =>
  new Promise((resolve) => {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => make(request.result);
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
  });

test('a database of that name that is not ours goes on in memory', async () => {
  const name = database();
  await foreign(name, (opened) => void opened.createObjectStore('theirs'));
  await expect(createIndexedDbRecord('r', name).read()).rejects.toMatchObject({ name: 'NotFoundError' });
});

test('a database of that name that is empty is made use of', async () => {
  const name = database();
  await foreign(name, () => {});
  const record = createIndexedDbRecord('r', name);
  await record.update((known) => ({ ...known, who: 'ada' }));
  expect((await createIndexedDbRecord('r', name).read()).who).toBe('ada');
});
