import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import {
  type E2eApp,
  fillForm,
  patient,
  promptsOf,
  signInAt,
  startE2eApp,
  stateOf,
  untilStatus,
  useChromium,
} from '../support/e2eApp.ts';

const browser = useChromium();

/** What the page began with is over. */
const untilKnown = (page: Page) => page.waitForFunction(() => window.e2e?.who);

const reload = async (page: Page): Promise<void> => {
  await page.reload({ waitUntil: 'commit' });
  await untilKnown(page);
};

describe('a reload', () => {
  test('keeps the session by a silent sign-in in a frame', async () => {
    const app = await startE2eApp(browser());
    const page = await signInAt(app, '/deep?tab=2#part');
    app.set({ begin: 'start' });
    await reload(page);
    await expect
      .poll(() => stateOf(page), patient)
      .toMatchObject({ status: 'signedIn', name: 'Ada User', facts: ['signedIn'] });
    expect(promptsOf(app)).toEqual([null, 'none']);
    await expect.poll(() => page.url(), patient).toBe(`${app.origin}/deep?tab=2#part`);
  });

  test('keeps the session by one silent redirect, which leaves no trace in the history', async () => {
    const app = await startE2eApp(browser(), { session: { silent: 'redirect' } });
    const page = await signInAt(app, '/deep?tab=2#part');
    const before = await page.evaluate(() => history.length);
    await reload(page);
    await untilStatus(page, 'signedIn');
    expect(promptsOf(app)).toEqual([null, 'none']);
    expect(await page.evaluate(() => history.length)).toBe(before);
    await expect.poll(() => page.url(), patient).toBe(`${app.origin}/deep?tab=2#part`);
  });

  test('ends signed out where the provider asks for the user, and asks it once per tab', async () => {
    const app = await startE2eApp(browser(), { session: { silent: 'redirect' } });
    const page = await signInAt(app, '/here');
    app.set({ begin: 'start' });
    app.provider.endSessions();
    await reload(page);
    await expect
      .poll(() => stateOf(page), patient)
      .toMatchObject({ status: 'signedOut', who: 'nobody', facts: [] });
    await expect.poll(() => page.url(), patient).toBe(`${app.origin}/here`);
    await reload(page);
    expect(promptsOf(app)).toEqual([null, 'none']);
  });

  test('asks once per tab where the provider has no answer', async () => {
    const app = await startE2eApp(browser(), { session: { silent: 'redirect' } });
    const page = await signInAt(app);
    const authorization_endpoint = `${app.origin}/bounce`;
    app.set({ begin: 'start', session: { silent: 'redirect', endpoints: { authorization_endpoint } } });
    await reload(page);
    await expect.poll(() => stateOf(page), patient).toMatchObject({ status: 'signedOut', who: 'nobody' });
  });

  test.each(['frame', 'redirect'] as const)(
    'by a %s that the network ate says so and forgets nobody: the next page is signed in',
    async (silent) => {
      const app = await startE2eApp(browser(), { session: { silent } });
      const page = await signInAt(app);
      app.set({ begin: 'start' });
      app.provider.faults.token = { status: 503, count: 1 };
      await reload(page);
      await expect
        .poll(() => stateOf(page), patient)
        .toMatchObject({
          status: 'signedOut',
          who: 'nobody',
          error: 'provider_unavailable',
        });
      await untilStatus(await app.open('/again'), 'signedIn');
      expect(promptsOf(app)).toEqual([null, 'none', 'none']);
    },
  );

  test('ends signed out where nothing may be asked', async () => {
    const app = await startE2eApp(browser(), { session: { silent: false } });
    const page = await signInAt(app);
    app.set({ begin: 'start' });
    await reload(page);
    await expect.poll(() => stateOf(page), patient).toMatchObject({ status: 'signedOut', who: 'nobody' });
    expect(app.authorizations).toHaveLength(1);
  });
});

describe('tokens in storage', () => {
  test.each(['sessionStorage', 'localStorage'] as const)(
    'in %s outlive a reload, the provider is not asked',
    async (storage) => {
      const app = await startE2eApp(browser(), { storage });
      const page = await signInAt(app);
      await reload(page);
      await expect.poll(() => stateOf(page), patient).toMatchObject({ status: 'signedIn', who: 'Ada User' });
      expect(app.authorizations).toHaveLength(1);
      expect(app.provider.log.count()).toBe(1);
    },
  );

  /** As if time had passed since they were stored. */
  const letAge = (page: Page): Promise<void> =>
    page.evaluate(() => {
      const key = `token-vigil:${window.e2e.session.name}`;
      const entry = JSON.parse(localStorage.getItem(key)!);
      for (const name of ['freshUntil', 'accessDeadline', 'renewAt']) entry.lease[name].wallMs -= 300_000;
      localStorage.setItem(key, JSON.stringify(entry));
    });

  test('are renewed once before `ready` where the access token is stale', async () => {
    const app = await startE2eApp(browser(), { storage: 'localStorage' });
    const page = await signInAt(app);
    await letAge(page);
    await reload(page);
    await expect
      .poll(() => stateOf(page), patient)
      .toMatchObject({ status: 'signedIn', wasFresh: true, facts: ['signedIn'] });
    expect(app.provider.log.count('refresh_token')).toBe(1);
    expect(app.authorizations).toHaveLength(1);
  });

  test('that the provider has revoked give way to a silent sign-in', async () => {
    const app = await startE2eApp(browser(), { storage: 'localStorage' });
    const page = await signInAt(app);
    app.provider.revokeAll();
    await letAge(page);
    await reload(page);
    await expect
      .poll(() => stateOf(page), patient)
      .toMatchObject({ status: 'signedIn', wasFresh: true, facts: ['signedIn'] });
    expect(promptsOf(app)).toEqual([null, 'none']);
  });

  test('that the provider has revoked together with its session end signed out', async () => {
    const app = await startE2eApp(browser(), { storage: 'localStorage' });
    const page = await signInAt(app);
    app.provider.revokeAll();
    app.provider.endSessions();
    app.set({ begin: 'start' });
    await letAge(page);
    await reload(page);
    await expect
      .poll(() => stateOf(page), patient)
      .toMatchObject({ status: 'signedOut', who: 'nobody', facts: [] });
    await expect.poll(() => page.evaluate(() => localStorage.length), patient).toBe(0);
  });

  test('are ignored with a warning where they are corrupt', async () => {
    const app = await startE2eApp(browser(), { storage: 'localStorage', session: { silent: false } });
    const page = await signInAt(app);
    app.set({ begin: 'start' });
    await page.evaluate(() =>
      Object.keys(localStorage).forEach((key) => localStorage.setItem(key, '{"broken')),
    );
    await reload(page);
    await expect
      .poll(() => stateOf(page), patient)
      .toMatchObject({ status: 'signedOut', warnings: ['storage_ignored'] });
    await expect.poll(() => page.evaluate(() => localStorage.length), patient).toBe(0);
  });
});

