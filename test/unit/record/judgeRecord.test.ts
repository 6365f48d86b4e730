import { expect, test } from 'vitest';
import { createRecordJudge } from '../../../src/record/judgeRecord.ts';
import { emptyRecord, type SessionRecord } from '../../../src/record/sessionRecord.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';
import type { Vault } from '../../../src/vault/vault.ts';

const OURS = 5;

/** Judges for a page that holds tokens of this epoch, or none. */
const judgeWith = (epoch: number | undefined, who = 'ada') =>
  createRecordJudge({
    vault: {
      lease: () =>
        epoch === undefined ? undefined : ({ epoch, generation: 2 } as ReturnType<Vault['lease']>),
      who: () => (epoch === undefined ? undefined : who),
    },
    clock: createVirtualClock(),
    continuity: { canVouch: () => true, stretch: 0, mend: () => {}, interrupt: () => {} },
    options: {},
  });

const found = (of: Partial<SessionRecord>): SessionRecord => ({ ...emptyRecord, ...of });

test.for<[what: string, record: Partial<SessionRecord>, over: number | undefined]>([
  ['goes on', { epoch: OURS, who: 'ada' }, undefined],
  ['has ended', { epoch: OURS, who: null }, OURS],
  ['has given way to another', { epoch: OURS + 1, who: 'bob' }, OURS],
  ['has given way to another of the same user', { epoch: OURS + 1, who: 'ada' }, OURS],
  ['is in no record, since that was lost', { epoch: 0, who: null }, undefined],
])('what of the own epoch is over in a record in which it %s', ([, record, over]) => {
  expect(judgeWith(OURS).overIn(found(record))).toBe(over);
});

test('a page that holds nothing has no epoch that could be over', () => {
  expect(judgeWith(undefined).overIn(found({ epoch: OURS, who: null }))).toBeUndefined();
});

test('what a page is about to begin does not say that its epoch is over, and is nobody else', () => {
  const judge = judgeWith(OURS);
  const record = found({ epoch: OURS + 1, who: 'bob' });
  judge.begins(record.epoch);
  expect(judge.overIn(record)).toBeUndefined();
  expect(judge.reading(record, { wallMs: 0, monotonicMs: 0 }).who).toBe('same');
  judge.begins(undefined);
  expect(judge.overIn(record)).toBe(OURS);
  expect(judge.reading(record, { wallMs: 0, monotonicMs: 0 }).who).toBe('other');
});
