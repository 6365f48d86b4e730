import { afterEach, expect, test, vi } from 'vitest';
import { readInstant, systemClock } from '../../../src/time/clock.ts';

afterEach(() => vi.useRealTimers());

test('the system clocks are looked up at each call, so that fake timers work', () => {
  vi.useFakeTimers({ now: 1_800_000_000_000 });
  const before = readInstant(systemClock);
  const run = vi.fn<() => void>();
  systemClock.setTimeout(run, 50);
  vi.advanceTimersByTime(50);
  expect(run).toHaveBeenCalledOnce();
  const after = readInstant(systemClock);
  expect(after.wallMs - before.wallMs).toBe(50);
  expect(after.monotonicMs - before.monotonicMs).toBe(50);
});

test('a cleared timer does not run, and clearing twice or clearing nothing is harmless', () => {
  vi.useFakeTimers();
  const run = vi.fn<() => void>();
  const timer = systemClock.setTimeout(run, 50);
  systemClock.clearTimeout(timer);
  systemClock.clearTimeout(timer);
  systemClock.clearTimeout(undefined);
  vi.advanceTimersByTime(100);
  expect(run).not.toHaveBeenCalled();
});

test('a timer of ours does not keep a Node process alive', () => {
  const timer = systemClock.setTimeout(() => {}, 1000) as NodeJS.Timeout;
  expect(timer.hasRef()).toBe(false);
  systemClock.clearTimeout(timer);
});
