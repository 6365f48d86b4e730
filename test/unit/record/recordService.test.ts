import { expect, test } from 'vitest';
import type { RecordLoaded, RecordRequested } from '../../../machines/sessionEvents.ts';
import { announcingRecord } from '../../../src/grants/tabs/announcingRecord.ts';
import type { RecordJudge } from '../../../src/record/judgeRecord.ts';
import { createMemoryRecord } from '../../../src/record/memoryRecord.ts';
import { createRecordService } from '../../../src/record/recordService.ts';
import { emptyRecord, type RecordStore, type SessionRecord } from '../../../src/record/sessionRecord.ts';
import { createVirtualClock, drainMicrotasks } from '../../../src/testing/virtualClock.ts';
import { readInstant } from '../../../src/time/clock.ts';

const EPOCH = 5;
const EVERY_MS = 15_000;

/** A store that counts what is really written to it. */
const counted = (store: RecordStore, onWrite: () => void): RecordStore => ({
  read: store.read,
  update: (change) =>
    store.update((known) => {
      const changed = change(known);
      if (changed !== known) onWrite();
      return changed;
    }),
});

/** The service of a page that somebody is signed in to; `activeMs`: before now, as the record shows it. */
const openWith = ({ activeMs }: { activeMs?: number } = {}) => {
  const clock = createVirtualClock();
  const counts = { writes: 0, told: 0, ended: 0, heldOff: 0 };
  const memory = createMemoryRecord({
    ...emptyRecord,
    epoch: EPOCH,
    generation: 1,
    who: 'ada',
    lastActivityWallMs: activeMs === undefined ? null : clock.wallMs() - activeMs,
  });
  const judge: Pick<RecordJudge, 'vouchFor' | 'noteActivity' | 'reading' | 'reads'> = {
    vouchFor: (known) => known,
    noteActivity: () => {},
    reads: () => () => {},
    reading: () => ({ who: 'same' }) as RecordLoaded,
  };
  const serve = createRecordService({
    record: announcingRecord(
      counted(memory, () => void counts.writes++),
      () => void counts.told++,
    ),
    clock,
    judge: judge as RecordJudge,
    continuity: { stretch: 0, mend: () => {} },
    options: {},
    flights: {},
    onBehind: () => {},
    onEnded: () => void counts.ended++,
    onHeldOff: () => void counts.heldOff++,
  });
  return { clock, counts, serve, content: (): Promise<SessionRecord> => memory.read() };
};

type EndReason = Extract<RecordRequested, { type: 'record.end' }>['reason'];

/** Ends a session in which this page has last seen somebody a minute ago. */
const endFor = async (reason: EndReason, of: { activeMs?: number; epoch?: number; generation?: number }) => {
  const opened = openWith(of);
  const { clock, serve, content } = opened;
  const lastActivityWallMs = clock.wallMs() - 60_000;
  const { epoch = EPOCH, generation = 1 } = of;
  await serve({ type: 'record.end', epoch, generation, reason, lastActivityWallMs });
  return { ...opened.counts, ...(await content()) };
};

test.for<[EndReason, string | null]>([
  ['revoked', 'ada'],
  ['lapsed', 'ada'],
  ['rejected', 'ada'],
  ['idle', null],
  ['signedOut', null],
])('an end (%s) for which newer tokens are there leaves %s', async ([reason, who]) => {
  expect(await endFor(reason, { generation: 0 })).toMatchObject({ who, heldOff: who === null ? 0 : 1 });
});

test.for<EndReason>(['idle', 'lapsed'])(
  'an end by absence (%s) is held off by whoever was there since, in another tab',
  async (reason) => {
    const after = await endFor(reason, { activeMs: 59_999 });
    expect(after).toMatchObject({ who: 'ada', endReason: null, ended: 0, heldOff: 1, writes: 0, told: 0 });
  },
);

test.for<EndReason>(['idle', 'lapsed'])(
  'an end by absence (%s) holds where nobody was there since, or only in the future',
  async (reason) => {
    for (const activeMs of [undefined, 60_000, -1]) {
      const after = await endFor(reason, { ...(activeMs !== undefined && { activeMs }) });
      expect(after).toMatchObject({ who: null, endReason: reason, ended: 1, heldOff: 0, writes: 1, told: 1 });
    }
  },
);

test.for<EndReason>(['signedOut', 'revoked', 'rejected', 'interaction', 'ended', 'switched'])(
  'nobody who was there holds off an end for another reason (%s)',
  async (reason) => {
    const after = await endFor(reason, { activeMs: 0 });
    expect(after).toMatchObject({ who: null, endReason: reason, ended: 1, heldOff: 0 });
  },
);

test('the end of another epoch changes nothing', async () => {
  const after = await endFor('signedOut', { epoch: EPOCH - 1 });
  expect(after).toMatchObject({ who: 'ada', writes: 0, told: 0, ended: 0, heldOff: 0 });
});

test('the next sign-in asks after an end that was not seen at the provider, and only then', async () => {
  expect(await endFor('idle', {})).toMatchObject({ promptLogin: true });
  expect(await endFor('signedOut', {})).toMatchObject({ promptLogin: true });
  expect(await endFor('lapsed', {})).toMatchObject({ promptLogin: false });
});

/** A sign of presence each second, for so long. */
const beActive = async ({ clock, serve }: ReturnType<typeof openWith>, seconds: number): Promise<void> => {
  for (let second = 0; second < seconds; second++) {
    await serve({ type: 'record.note', lastActivity: readInstant(clock), everyMs: EVERY_MS });
    await clock.advance(1000);
  }
};

test('activity is written and announced sparingly: at once, and then once in the time given', async () => {
  const opened = openWith();
  await beActive(opened, 1);
  expect(opened.counts).toMatchObject({ writes: 1, told: 1 });
  await beActive(opened, 14);
  expect(opened.counts).toMatchObject({ writes: 1, told: 1 });
  await beActive(opened, 46);
  expect(opened.counts).toMatchObject({ writes: 5, told: 5 });
});

test('activity that another tab has noted already, or later, is neither written nor announced', async () => {
  const { clock, serve, counts } = openWith({ activeMs: 0 });
  const now = readInstant(clock);
  await serve({ type: 'record.note', lastActivity: now, everyMs: EVERY_MS });
  // The first one notes which time it is.
  expect(counts).toMatchObject({ writes: 1, told: 0 });
  const earlier = { ...now, wallMs: now.wallMs - 1 };
  await serve({ type: 'record.note', lastActivity: earlier, everyMs: EVERY_MS });
  expect(counts).toMatchObject({ writes: 1, told: 0 });
});

test('a wall clock that is set back does not keep activity from being noted', async () => {
  const opened = openWith();
  await beActive(opened, 1);
  opened.clock.jumpWall(-600_000);
  await beActive(opened, 1);
  expect(opened.counts).toMatchObject({ writes: 2, told: 2 });
});

test('activity that came too soon to be written is written by the next look, once', async () => {
  const { clock, serve, counts, content } = openWith();
  const note = (): Promise<unknown> =>
    serve({ type: 'record.note', lastActivity: readInstant(clock), everyMs: EVERY_MS });
  await note();
  await clock.advance(14_000);
  await note();
  const { wallMs } = readInstant(clock);
  expect(counts.writes).toBe(1);
  await clock.advance(1000);
  for (let looks = 0; looks < 2; looks++) {
    await serve({ type: 'record.read', at: readInstant(clock) });
    await drainMicrotasks();
  }
  expect(counts.writes).toBe(2);
  expect((await content()).lastActivityWallMs).toBe(wallMs);
});
