import { afterEach, describe, expect, test, vi } from 'vitest';
import { type DomActivityOptions, watchDomActivity } from '../../../src/activity/domActivity.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';
import { FakePage } from './fakePage.ts';

const stops: (() => void)[] = [];
afterEach(() => stops.splice(0).forEach((stop) => stop()));

const watch = (options: Partial<DomActivityOptions> = {}, page = new FakePage()) => {
  const clock = createVirtualClock();
  const onActive = vi.fn();
  const stop = watchDomActivity({ window: page.asWindow, clock, onActive, ...options });
  stops.push(stop);
  const now = () => clock.monotonicMs();
  return { page, clock, onActive, stop, now };
};

describe('input', () => {
  test.each(['pointerdown', 'click', 'keydown', 'beforeinput', 'wheel', 'touchstart', 'touchmove'])(
    '%s counts',
    (type) => {
      const { page, onActive, now } = watch();
      page.document.send(type, now());
      expect(onActive).toHaveBeenCalledExactlyOnceWith();
    },
  );

  test.each([
    'pointerdown',
    'click',
    'keydown',
    'beforeinput',
    'wheel',
    'touchstart',
    'touchmove',
    'pointermove',
  ])('a %s made by a script does not count', (type) => {
    const { page, onActive, now } = watch();
    page.document.send(type, now(), { isTrusted: false, movementX: 1 });
    expect(onActive).not.toHaveBeenCalled();
  });

  test('a move counts only with movement', () => {
    const { page, onActive, now } = watch();
    page.document.send('pointermove', now(), { movementX: 0, movementY: 0 });
    page.document.send('pointermove', now());
    expect(onActive).not.toHaveBeenCalled();
    page.document.send('pointermove', now(), { movementX: 0, movementY: -1 });
    expect(onActive).toHaveBeenCalledOnce();
  });
});

describe('rest', () => {
  test('takes the input listeners off for a second', async () => {
    const { page, clock, onActive, now } = watch();
    const before = page.document.listeners.get('keydown')?.size;
    page.document.send('keydown', now());
    expect(page.document.listeners.get('keydown')?.size).toBe(0);
    await clock.advance(999);
    expect(page.document.size).toBe(1);
    await clock.advance(1);
    expect(page.document.listeners.get('keydown')?.size).toBe(before);
    page.document.send('keydown', now());
    expect(onActive).toHaveBeenCalledTimes(2);
  });

  test('the page is seen again at once after a rest in which it was frozen', () => {
    const { page, clock, onActive, now } = watch();
    page.document.send('click', now());
    clock.suspend(600_000);
    page.document.send('visibilitychange', now());
    expect(onActive).toHaveBeenCalledTimes(2);
    expect(clock.pendingTimers).toBe(1);
  });

  test('one return to the page is one sign', () => {
    const { page, onActive, now } = watch();
    page.document.send('visibilitychange', now());
    page.send('focus', now() + 3);
    expect(onActive).toHaveBeenCalledOnce();
  });
});

describe('scroll and focus', () => {
  test.each(['scroll', 'focusin'])(
    '%s counts up to a second after a rest, and not by itself',
    async (type) => {
      const { page, clock, onActive, now } = watch();
      page.document.send(type, now());
      expect(onActive).not.toHaveBeenCalled();
      page.document.send('wheel', now());
      await clock.advance(1500);
      page.document.send(type, now());
      expect(onActive).toHaveBeenCalledTimes(2);
      await clock.advance(1000);
      page.document.send(type, now());
      expect(onActive).toHaveBeenCalledTimes(2);
    },
  );
});

describe('page turns', () => {
  test('only those that the user began', () => {
    const { page, onActive, now } = watch();
    page.navigation?.send('navigate', now(), { userInitiated: false });
    expect(onActive).not.toHaveBeenCalled();
    page.navigation?.send('navigate', now(), { userInitiated: true });
    expect(onActive).toHaveBeenCalledOnce();
  });

  test('popstate where there is no Navigation API', () => {
    const { page, onActive, now } = watch({}, new FakePage({ hasNavigation: false }));
    page.send('popstate', now(), { isTrusted: false });
    expect(onActive).not.toHaveBeenCalled();
    page.send('popstate', now());
    expect(onActive).toHaveBeenCalledOnce();
  });
});

describe('being seen', () => {
  test.each([
    ['hidden', true],
    ['visible', false],
  ])('%s with focus %s does not count', (visibilityState, focused) => {
    const { page, onActive, now } = watch();
    Object.assign(page.document, { visibilityState, focused });
    page.document.send('visibilitychange', now());
    page.send('focus', now());
    expect(onActive).not.toHaveBeenCalled();
  });

  test('the focus of an element is not that of the window', () => {
    const { page, onActive, now } = watch();
    page.send('focus', now(), { target: page.document });
    expect(onActive).not.toHaveBeenCalled();
    page.send('focus', now());
    expect(onActive).toHaveBeenCalledOnce();
  });

  test('a rotating display is seen by nobody', () => {
    const { page, onActive, now } = watch({ rotatingDisplay: true });
    page.document.send('visibilitychange', now());
    page.send('focus', now());
    expect(onActive).not.toHaveBeenCalled();
  });
});

describe('stop', () => {
  test.each([false, true])('leaves no listener and no timer (resting: %s)', (resting) => {
    const { page, clock, stop, now } = watch();
    if (resting) page.document.send('keydown', now());
    stop();
    expect(page.total).toBe(0);
    expect(clock.pendingTimers).toBe(0);
  });

  test('may be called by onActive', async () => {
    const holder = { stop: () => {} };
    const { page, clock, stop, now } = watch({ onActive: () => holder.stop() });
    holder.stop = stop;
    page.document.send('keydown', now());
    await clock.advance(5000);
    expect(page.total).toBe(0);
  });
});
