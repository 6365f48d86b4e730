import { expect, test } from 'vitest';
import { createMemoryRecord } from '../../../src/record/memoryRecord.ts';
import {
  emptyRecord,
  recordFrom,
  type SessionRecord,
  withWallSeen,
} from '../../../src/record/sessionRecord.ts';

const record: SessionRecord = {
  version: 1,
  epoch: 3,
  generation: 7,
  who: 'alice',
  endReason: null,
  mark: null,
  lastActivityWallMs: 1_800_000_000_000,
  highestWallMs: 1_800_000_000_001,
  promptLogin: false,
  promptLoginSinceWallMs: null,
  silentFails: false,
  signOutState: null,
};

test('a record is taken as it is, with what newer versions put into it', () => {
  const content = { ...record, ofTheNextRelease: { id: 'a' } };
  expect(recordFrom(content)).toEqual(content);
  expect(recordFrom(emptyRecord)).toEqual(emptyRecord);
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
  // From here on the next number is the same.
  { ...record, epoch: Number.MAX_SAFE_INTEGER },
  { ...record, epoch: 2 ** 60 },
  { ...record, generation: 1.5 },
  { ...record, who: 7 },
  { ...record, lastActivityWallMs: Infinity },
  { ...record, highestWallMs: null },
  { ...record, promptLogin: 'no' },
  { ...record, signOutState: 7 },
  { ...record, version: '1' },
])('foreign content is as good as none: %j', (content) => {
  expect(recordFrom(content)).toBe(emptyRecord);
});

test.each(['version', 'who', 'promptLogin', 'signOutState', 'promptLoginSinceWallMs'] as const)(
  'a record without %s, or with none to speak of, is one of another version: the default takes its place',
  (field) => {
    const { [field]: _, ...older } = record;
    expect(recordFrom(older)).toEqual({ ...record, [field]: emptyRecord[field] });
    expect(recordFrom({ ...record, [field]: undefined })).toEqual({ ...record, [field]: emptyRecord[field] });
  },
);

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
