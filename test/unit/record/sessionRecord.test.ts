import { expect, test } from 'vitest';
import { createMemoryRecord } from '../../../src/record/memoryRecord.ts';
import {
  emptyRecord,
  recordFrom,
  type SessionRecord,
  withWallSeen,
} from '../../../src/record/sessionRecord.ts';

const record: SessionRecord = {
  epoch: 3,
  generation: 7,
  who: 'alice',
  lastActivityWallMs: 1_800_000_000_000,
  highestWallMs: 1_800_000_000_001,
  promptLogin: false,
};

test('a record is taken as it is, with what newer versions put into it', () => {
  const content = { ...record, mark: { id: 'a' } };
  expect(recordFrom(content)).toBe(content);
  expect(recordFrom(emptyRecord)).toBe(emptyRecord);
  expect(recordFrom(JSON.parse(JSON.stringify(record)))).toEqual(record);
});

test.each([
  undefined,
  null,
  'text',
  7,
  [],
  {},
  { ...record, epoch: '3' },
  { ...record, generation: Number.NaN },
  { ...record, who: undefined },
  { ...record, who: 7 },
  { ...record, lastActivityWallMs: Infinity },
  { ...record, highestWallMs: null },
  { ...record, promptLogin: 'no' },
])('foreign content is as good as none: %j', (content) => {
  expect(recordFrom(content)).toBe(emptyRecord);
});

test('the highest wall time only rises', () => {
  expect(withWallSeen(record, record.highestWallMs)).toBe(record);
  expect(withWallSeen(record, record.highestWallMs - 1)).toBe(record);
  expect(withWallSeen(record, record.highestWallMs + 1)).toEqual({
    ...record,
    highestWallMs: record.highestWallMs + 1,
  });
});

test('a record in memory begins empty and changes', async () => {
  const store = createMemoryRecord();
  expect(await store.read()).toBe(emptyRecord);
  const changed = await store.update((before) => ({ ...before, epoch: before.epoch + 1 }));
  expect(changed.epoch).toBe(1);
  expect(await store.read()).toBe(changed);
});

test('a change that throws is the caller\u2019s, and changes nothing', async () => {
  const store = createMemoryRecord(record);
  const failing = store.update(() => {
    throw new Error('of the caller');
  });
  await expect(failing).rejects.toThrow('of the caller');
  expect(await store.read()).toBe(record);
});
