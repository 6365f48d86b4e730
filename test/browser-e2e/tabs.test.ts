import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import {
  type E2eApp,
  fillForm,
  patient,
  signInAt,
  startE2eApp,
  stateOf,
  untilStatus,
  useChromium,
} from '../support/e2eApp.ts';

const browser = useChromium();

/** Opens another tab, which is signed in by those that are open. */
const join = async (app: E2eApp): Promise<Page> => {
  const page = await app.open();
  await untilStatus(page, 'signedIn');
  return page;
};

const signedInTabs = async (app: E2eApp, count: number): Promise<Page[]> => {
  const tabs = [await signInAt(app)];
  while (tabs.length < count) tabs.push(await join(app));
  return tabs;
};

const generationOf = (page: Page): Promise<number | undefined> =>
  page.evaluate(() => window.e2e.session.actor.getSnapshot().context.lease?.generation);

/** Makes requests to the API until it is told to stop, and says how many failed. */
const beBusy = (page: Page, api: string): Promise<void> =>
  page.evaluate((address) => {
    const busy = { failed: [] as string[], made: 0, timer: 0 };
    Object.assign(window, { busy });
    busy.timer = window.setInterval(() => {
      busy.made++;
      window.e2e.session.fetch(address).then(
        ({ status }) => void (status === 200 || busy.failed.push(String(status))),
        (error: unknown) => busy.failed.push(String(error)),
      );
      window.e2e.session.touch();
    }, 200);
  }, api);

const busynessOf = (page: Page): Promise<{ failed: string[]; made: number }> =>
  page.evaluate(() => {
    const { busy } = window as unknown as { busy: { failed: string[]; made: number; timer: number } };
    clearInterval(busy.timer);
    return { failed: busy.failed, made: busy.made };
  });

const LIFE_SECONDS = 5;

/** How long the busy tabs are watched. */
const seconds = Number(process.env['VIGIL_TABS_SECONDS'] ?? 30);

describe('four tabs of one user', () => {
  test('renew once for all of them', { timeout: (seconds + 60) * 1000 }, async () => {
    const app = await startE2eApp(browser(), { accessTokenSeconds: LIFE_SECONDS });
    const tabs = await signedInTabs(app, 4);
    app.set({ session: { tokenOrigins: [app.api.origin] } });
    const { log } = app.provider;
    const before = log.requests.length;
    const first = await generationOf(tabs[0]!);
    const beganAt = Date.now();
    for (const tab of tabs) await beBusy(tab, `${app.api.origin}/items`);
    await expect
      .poll(() => Date.now() - beganAt > seconds * 1000, { timeout: (seconds + 30) * 1000 })
      .toBe(true);
    const busyness = await Promise.all(tabs.map(busynessOf));
    const renewals = log.requests.slice(before).filter(({ grant }) => grant === 'refresh_token');
    expect(busyness.flatMap(({ failed }) => failed)).toEqual([]);
    expect(renewals.filter(({ status }) => status !== 200)).toEqual([]);
    expect(log.count('authorization_code')).toBe(1);
    const made = busyness.reduce((sum, busy) => sum + busy.made, 0);
    console.log(`${seconds} s, ${made} requests, ${renewals.length} renewals`);
    // Each life of a token costs one call, whoever made it: at most one in twenty is one too many.
    const lives = (await generationOf(tabs[0]!))! - first!;
    expect(renewals.length).toBeLessThanOrEqual(lives * 1.05);
    expect(lives).toBeGreaterThan(seconds / LIFE_SECONDS);
    await expect.poll(async () => new Set(await Promise.all(tabs.map(generationOf))).size, patient).toBe(1);
  });

  test('are signed out together', async () => {
    const app = await startE2eApp(browser());
    const tabs = await signedInTabs(app, 3);
    await tabs[1]!.evaluate(() => window.e2e.session.signOut({ redirect: false }));
    for (const tab of tabs) await untilStatus(tab, 'signedOut');
    expect(await tabs[0]!.evaluate(() => window.e2e.facts)).toContain('signedOut');
  });

  test('end as switched where another user signs in in one of them', async () => {
    const app = await startE2eApp(browser());
    const [first] = await signedInTabs(app, 1);
    app.provider.endSessions();
    const second = await join(app);
    await second.evaluate(() => void window.e2e.session.signIn({ prompt: 'login' }));
    await fillForm(second, 'user2');
    await untilStatus(first!, 'signedOut');
    expect(await first!.evaluate(() => [window.e2e.session.endReason, window.e2e.session.user])).toEqual([
      'switched',
      null,
    ]);
  });
});

