import { afterEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { createContinuity } from '../../src/environment/continuity.ts';
import { isOffline, watchEnvironment } from '../../src/environment/pageEnvironment.ts';
import { createVirtualClock } from '../../src/testing/virtualClock.ts';

let stop = () => {};
afterEach(() => stop());

const watch = () => {
  const told = { onAwake: vi.fn(), onOnline: vi.fn(), onOffline: vi.fn() };
  const clock = createVirtualClock();
  const continuity = createContinuity(clock, () => {});
  stop = watchEnvironment({ window, clock, continuity, ...told });
  return { clock, ...told };
};

describe('wake-ups', () => {
  test('the window gets the focus back', async () => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const field = document.body.appendChild(document.createElement('input'));
    await userEvent.click(field);
    frame.contentWindow?.focus();
    await expect.poll(() => document.activeElement).toBe(frame);
    const { onAwake } = watch();
    await userEvent.click(field);
    expect(onAwake).toHaveBeenCalledExactlyOnceWith(false);
    frame.remove();
    field.remove();
  });

  test('the focus of an element is none', async () => {
    const field = document.body.appendChild(document.createElement('input'));
    await userEvent.click(document.body);
    const { onAwake } = watch();
    field.focus();
    expect(document.activeElement).toBe(field);
    expect(onAwake).not.toHaveBeenCalled();
    field.remove();
  });

  test.each([
    ['pageshow', new PageTransitionEvent('pageshow', { persisted: true }), true],
    ['pageshow', new PageTransitionEvent('pageshow'), false],
  ])('%s', (_type, event, restored) => {
    const { onAwake } = watch();
    window.dispatchEvent(event);
    expect(onAwake).toHaveBeenCalledExactlyOnceWith(restored);
  });

  test('what happens at the document is heard at the window', () => {
    const { onAwake } = watch();
    document.dispatchEvent(new Event('visibilitychange'));
    document.dispatchEvent(new Event('resume'));
    expect(onAwake.mock.calls).toEqual([[false], [false]]);
  });
});

// Real ones would cut off the tests' own connection.
test('the network comes and goes', () => {
  const { onOnline, onOffline } = watch();
  window.dispatchEvent(new Event('offline'));
  window.dispatchEvent(new Event('online'));
  expect([onOffline.mock.calls, onOnline.mock.calls]).toEqual([[[]], [[]]]);
  expect(isOffline(window)).toBe(false);
});

test('the stop leaves no listener and no timer', () => {
  const { clock, onAwake } = watch();
  expect(clock.pendingTimers).toBe(1);
  stop();
  window.dispatchEvent(new PageTransitionEvent('pageshow'));
  document.dispatchEvent(new Event('resume'));
  expect(clock.pendingTimers).toBe(0);
  expect(onAwake).not.toHaveBeenCalled();
});
