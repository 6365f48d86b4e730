import { describe, expect, test, vi } from 'vitest';
import { createContinuity } from '../../../src/environment/continuity.ts';
import { isOffline, watchEnvironment } from '../../../src/environment/pageEnvironment.ts';
import { readInstant } from '../../../src/time/clock.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';

const pageOf = (visibilityState = 'visible') =>
  Object.assign(new EventTarget(), { document: { visibilityState }, navigator: { onLine: true } });

const watch = (page = pageOf()) => {
  const clock = createVirtualClock();
  const told = { onAwake: vi.fn(), onOnline: vi.fn(), onOffline: vi.fn() };
  const onMended = vi.fn();
  const continuity = createContinuity(clock, onMended);
  const window = page as unknown as Window;
  const stop = watchEnvironment({ window, clock, continuity, ...told });
  return { clock, stop, continuity, onMended, ...told };
};

describe('clocks', () => {
  test('that run evenly say nothing', async () => {
    const { clock, onAwake } = watch();
    await clock.advance(60_000);
    expect(onAwake).not.toHaveBeenCalled();
    expect(clock.pendingTimers).toBe(1);
  });

  test.each([5000, -5000, 1001, -3_600_000])('a wall clock moved by %d ms is a wake-up', async (ms) => {
    const { clock, onAwake } = watch();
    clock.jumpWall(ms);
    await clock.advance(1000);
    expect(onAwake).toHaveBeenCalledExactlyOnceWith(false);
    await clock.advance(10_000);
    expect(onAwake).toHaveBeenCalledOnce();
  });

  test('a correction of up to a second is none', async () => {
    const { clock, onAwake } = watch();
    clock.jumpWall(900);
    await clock.advance(1000);
    expect(onAwake).not.toHaveBeenCalled();
  });

  test('a sleep that stops the monotonic clock is a wake-up', async () => {
    const { clock, onAwake } = watch();
    clock.sleep(600_000);
    await clock.advance(1000);
    expect(onAwake).toHaveBeenCalledExactlyOnceWith(false);
  });

  test.each([
    [4000, 0],
    [7000, 1],
  ])('a beat that comes after %d ms: %d wake-ups', async (ms, times) => {
    const { clock, onAwake } = watch();
    clock.suspend(ms);
    await clock.advance(0);
    expect(onAwake).toHaveBeenCalledTimes(times);
  });
});

describe('page', () => {
  test.each(['visibilitychange', 'focus', 'pageshow', 'resume'])('%s is a wake-up', (type) => {
    const page = pageOf();
    const { onAwake, stop } = watch(page);
    page.dispatchEvent(new Event(type));
    expect(onAwake).toHaveBeenCalledExactlyOnceWith(false);
    stop();
  });

  test('a page from the back/forward cache is restored', () => {
    const page = pageOf();
    const { onAwake, stop } = watch(page);
    page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    expect(onAwake).toHaveBeenCalledExactlyOnceWith(true);
    stop();
  });

  test('becoming hidden is no wake-up', () => {
    const page = pageOf('hidden');
    const { onAwake, stop } = watch(page);
    page.dispatchEvent(new Event('visibilitychange'));
    expect(onAwake).not.toHaveBeenCalled();
    stop();
  });

  test('wake-ups set no timers', () => {
    const page = pageOf();
    const { clock, stop } = watch(page);
    for (const type of ['visibilitychange', 'focus', 'pageshow', 'resume'])
      page.dispatchEvent(new Event(type));
    expect(clock.pendingTimers).toBe(1);
    stop();
  });

  test('the network comes and goes', () => {
    const page = pageOf();
    const { onOnline, onOffline, stop } = watch(page);
    page.dispatchEvent(new Event('offline'));
    expect([onOnline.mock.calls, onOffline.mock.calls]).toEqual([[], [[]]]);
    page.dispatchEvent(new Event('online'));
    expect([onOnline.mock.calls, onOffline.mock.calls]).toEqual([[[]], [[]]]);
    stop();
  });
});

test('the stop leaves no listener and no timer', async () => {
  const page = pageOf();
  const { clock, stop, continuity: _, onMended: __, ...told } = watch(page);
  stop();
  for (const type of ['visibilitychange', 'focus', 'pageshow', 'resume', 'online', 'offline']) {
    page.dispatchEvent(new Event(type));
  }
  clock.jumpWall(60_000);
  await clock.advance(60_000);
  expect(clock.pendingTimers).toBe(0);
  for (const listener of Object.values(told)) expect(listener).not.toHaveBeenCalled();
});

test('only a page that says so is offline', () => {
  const page = pageOf();
  expect(isOffline(undefined)).toBe(false);
  expect(isOffline(page as unknown as Window)).toBe(false);
  page.navigator.onLine = false;
  expect(isOffline(page as unknown as Window)).toBe(true);
});

test('outside a page there is nothing to watch', () => {
  const clock = createVirtualClock();
  const continuity = createContinuity(clock, () => {});
  const nothing = () => {};
  watchEnvironment({
    window: undefined,
    clock,
    continuity,
    onAwake: nothing,
    onOnline: nothing,
    onOffline: nothing,
  })();
  expect(clock.pendingTimers).toBe(0);
});

describe('interruptions', () => {
  test.each(['pagehide', 'freeze'])(
    '%s is one, and is told by the next beat where nothing else tells of it',
    async (type) => {
      const page = pageOf();
      const { clock, continuity, onAwake, stop } = watch(page);
      page.dispatchEvent(new Event(type));
      expect([continuity.stretch, onAwake.mock.calls.length]).toEqual([1, 0]);
      await clock.advance(3000);
      expect(onAwake).toHaveBeenCalledExactlyOnceWith(false);
      stop();
    },
  );

  test.each([
    ['resume', false, 1],
    ['pageshow', true, 1],
    ['pageshow', false, 0],
    ['focus', false, 0],
    ['visibilitychange', false, 0],
  ])('%s (persisted: %s): %d', async (type, persisted, stretches) => {
    const page = pageOf();
    const { clock, continuity, onAwake, stop } = watch(page);
    page.dispatchEvent(Object.assign(new Event(type), { persisted }));
    expect([continuity.stretch, onAwake.mock.calls.length]).toEqual([stretches, 1]);
    await clock.advance(3000);
    expect(onAwake).toHaveBeenCalledOnce();
    stop();
  });

  test('a stop and a start are none, but leave one that was there', async () => {
    const page = pageOf();
    const { clock, continuity, onAwake, stop } = watch(page);
    stop();
    clock.suspend(60_000);
    const again = () =>
      watchEnvironment({
        window: page as unknown as Window,
        clock,
        continuity,
        onAwake,
        onOnline: () => {},
        onOffline: () => {},
      });
    again()();
    expect(continuity.isBroken(readInstant(clock))).toBe(false);
    continuity.interrupt();
    const end = again();
    await clock.advance(1000);
    expect(onAwake).toHaveBeenCalledExactlyOnceWith(false);
    end();
  });
});
