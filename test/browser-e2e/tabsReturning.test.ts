import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import {
  type E2eApp,
  fillForm,
  promptsOf,
  startE2eApp,
  stateOf,
  untilStatus,
  useChromium,
} from '../support/e2eApp.ts';
import {
  duplicateTab,
  generationOf,
  joinTab,
  signedInTabs,
  untilAllAgree,
  watchProvider,
} from '../support/tabs.ts';

const browser = useChromium();

describe('a tab that', () => {
  test('is reloaded has its session from another one: the provider hears nothing of it', async () => {
    const app = await startE2eApp(browser());
    const tabs = await signedInTabs(app, 2);
    const asked = watchProvider(app.visitor, app.provider.issuer);
    await tabs[1]!.reload({ waitUntil: 'commit' });
    await untilStatus(tabs[1]!, 'signedIn');
    expect(await stateOf(tabs[1]!)).toMatchObject({ name: 'Ada User', who: 'Ada User', wasFresh: true });
    expect(asked).toEqual([]);
    await untilAllAgree(tabs);
  });

  test('is reloaded as the last one asks the provider, without leaving', async () => {
    const app = await startE2eApp(browser());
    const [first, second] = await signedInTabs(app, 2);
    await first!.close();
    await second!.reload({ waitUntil: 'commit' });
    await untilStatus(second!, 'signedIn');
    expect(promptsOf(app)).toEqual([null, 'none']);
  });

  test('is opened by another one, with a copy of its tab storage, is one more tab', async () => {
    const app = await startE2eApp(browser(), { storage: 'sessionStorage' });
    const [first] = await signedInTabs(app, 1);
    const asked = watchProvider(app.visitor, app.provider.issuer);
    const opened = app.visitor.waitForEvent('page');
    await first!.evaluate(() => void window.open('/copy'));
    const copy = await opened;
    await untilStatus(copy, 'signedIn');
    expect(asked).toEqual([]);
    await copy.evaluate(() => window.e2e.session.renew());
    await first!.evaluate(() => window.e2e.session.renew());
    await untilAllAgree([first!, copy]);
    // Whoever asks while the other's tokens are on their way is served by those.
    expect(new Set(app.provider.log.requests.map(({ status }) => status))).toEqual(new Set([200]));
  });

  test('has joined another one keeps the session in its own storage, for its reload once that is closed', async () => {
    const app = await startE2eApp(browser(), { storage: 'sessionStorage', session: { silent: false } });
    const [first, second] = await signedInTabs(app, 2);
    app.set({ begin: 'start' });
    await first!.close();
    await second!.reload({ waitUntil: 'commit' });
    await untilStatus(second!, 'signedIn');
    expect(await stateOf(second!)).toMatchObject({ who: 'Ada User' });
    expect(app.authorizations).toHaveLength(1);
  });

  test('is duplicated, in a process of its own, spends no token that the original has spent', async () => {
    const app = await startE2eApp(browser(), { storage: 'sessionStorage' });
    const [original] = await signedInTabs(app, 1);
    const copy = await duplicateTab(app, original!);
    await Promise.all([copy, original!].map((tab) => tab.evaluate(() => window.e2e.session.renew())));
    await untilAllAgree([original!, copy]);
    expect(app.provider.log.requests.map(({ status }) => status)).not.toContain(400);
    expect(app.authorizations).toHaveLength(1);
  });
});

/** What the page's own listener of `pageshow` saw and did; it begins before the session is made, or after. */
interface AtPageshow {
  readonly user: unknown;
  readonly token: unknown;
  readonly status: string;
}

declare global {
  interface Window {
    atPageshow: AtPageshow[];
    outcomes: string[];
  }
}

/** In the listeners of the page: looks at the session and sends a request at once. */
const lookAtPageshow = (api: string): void => {
  window.atPageshow = [];
  window.outcomes = [];
  window.addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    const { session } = window.e2e;
    window.atPageshow.push({
      user: session.user,
      token: session.peekAccessToken() ?? null,
      status: session.status,
    });
    session.fetch(api).then(
      ({ status }) => window.outcomes.push(String(status)),
      (error: Error & { code?: string }) => window.outcomes.push(error.code ?? error.name),
    );
  });
};

