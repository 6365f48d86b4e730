import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Instant } from '../../../src/time/clock.ts';
import {
  deadlineAfter,
  earlierOf,
  elapsedMs,
  hopefulRemainingMs,
  instantAtWall,
  remainingMs,
} from '../../../src/time/deadline.ts';

const start: Instant = { wallMs: 1_800_000_000_000, monotonicMs: 5000 };
const deadline = deadlineAfter(start, 60_000);

const moved = (wallMs: number, monotonicMs: number): Instant => ({
  wallMs: start.wallMs + wallMs,
  monotonicMs: start.monotonicMs + monotonicMs,
});

describe('a deadline on two clocks', () => {
  test.each([
    ['both clocks go on', moved(20_000, 20_000), 40_000, 40_000],
    ['the monotonic clock stood still in sleep', moved(90_000, 1000), -30_000, 59_000],
    ['somebody set the wall clock back', moved(-3_600_000, 61_000), -1000, 3_660_000],
    ['somebody set the wall clock ahead', moved(3_600_000, 1000), -3_540_000, 59_000],
  ])('when %s, is as near as the pessimistic clock says', (_, now, pessimistic, hopeful) => {
    expect(remainingMs(deadline, now)).toBe(pessimistic);
    expect(hopefulRemainingMs(deadline, now)).toBe(hopeful);
  });

  test('lies before its instant where the delay is negative', () => {
    expect(deadlineAfter(start, -1000)).toEqual(moved(-1000, -1000));
  });

  test('neither clock can make it look further away than the other sees it', () => {
    const ms = fc.integer({ min: -10_000_000, max: 10_000_000 });
    fc.assert(
      fc.property(ms, ms, (wall, monotonic) => {
        const now = moved(wall, monotonic);
        expect(remainingMs(deadline, now)).toBeLessThanOrEqual(hopefulRemainingMs(deadline, now));
        expect(remainingMs(deadline, now)).toBe(60_000 - Math.max(wall, monotonic));
      }),
    );
  });
});

test('time gone by is what the clock says that saw more of it', () => {
  expect(elapsedMs(start, moved(90_000, 1000))).toBe(90_000);
  expect(elapsedMs(start, moved(-90_000, 1000))).toBe(1000);
});

describe('the earlier of two deadlines', () => {
  test('is taken on each clock by itself', () => {
    expect(earlierOf(moved(10, 40), moved(30, 20))).toEqual(moved(10, 20));
  });

  test('is the other one where one is missing', () => {
    expect(earlierOf(null, deadline)).toBe(deadline);
    expect(earlierOf(deadline, null)).toBe(deadline);
    expect(earlierOf(null, null)).toBeNull();
  });
});

test('an instant that only the wall clock knows is placed on both clocks of this page', () => {
  expect(instantAtWall(start.wallMs - 5000, start)).toEqual(moved(-5000, -5000));
});