describe('a page in a frame', () => {
  test('with the answer of a silent sign-in tells its parent and starts nothing', async () => {
    const app = await startE2eApp(browser());
    const page = await signInAt(app);
    await reload(page);
    const { messages } = await stateOf(page);
    expect(messages).toEqual([{ tokenVigil: app.server.answers[1]!.href }]);
    expect(app.provider.log.requests.map(({ grant }) => grant)).toEqual([
      'authorization_code',
      'authorization_code',
    ]);
    expect(page.frames()).toHaveLength(1);
  });

  test('with any other answer is an app like any other', async () => {
    const app = await startE2eApp(browser(), { begin: 'start' });
    const page = await app.open('/elsewhere');
    await page.evaluate((src) => {
      const messages: unknown[] = [];
      window.addEventListener('message', ({ data }) => void messages.push(data));
      const frame = document.createElement('iframe');
      Object.assign(window, { messages });
      frame.src = src;
      document.body.append(frame);
    }, `${app.origin}/?code=stray&state=stray`);
    const inner = page.frameLocator('iframe');
    await inner.locator('#username').fill('user1');
    await inner.locator('#password').fill('password');
    await inner.locator('button:not([name])').click();
    const frame = page.frames()[1]!;
    await frame.waitForFunction(() => window.e2e?.session.status === 'signedIn');
    expect(await page.evaluate(() => (window as unknown as { messages: unknown[] }).messages)).toEqual([]);
  });
});

describe('a page from the back/forward cache', () => {
  const signOutElsewhere = async (app: E2eApp): Promise<Page> => {
    const page = await app.open();
    await untilStatus(page, 'signedIn');
    await page.evaluate(() => window.e2e.session.signOut({ redirect: false }));
    return page;
  };

  const comeBack = async (page: Page): Promise<void> => {
    await page.goBack({ waitUntil: 'commit' });
    await page.waitForFunction(() => window.e2e?.restored);
  };

  test('is signed out where the user signed out elsewhere', async () => {
    const app = await startE2eApp(browser());
    const page = await signInAt(app);
    await page.goto(`${app.origin}/elsewhere`);
    await signOutElsewhere(app);
    await comeBack(page);
    await untilStatus(page, 'signedOut');
    expect(await page.evaluate(() => window.e2e.session.peekAccessToken())).toBeUndefined();
    await expect.poll(() => stateOf(page), patient).toMatchObject({ facts: ['signedIn', 'signedOut'] });
  });

  test('is signed out where another user signed in elsewhere', async () => {
    const app = await startE2eApp(browser());
    const page = await signInAt(app);
    await page.goto(`${app.origin}/elsewhere`);
    const other = await signOutElsewhere(app);
    await other.evaluate(() => void window.e2e.session.signIn());
    await fillForm(other, 'user2');
    await untilStatus(other, 'signedIn');
    await comeBack(page);
    await untilStatus(page, 'signedOut');
    expect(await page.evaluate(() => window.e2e.session.peekAccessToken())).toBeUndefined();
  });

  test('stays signed in where nothing happened meanwhile', async () => {
    const app = await startE2eApp(browser());
    const page = await signInAt(app);
    await page.goto(`${app.origin}/elsewhere`);
    await comeBack(page);
    const items = await page.evaluate(
      async (url) => (await window.e2e.session.fetch(url)).status,
      `${app.api.origin}/items`,
    );
    expect(items).toBe(200);
    await expect
      .poll(() => stateOf(page), patient)
      .toMatchObject({ status: 'signedIn', facts: ['signedIn'] });
  });
});

describe('the record', () => {
  test.each([
    ['is missing', () => void Object.defineProperty(window, 'indexedDB', { value: undefined })],
    [
      'is broken',
      () => {
        indexedDB.open = () => {
          throw new DOMException('refused', 'UnknownError');
        };
      },
    ],
  ])('is kept in memory, with one warning, where IndexedDB %s', async (_what, damage) => {
    const app = await startE2eApp(browser(), { storage: 'sessionStorage' });
    await app.visitor.addInitScript(damage);
    const page = await signInAt(app);
    await page.evaluate(() => window.e2e.session.renew());
    await expect
      .poll(() => stateOf(page), patient)
      .toMatchObject({ status: 'signedIn', warnings: ['record_unavailable'] });
    await reload(page);
    await expect
      .poll(() => stateOf(page), patient)
      .toMatchObject({ status: 'signedIn', warnings: ['record_unavailable'] });
  });
});