test('a reloaded tab has its session from another one, without a round trip', async () => {
  const app = await startE2eApp(browser());
  const [first, second] = await signedInTabs(app, 2);
  const [authorizations, calls] = [app.authorizations.length, app.provider.log.count('authorization_code')];
  await second!.reload({ waitUntil: 'commit' });
  await untilStatus(second!, 'signedIn');
  expect([app.authorizations.length, app.provider.log.count('authorization_code')]).toEqual([
    authorizations,
    calls,
  ]);
  expect(await stateOf(second!)).toMatchObject({ name: 'Ada User' });
  await first!.close();
  await second!.reload({ waitUntil: 'commit' });
  await expect.poll(() => stateOf(second!), patient).toMatchObject({ status: 'signedIn', name: 'Ada User' });
});

describe('the tab that renews is closed', () => {
  test.each([
    ['before the provider answers', 'before'],
    ['after it has answered, and before the tab has heard of it', 'after'],
  ] as const)('%s: where the provider can be asked in a frame, the others go on', async (_, drop) => {
    const app = await startE2eApp(browser(), { accessTokenSeconds: 60 });
    const [first, second] = await signedInTabs(app, 2);
    app.provider.faults.token = { ...(drop === 'before' ? { status: 503 } : {}), delayMs: 5000, count: 1 };
    await first!.evaluate(() => void window.e2e.session.renew());
    await expect.poll(() => app.provider.faults.token, patient).toBeUndefined();
    await first!.close();
    await second!.evaluate(() => window.e2e.session.renew());
    expect(await stateOf(second!)).toMatchObject({ status: 'signedIn', facts: ['signedIn', 'renewed'] });
  });
});

test('twenty tabs that are opened at once make one silent sign-in', async () => {
  const app = await startE2eApp(browser());
  const first = await signInAt(app);
  app.set({ begin: 'start' });
  await first.goto('about:blank');
  const before = app.provider.log.count('authorization_code');
  const tabs = await Promise.all(Array.from({ length: 20 }, () => app.visitor.newPage()));
  await Promise.all(tabs.map((tab) => tab.goto(app.origin, { waitUntil: 'commit' })));
  for (const tab of tabs) await untilStatus(tab, 'signedIn');
  expect(app.provider.log.count('authorization_code') - before).toBe(1);
});

describe('a tab that cannot share', () => {
  test.each([
    ['Web Locks', 'Object.defineProperty(navigator, "locks", { value: undefined })', 'tabs_unavailable'],
    ['BroadcastChannel', 'delete globalThis.BroadcastChannel', 'tabs_unavailable'],
    [
      'IndexedDB',
      'Object.defineProperty(globalThis, "indexedDB", { value: undefined })',
      'record_unavailable',
    ],
  ])('for want of %s works by itself, and says so once', async (_, script, code) => {
    const app = await startE2eApp(browser());
    await app.visitor.addInitScript({ content: script });
    const page = await signInAt(app);
    await page.evaluate(() => window.e2e.session.renew());
    const { status, warnings } = await stateOf(page);
    expect([status, warnings]).toEqual(['signedIn', [code]]);
  });

  test('because the app wants none of it signs in for itself, and hears of a sign-out all the same', async () => {
    const app = await startE2eApp(browser(), { session: { tabs: false } });
    const first = await signInAt(app);
    const second = await join(app);
    // Asked in a frame: nobody has handed it anything.
    expect(app.provider.log.count('authorization_code')).toBe(2);
    await first.evaluate(() => window.e2e.session.signOut({ redirect: false }));
    await second.evaluate(() => window.dispatchEvent(new Event('focus')));
    await untilStatus(second, 'signedOut');
    expect((await stateOf(second)).warnings).toEqual([]);
  });
});

test('a page that comes back from the back/forward cache after a sign-out elsewhere shows and sends nothing', async () => {
  const app = await startE2eApp(browser());
  const [first, second] = await signedInTabs(app, 2);
  await first!.evaluate(() => {
    window.addEventListener('pageshow', ({ persisted }) => {
      const { session } = window.e2e;
      Object.assign(window, {
        shown: { persisted, user: session.user, token: session.peekAccessToken() ?? null },
      });
    });
  });
  await first!.goto(`${app.origin}/elsewhere`);
  await second!.evaluate(() => window.e2e.session.signOut({ redirect: false }));
  await first!.goBack({ waitUntil: 'commit' });
  await untilStatus(first!, 'signedOut');
  expect(await first!.evaluate(() => (window as unknown as { shown: unknown }).shown)).toEqual({
    persisted: true,
    user: null,
    token: null,
  });
});

test('activity in one tab keeps all of them from idling, and an answer to the warning counts in all', async () => {
  const app = await startE2eApp(browser(), {
    session: { idle: { after: 3000, signOutAfter: 30_000, warnBefore: 20_000, confirm: true } },
  });
  const [first, second] = await signedInTabs(app, 2);
  const untilState = async (page: Page, state: string): Promise<void> =>
    void (await page.waitForFunction((wanted) => window.e2e.session.state.startsWith(wanted), state));
  for (const tab of [first!, second!]) await untilState(tab, 'idle.warning');
  await second!.evaluate(() => window.e2e.session.stay());
  for (const tab of [first!, second!])
    await expect.poll(async () => (await stateOf(tab)).facts, patient).toContain('resumed');
});
