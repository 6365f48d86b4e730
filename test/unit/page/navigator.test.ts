import { afterEach, expect, test, vi } from 'vitest';
import type { Departure } from '../../../src/page/navigator.ts';
import { browserPage, type Page } from '../../../src/page/page.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';

const asked: AbortController[] = [];

/** A page that notes where it was left for, and departures from it that a test gives up again. */
const setUp = async () => {
  // One document leaves once: what files before this one have left is not left here.
  vi.resetModules();
  const { createDepart } = await import('../../../src/page/navigator.ts');
  const clock = createVirtualClock();
  const went: string[] = [];
  const page = {
    whenVisible: async () => {},
    navigate: (url: string) => went.push(url),
  } as Partial<Page> as Page;
  const depart = createDepart(page, clock);
  const leaveFor = (url: string, urgency: Departure['urgency']) => {
    const controller = new AbortController();
    asked.push(controller);
    const departure = {
      replaces: false,
      signal: controller.signal,
      isWanted: () => true,
      url: async () => url,
    };
    const settled = depart({ ...departure, urgency }).catch(({ code }: { code: string }) => code);
    return { giveUp: () => controller.abort(), settled };
  };
  return { clock, went, leaveFor };
};

afterEach(() => {
  for (const controller of asked.splice(0)) controller.abort();
});

test('the page is left once, however many ask in one turn: what nobody would miss gives way', async () => {
  const { clock, went, leaveFor } = await setUp();
  const asking = ['a', 'b', 'c'].map((url) => leaveFor(url, 'optional'));
  await clock.advance(0);
  expect(went).toEqual(['a']);
  expect(await Promise.all(asking.slice(1).map(({ settled }) => settled))).toEqual([undefined, undefined]);
});

test('what the app requires waits, and one of those that wait goes next', async () => {
  const { clock, went, leaveFor } = await setUp();
  const [first] = ['a', 'b', 'c'].map((url) => leaveFor(url, 'required'));
  await clock.advance(0);
  expect(went).toEqual(['a']);
  first!.giveUp();
  await clock.advance(0);
  expect(went).toEqual(['a', 'b']);
});

test('what a person clicked goes ahead, and ends what was under way', async () => {
  const { clock, went, leaveFor } = await setUp();
  const required = leaveFor('a', 'required');
  await clock.advance(0);
  leaveFor('b', 'clicked');
  await clock.advance(0);
  expect(went).toEqual(['a', 'b']);
  expect(await required.settled).toBe('sign_in_cancelled');
});

test('of two clicks in one turn the second one counts', async () => {
  const { clock, went, leaveFor } = await setUp();
  const first = leaveFor('a', 'clicked');
  leaveFor('b', 'clicked');
  await clock.advance(0);
  expect(went).toEqual(['b']);
  expect(await first.settled).toBe('sign_in_cancelled');
});

test('a page that is given up before it was seen listens no longer', async () => {
  const document = Object.assign(new EventTarget(), { visibilityState: 'hidden' });
  const [add, seen] = [vi.spyOn(document, 'addEventListener'), vi.fn()];
  const page = browserPage({ document } as unknown as Window);
  const controller = new AbortController();
  const given = page.whenVisible(controller.signal).then(() => seen('given up'));
  const kept = page.whenVisible(new AbortController().signal).then(() => seen('kept'));
  expect(add).toHaveBeenCalledTimes(2);
  controller.abort();
  document.visibilityState = 'visible';
  document.dispatchEvent(new Event('visibilitychange'));
  await kept;
  expect(seen.mock.calls).toEqual([['kept']]);
  void given;
});
