import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createContinuity } from '../../../src/environment/continuity.ts';
import { lateParts } from '../../../src/session/lateParts.ts';
import { createGrants } from '../../../src/grants/createGrants.ts';
import { createMemoryRecord } from '../../../src/record/memoryRecord.ts';
import { assembleSession } from '../../../src/session/assembleSession.ts';
import type { Platform } from '../../../src/session/platform.ts';
import { resolveOptions } from '../../../src/session/resolveOptions.ts';
import { createVirtualClock } from '../../../src/testing/index.ts';
import { readInstant } from '../../../src/time/clock.ts';
import { createFakeWindow } from '../../property/model/fakeWindow.ts';

/** A signed-in session in a page, whose record is read when a test says so. */
const signedIn = async () => {
  const clock = createVirtualClock();
  const { window } = createFakeWindow();
  const store = createMemoryRecord();
  let held: (() => void)[] | undefined;
  const reads = vi.fn();
  const record = {
    ...store,
    async read() {
      reads();
      await new Promise<void>((resolve) => (held ? held.push(resolve) : resolve()));
      return store.read();
    },
  };
  const sent = vi.fn();
  const platform: Platform = {
    clock,
    random: () => 0.5,
    window,
    fetch: async (input) => (sent(input), Response.json({})),
    loadGrants: async (deps) => ({ ...createGrants({ ...deps, page: undefined, record }), ...lateParts }),
  };
  const options = {
    issuer: 'https://id.test',
    clientId: 'web',
    silent: false as const,
    tokenOrigins: 'https://api.test',
    user: () => ({ name: 'Ada' }),
    grants: { signIn: async () => ({ access_token: 'first', expires_in: 300 }) },
  };
  const session = assembleSession<{ name: string }>(resolveOptions(options, platform), platform);
  onTestFinished(session.stop);
  await session.signIn();
  await clock.advance(0);
  reads.mockClear();
  return {
    clock,
    window,
    session,
    store,
    reads,
    sent,
    hold: () => void (held = []),
    release: async () => {
      for (const goOn of held?.splice(0) ?? []) goOn();
      held = undefined;
      await clock.advance(0);
    },
    shown: () => [session.status, session.user?.name, session.canRequest, session.peekAccessToken()],
  };
};

const whole = ['signedIn', 'Ada', true, 'first'];
const broken = ['signedIn', undefined, false, undefined];
const pageshow = () => Object.assign(new Event('pageshow'), { persisted: true });

describe('a page from the back/forward cache', () => {
  test('shows nobody and hands nothing out until the record was read', async () => {
    const page = await signedIn();
    expect(page.shown()).toEqual(whole);
    page.hold();
    page.window.dispatchEvent(new Event('pagehide'));
    expect(page.shown()).toEqual(broken);
    page.window.dispatchEvent(pageshow());
    const call = page.session.fetch('https://api.test/todos');
    await page.clock.advance(100);
    expect([page.shown(), page.sent.mock.calls.length]).toEqual([broken, 0]);
    await page.release();
    expect(page.shown()).toEqual(whole);
    await expect(call).resolves.toMatchObject({ status: 200 });
  });

  test('tells its subscribers of both', async () => {
    const page = await signedIn();
    const names: (string | undefined)[] = [];
    page.session.subscribe(() => names.push(page.session.view.user?.name));
    page.window.dispatchEvent(new Event('pagehide'));
    page.window.dispatchEvent(pageshow());
    await page.clock.advance(0);
    expect(names).toEqual([undefined, 'Ada']);
  });

  test('takes no read for one that was begun before it stood still', async () => {
    const page = await signedIn();
    page.hold();
    page.window.dispatchEvent(new Event('pagehide'));
    page.session.peekAccessToken();
    await page.clock.advance(0);
    const before = page.reads.mock.calls.length;
    page.clock.suspend(2000);
    page.window.dispatchEvent(pageshow());
    await page.clock.advance(0);
    expect(page.reads.mock.calls.length).toBeGreaterThan(before);
    expect(page.shown()).toEqual(broken);
    await page.release();
    expect(page.shown()).toEqual(whole);
  });

  test('in which somebody has signed out elsewhere hands nothing out any more', async () => {
    const page = await signedIn();
    page.window.dispatchEvent(new Event('pagehide'));
    await page.store.update((known) => ({ ...known, who: null }));
    page.window.dispatchEvent(pageshow());
    const call = page.session.fetch('https://api.test/todos');
    await expect(call).rejects.toMatchObject({ code: 'session_ended' });
    expect([page.session.status, page.session.peekAccessToken(), page.sent.mock.calls.length]).toEqual([
      'signedOut',
      undefined,
      0,
    ]);
    await page.session.signIn();
    await page.clock.advance(0);
    expect(page.shown()).toEqual(whole);
  });
});

test('a page that slept looks before it hands a token out, without any event', async () => {
  const page = await signedIn();
  page.clock.suspend(6001);
  expect(page.session.peekAccessToken()).toBe(undefined);
  await page.clock.advance(0);
  expect(page.shown()).toEqual(whole);
});

test('a stop is no interruption, however long', async () => {
  const { session, clock, reads, shown } = await signedIn();
  session.stop();
  await clock.advance(10_000);
  void session.start();
  await clock.advance(0);
  expect(shown()).toEqual(whole);
  // The restore's.
  expect(reads).toHaveBeenCalledOnce();
});

test('a page that runs looks at nothing', async () => {
  const page = await signedIn();
  await page.clock.advance(60_000);
  expect(page.reads).not.toHaveBeenCalled();
});

describe('continuity', () => {
  const begun = () => {
    const clock = createVirtualClock();
    const onMended = vi.fn();
    const continuity = createContinuity(clock, onMended);
    return { clock, onMended, continuity, isBroken: () => continuity.isBroken(readInstant(clock)) };
  };

  test('is not broken where nothing beats', () => {
    const { clock, isBroken } = begun();
    clock.suspend(60_000);
    expect(isBroken()).toBe(false);
  });

  test('is not broken where nothing beats any more', () => {
    const { clock, continuity, isBroken } = begun();
    continuity.beat(readInstant(clock));
    continuity.beat(undefined);
    clock.suspend(60_000);
    expect(isBroken()).toBe(false);
  });

  test.each([
    ['suspend', 6000, false],
    ['suspend', 6001, true],
    ['sleep', 6001, true],
    ['jumpWall', 6001, true],
  ] as const)('%s for %d ms: %s', (how, ms, expected) => {
    const { clock, continuity, isBroken } = begun();
    continuity.beat(readInstant(clock));
    clock[how](ms);
    expect(isBroken()).toBe(expected);
  });

  test('is whole again after a read that began in the same stretch, once that has led to something, and only then', () => {
    const { continuity, onMended, isBroken } = begun();
    const first = continuity.stretch;
    continuity.interrupt();
    continuity.mend(first);
    continuity.conclude();
    expect([isBroken(), onMended.mock.calls.length]).toEqual([true, 0]);
    const second = continuity.stretch;
    continuity.mend(second);
    expect(isBroken()).toBe(true);
    continuity.interrupt();
    continuity.conclude();
    expect(isBroken()).toBe(true);
    continuity.mend(continuity.stretch);
    continuity.conclude();
    continuity.conclude();
    expect([isBroken(), onMended.mock.calls.length]).toEqual([false, 1]);
  });
});
