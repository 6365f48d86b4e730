import { expect, test, vi } from 'vitest';
import { createAlarm } from '../../../src/time/alarm.ts';
import { type Clock, readInstant } from '../../../src/time/clock.ts';
import { deadlineAfter } from '../../../src/time/deadline.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';

const DAY = 86_400_000;

const setUp = () => {
  const clock = createVirtualClock();
  const delays: number[] = [];
  const watched: Clock = {
    ...clock,
    setTimeout: (run, delayMs) => {
      delays.push(delayMs);
      return clock.setTimeout(run, delayMs);
    },
  };
  const ring = vi.fn<() => void>();
  const alarm = createAlarm(watched, ring);
  const setAfter = (ms: number) => alarm.set(deadlineAfter(readInstant(clock), ms));
  return { clock, watched, delays, ring, alarm, setAfter };
};

test('it rings once, at its deadline and not before', async () => {
  const { clock, ring, setAfter } = setUp();
  setAfter(1000);
  await clock.advance(999);
  expect(ring).not.toHaveBeenCalled();
  await clock.advance(1);
  await clock.advance(DAY);
  expect(ring).toHaveBeenCalledOnce();
});

test('forty days are waited for in pieces that no platform timer overflows on', async () => {
  const { clock, delays, ring, setAfter } = setUp();
  setAfter(40 * DAY);
  await clock.advance(40 * DAY - 1);
  expect(ring).not.toHaveBeenCalled();
  await clock.advance(1);
  expect(ring).toHaveBeenCalledOnce();
  expect(delays).toEqual([2 ** 31 - 1, 40 * DAY - (2 ** 31 - 1)]);
});

test('a platform timer that fires early does not ring it', () => {
  const { clock, ring } = setUp();
  const timers: Array<() => void> = [];
  const alarm = createAlarm(
    { ...clock, setTimeout: (run) => timers.push(run), clearTimeout: () => {} },
    ring,
  );
  alarm.set(deadlineAfter(readInstant(clock), 1000));
  clock.suspend(998);
  timers.shift()!();
  expect(ring).not.toHaveBeenCalled();
  clock.suspend(2);
  timers.shift()!();
  expect(ring).toHaveBeenCalledOnce();
});

test('fractions of a millisecond are rounded up: a timer at the whole one would be early', async () => {
  const { clock, delays, ring, setAfter } = setUp();
  setAfter(10.25);
  await clock.advance(11);
  expect(delays).toEqual([11]);
  expect(ring).toHaveBeenCalledOnce();
});

test('it follows a moved deadline at once, nearer or further', async () => {
  const { clock, ring, setAfter } = setUp();
  setAfter(10_000);
  setAfter(1000);
  await clock.advance(1000);
  expect(ring).toHaveBeenCalledOnce();
  setAfter(1000);
  setAfter(5000);
  await clock.advance(4999);
  expect(ring).toHaveBeenCalledOnce();
  await clock.advance(1);
  expect(ring).toHaveBeenCalledTimes(2);
});

test('silenced, it does not ring and leaves no timer', async () => {
  const { clock, ring, alarm, setAfter } = setUp();
  setAfter(1000);
  alarm.set(null);
  expect(clock.pendingTimers).toBe(0);
  await clock.advance(DAY);
  expect(ring).not.toHaveBeenCalled();
});

test('a deadline that has passed rings in the next turn, never in this one', async () => {
  const { clock, ring, setAfter } = setUp();
  setAfter(-5000);
  expect(ring).not.toHaveBeenCalled();
  await clock.advance(0);
  expect(ring).toHaveBeenCalledOnce();
});

test('setting it anew while it rings leaves the new deadline only', async () => {
  const { clock, watched } = setUp();
  let rings = 0;
  const alarm = createAlarm(watched, () => {
    rings += 1;
    if (rings === 1) alarm.set(deadlineAfter(readInstant(clock), 500));
  });
  alarm.set(deadlineAfter(readInstant(clock), 1000));
  await clock.advance(1499);
  expect(rings).toBe(1);
  await clock.advance(1);
  expect(rings).toBe(2);
  expect(clock.pendingTimers).toBe(0);
});

test('a wall clock that is set back does not put it off', async () => {
  const { clock, ring, setAfter } = setUp();
  setAfter(1000);
  clock.jumpWall(-DAY);
  await clock.advance(1000);
  expect(ring).toHaveBeenCalledOnce();
});