describe('a page from the back/forward cache', () => {
  /** A page in the cache, whose own listeners were there before the session's and after them. */
  const cachedPage = async (app: E2eApp): Promise<{ page: Page; other: Page }> => {
    const [page, other] = await signedInTabs(app, 2);
    const api = `${app.api.origin}/items`;
    await page!.addInitScript(lookAtPageshow, api);
    await page!.reload({ waitUntil: 'commit' });
    await untilStatus(page!, 'signedIn');
    await page!.evaluate(lookAtLate, api);
    await page!.goto(`${app.origin}/elsewhere`);
    return { page: page!, other: other! };
  };

  const lookAtLate = (api: string): void => {
    window.addEventListener('pageshow', () => {
      const { session } = window.e2e;
      window.atPageshow.push({
        user: session.user,
        token: session.peekAccessToken() ?? null,
        status: session.status,
      });
      session.fetch(api).then(
        ({ status }) => window.outcomes.push(String(status)),
        (error: Error & { code?: string }) => window.outcomes.push(error.code ?? error.name),
      );
    });
  };

  const comeBack = async (page: Page): Promise<void> => {
    await page.goBack({ waitUntil: 'commit' });
    await page.waitForFunction(() => window.e2e?.restored && window.outcomes.length === 2);
  };

  const dark = { user: null, token: null, status: 'signedIn' };

  test('joins what went on meanwhile, and its first requests pass', async () => {
    const app = await startE2eApp(browser());
    const { page, other } = await cachedPage(app);
    const asked = watchProvider(app.visitor, app.provider.issuer);
    await other.evaluate(() => window.e2e.session.renew());
    await comeBack(page);
    expect(await page.evaluate(() => [window.atPageshow, window.outcomes])).toEqual([
      [dark, dark],
      ['200', '200'],
    ]);
    await untilAllAgree([page, other]);
    expect(await stateOf(page)).toMatchObject({ status: 'signedIn', name: 'Ada User' });
    expect(asked.filter((url) => url.includes('/auth'))).toEqual([]);
  });

  test('shows and sends nothing after a sign-out elsewhere, in its own listeners neither', async () => {
    const app = await startE2eApp(browser());
    const { page, other } = await cachedPage(app);
    await other.evaluate(() => window.e2e.session.signOut({ redirect: false }));
    const arrived = app.api.ledger.entries.length;
    await comeBack(page);
    await untilStatus(page, 'signedOut');
    expect(await page.evaluate(() => window.atPageshow)).toEqual([dark, dark]);
    expect(await page.evaluate(() => window.outcomes)).not.toContain('200');
    expect(app.api.ledger.entries.slice(arrived)).toEqual([]);
    expect(await stateOf(page)).toMatchObject({ facts: ['signedIn', 'signedOut'] });
  });

  test('shows and sends nothing of the user before another one, in its own listeners neither', async () => {
    const app = await startE2eApp(browser());
    const { page, other } = await cachedPage(app);
    app.provider.endSessions();
    await other.evaluate(() => void window.e2e.session.signIn({ prompt: 'login' }));
    await fillForm(other, 'user2');
    await other.waitForFunction(() => window.e2e?.session.user?.['name'] === 'Bela User');
    const arrived = app.api.ledger.entries.length;
    await comeBack(page);
    await untilStatus(page, 'signedOut');
    expect(await page.evaluate(() => window.atPageshow)).toEqual([dark, dark]);
    expect(app.api.ledger.entries.slice(arrived)).toEqual([]);
    expect(await page.evaluate(() => window.e2e.session.endReason)).toBe('switched');
    expect(await stateOf(other)).toMatchObject({ status: 'signedIn', name: 'Bela User' });
  });

  test('is in it though the tabs have been talking, and misses no renewal', async () => {
    const app = await startE2eApp(browser());
    const { page, other } = await cachedPage(app);
    for (let count = 0; count < 3; count++) await other.evaluate(() => window.e2e.session.renew());
    await comeBack(page);
    await untilAllAgree([page, other]);
    expect(await generationOf(page)).toBe(await generationOf(other));
    expect((await stateOf(await joinTab(app))).status).toBe('signedIn');
  });
});
