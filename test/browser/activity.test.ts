import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cdp, userEvent } from 'vitest/browser';
import { type DomActivityOptions, watchDomActivity } from '../../src/activity/domActivity.ts';
import { createVirtualClock } from '../../src/testing/virtualClock.ts';
import { systemClock } from '../../src/time/clock.ts';

let stop = () => {};
let here: HTMLElement;
let there: HTMLElement;
let field: HTMLInputElement;

beforeEach(async () => {
  document.body.innerHTML = `
    <div id="here" style="height: 60px">here</div><div id="there" style="height: 60px">there</div>
    <input id="field" />
    <div id="long" style="height: 60px; overflow: auto"><div style="height: 900px"></div></div>`;
  here = document.querySelector('#here')!;
  there = document.querySelector('#there')!;
  field = document.querySelector('#field')!;
  await userEvent.hover(here);
});
afterEach(() => stop());

const watch = (options: Partial<DomActivityOptions> = {}) => {
  const onActive = vi.fn();
  const clock = createVirtualClock();
  stop = watchDomActivity({ window, clock, onActive, ...options });
  return { onActive, clock };
};

/** Waits until an event of this type has passed through the page, all its listeners included. */
const passing = (type: string, target: EventTarget = window): Promise<Event> =>
  new Promise((resolve) => {
    const onEvent = (event: Event) => setTimeout(() => resolve(event));
    target.addEventListener(type, onEvent, { once: true, capture: true });
  });

describe('real input counts', () => {
  test('a mouse move', async () => {
    const { onActive } = watch();
    await userEvent.hover(there);
    expect(onActive).toHaveBeenCalledExactlyOnceWith();
  });

  test('a click', async () => {
    const { onActive, clock } = watch();
    await userEvent.click(there);
    await clock.advance(1000);
    await userEvent.click(there);
    expect(onActive).toHaveBeenCalledTimes(2);
  });

  test('a key', async () => {
    field.focus();
    const { onActive } = watch();
    await userEvent.keyboard('a');
    expect(onActive).toHaveBeenCalledOnce();
  });

  test('the wheel', async () => {
    const wheel = passing('wheel');
    const { onActive } = watch();
    await userEvent.wheel(here, { delta: { y: 10 } });
    await wheel;
    expect(onActive).toHaveBeenCalledOnce();
  });

  test('a touch', async () => {
    const touch = passing('touchstart');
    const { onActive } = watch();
    await cdp().send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: 200, y: 200 }] });
    await touch;
    await cdp().send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    expect(onActive).toHaveBeenCalledOnce();
  });

  test('text that comes without a key, as from dictation', async () => {
    field.focus();
    const { onActive } = watch();
    await cdp().send('Input.insertText', { text: 'dictated' });
    expect(field.value).toContain('dictated');
    expect(onActive).toHaveBeenCalledOnce();
  });

  test('an input that the app keeps to itself', async () => {
    const keep = (event: Event) => event.stopImmediatePropagation();
    there.addEventListener('click', keep);
    const { onActive } = watch();
    await userEvent.click(there);
    expect(onActive).toHaveBeenCalledOnce();
  });
});

describe('what no person did does not count', () => {
  test('events and clicks made by scripts', () => {
    const { onActive } = watch();
    for (const type of ['keydown', 'wheel', 'touchstart', 'touchmove', 'pointerdown', 'click', 'scroll']) {
      there.dispatchEvent(new Event(type, { bubbles: true }));
    }
    there.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, movementX: 5, movementY: 5 }));
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(new Event('focus'));
    window.dispatchEvent(new PopStateEvent('popstate'));
    there.click();
    expect(onActive).not.toHaveBeenCalled();
  });

  test('a trusted move of 0,0', async () => {
    const box = here.getBoundingClientRect();
    const still = async () => {
      const move = passing('pointermove') as Promise<PointerEvent>;
      const frame = window.frameElement?.getBoundingClientRect();
      const at = { x: box.x + 5 + (frame?.x ?? 0), y: box.y + 5 + (frame?.y ?? 0) };
      await cdp().send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...at });
      return move;
    };
    await still();
    const { onActive } = watch();
    const move = await still();
    expect([move.isTrusted, move.movementX, move.movementY]).toEqual([true, 0, 0]);
    expect(onActive).not.toHaveBeenCalled();
  });

  test('scrolling and focus without input', async () => {
    const { onActive } = watch();
    const scrolled = passing('scroll');
    document.querySelector('#long')!.scrollTop = 50;
    expect((await scrolled).isTrusted).toBe(true);
    field.focus();
    field.blur();
    expect(onActive).not.toHaveBeenCalled();
  });

  test('a page turn made by a script', async () => {
    const { onActive } = watch();
    const turned = passing('navigate', navigation);
    history.replaceState(null, '', '#turned');
    expect((await turned).isTrusted).toBe(true);
    expect(onActive).not.toHaveBeenCalled();
    history.replaceState(null, '', ' ');
  });
});

describe('rest', () => {
  test('nothing is heard for a second, then everything again', async () => {
    const { onActive } = watch({ clock: systemClock });
    const beganMs = performance.now();
    await userEvent.hover(there);
    expect(onActive).toHaveBeenCalledOnce();
    await expect
      .poll(
        async () => {
          await userEvent.hover(here);
          await userEvent.hover(there);
          return onActive.mock.calls.length;
        },
        { timeout: 30_000, interval: 20 },
      )
      .toBe(2);
    expect(performance.now() - beganMs).toBeGreaterThanOrEqual(990);
  });

  test('scrolling counts soon after input', async () => {
    const { onActive, clock } = watch();
    await userEvent.hover(there);
    await clock.advance(1000);
    const scrolled = passing('scroll');
    document.querySelector('#long')!.scrollTop = 90;
    await scrolled;
    expect(onActive).toHaveBeenCalledTimes(2);
  });
});

test('the stop leaves no listener', async () => {
  const targets = [window, document, navigation];
  const listeners = new Set<string>();
  const named = (target: EventTarget, type: string) => `${target.constructor.name} ${type}`;
  for (const target of targets) {
    vi.spyOn(target, 'addEventListener').mockImplementation(function (this: EventTarget, type, ...rest) {
      listeners.add(named(this, type));
      return EventTarget.prototype.addEventListener.call(this, type, ...rest);
    });
    vi.spyOn(target, 'removeEventListener').mockImplementation(function (this: EventTarget, type, ...rest) {
      listeners.delete(named(this, type));
      return EventTarget.prototype.removeEventListener.call(this, type, ...rest);
    });
  }
  const { onActive, clock } = watch();
  expect(listeners.size).toBe(13);
  await userEvent.hover(there);
  expect(listeners.size).toBe(3);
  stop();
  vi.restoreAllMocks();
  expect(listeners.size).toBe(0);
  expect(clock.pendingTimers).toBe(0);
  await userEvent.click(here);
  expect(onActive).toHaveBeenCalledOnce();
});
