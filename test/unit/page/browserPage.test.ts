import { describe, expect, test, vi } from 'vitest';
import { browserPage } from '../../../src/page/page.ts';
import { createVirtualClock, drainMicrotasks } from '../../../src/testing/virtualClock.ts';

const at = (href: string, base?: string): Window => {
  const { origin } = new URL(href);
  const document = { querySelector: () => base ?? null, baseURI: base };
  return { document, location: { href, origin }, performance: {} } as unknown as Window;
};

test.each([
  ['https://app.example.com/orders?x=1#y', undefined, 'https://app.example.com/'],
  ['https://app.example.com/orders', 'https://app.example.com/app/', 'https://app.example.com/app/'],
  ['file:///app/index.html?x=1#y', undefined, 'file:///app/index.html'],
  ['about:srcdoc', undefined, 'about:srcdoc'],
])('the home of %s with the base %s is %s', (href, base, home) => {
  expect(browserPage(at(href, base)).home).toBe(home);
});

test.each([
  [() => [{ type: 'back_forward' }], true],
  [() => [{ type: 'reload' }], false],
  [() => [], false],
  [undefined, false],
])('whether the Back button led to a page whose loading is told by %s: %s', (getEntriesByType, wanted) => {
  const window = { performance: { getEntriesByType } } as unknown as Window;
  expect(browserPage(window).isTraversed).toBe(wanted);
});

describe('a page that is loaded ahead', () => {
  const prerendered = () => {
    const window = new EventTarget() as EventTarget & { location: object; document: object };
    const frames: object[] = [];
    const frame = { contentWindow: {}, remove: () => {} };
    const document = Object.assign(new EventTarget(), {
      prerendering: true,
      createElement: () => frame,
      body: { append: (added: object) => frames.push(added) },
    });
    Object.assign(window, { document, location: { origin: 'https://app.test' } });
    const clock = createVirtualClock();
    const answered = browserPage(window as unknown as Window).askInFrame('https://id.test/', 4000, clock);
    return { window, document, frame, frames, clock, answered };
  };

  test('asks in a frame once the user is led there, and waits for the answer from then on', async () => {
    const { window, document, frame, frames, clock, answered } = prerendered();
    await clock.advance(60_000);
    expect(frames).toEqual([]);
    document.prerendering = false;
    document.dispatchEvent(new Event('prerenderingchange'));
    await drainMicrotasks();
    expect(frames).toEqual([frame]);
    const answer = {
      origin: 'https://app.test',
      source: frame.contentWindow,
      data: { tokenVigil: 'https://app.test/?code=c' },
    };
    window.dispatchEvent(Object.assign(new Event('message'), answer));
    await expect(answered).resolves.toBe('https://app.test/?code=c');
  });

  test('gives a silent frame up after the limit, and hears nothing of it any more', async () => {
    const { document, frame, clock, answered } = prerendered();
    const removed = vi.spyOn(frame, 'remove');
    document.prerendering = false;
    document.dispatchEvent(new Event('prerenderingchange'));
    await drainMicrotasks();
    await clock.advance(3999);
    expect(removed).not.toHaveBeenCalled();
    await clock.advance(1);
    await expect(answered).resolves.toBeUndefined();
    expect(removed).toHaveBeenCalledOnce();
    expect(clock.pendingTimers).toBe(0);
  });
});
