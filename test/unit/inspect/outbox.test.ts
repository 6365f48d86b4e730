import { describe, expect, test, vi } from 'vitest';
import type { InspectEntry } from '../../../src/inspect/inspectEntry.ts';
import { createOutbox } from '../../../src/inspect/outbox.ts';
import { inspectSession } from '../../../src/inspect/inspectSession.ts';
import { baseAfter } from '../../../src/inspect/backlog.ts';
import { createFakeSession } from '../../../src/testing/index.ts';

/** What is seen of a session that signs in and renews a few times. */
async function story(): Promise<readonly InspectEntry[]> {
  const session = createFakeSession({ user: { name: 'Ada' } });
  const inspection = inspectSession(session);
  await session.enter('authenticated');
  for (let renewals = 0; renewals < 5; renewals++) await session.renew();
  session.stop();
  return inspection.entries;
}

const numbersOf = (entries: readonly InspectEntry[]): number[] => entries.map(({ number }) => number);

describe('entries that wait', () => {
  test('are taken in their order, numbered from 1 without a gap', async () => {
    const entries = (await story()).slice(3, 13);
    const outbox = createOutbox(100, vi.fn());
    outbox.push(entries.slice(0, 4));
    const first = outbox.take(3);
    outbox.push(entries.slice(4));
    const rest = outbox.take(100);
    expect(numbersOf([...first, ...rest])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect([...first, ...rest].map((entry) => entry.kind)).toEqual(entries.map(({ kind }) => kind));
    expect(outbox.isEmpty).toBe(true);
    expect(outbox.take(5)).toEqual([]);
  });

  test.each([10, 25])(
    'beyond a limit of %i are summed up: whoever reads on knows the same as before',
    async (limit) => {
      const entries = await story();
      expect(entries.length).toBeGreaterThan(35);
      // Also where some had been sent before.
      const live = entries.filter(({ kind }) => kind !== 'stopped');
      const early = createOutbox(limit, vi.fn());
      early.push(live.slice(0, 5));
      const sent = early.take(5);
      early.push(live.slice(5));
      expect([...sent, ...early.take(1000)].reduce(baseAfter, null)).toEqual(live.reduce(baseAfter, null));
      for (let pushed = 1; pushed <= entries.length; pushed++) {
        const onLoss = vi.fn();
        const outbox = createOutbox(limit, onLoss);
        for (const entry of entries.slice(0, pushed)) outbox.push([entry]);
        const taken = outbox.take(1000);
        expect(taken.length).toBeLessThanOrEqual(limit);
        expect(taken.reduce(baseAfter, null)).toEqual(entries.slice(0, pushed).reduce(baseAfter, null));
        expect(numbersOf(taken)).toEqual(taken.map((_, index) => index + 1));
        expect(onLoss.mock.calls.length > 0).toBe(pushed > limit);
      }
    },
  );

  test('what was lost before it came is summed up, too', async () => {
    const entries = (await story()).filter(({ kind }) => kind !== 'stopped');
    for (let gap = 1; gap < 30; gap++) {
      const onLoss = vi.fn();
      const outbox = createOutbox(1000, onLoss);
      outbox.push(entries.slice(0, 5));
      outbox.push(entries.slice(5 + gap), entries.slice(0, 5 + gap).reduce(baseAfter, null));
      const taken = outbox.take(1000);
      expect(taken.reduce(baseAfter, null)).toEqual(entries.reduce(baseAfter, null));
      expect(numbersOf(taken)).toEqual(taken.map((_, index) => index + 1));
      expect(onLoss).toHaveBeenCalledOnce();
    }
  });
});
