import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import {
  type E2eApp,
  patient,
  promptsOf,
  signInAt,
  startE2eApp,
  stateOf,
  untilStatus,
  useChromium,
} from '../support/e2eApp.ts';
import type { ChangedSource } from '../support/e2eServer.ts';
import { movePointer, renewalsAt, signedInTabs, spend, untilAllAgree } from '../support/tabs.ts';

const browser = useChromium();

describe('twenty tabs that are restored at once', () => {
  const COUNT = 20;

  /** Twenty pages that load at once can keep a machine busy for longer than a frame is waited for. */
  const patientWithFrames = (): ChangedSource => {
    const path = fileURLToPath(new URL('../../src/grants/signIn/silent.ts', import.meta.url));
    const contents = readFileSync(path, 'utf8').replace(/(SILENT_LIMIT_MS: \w+) = \d+/, '$1 = 60_000');
    return { file: /src\/grants\/signIn\/silent\.ts$/, contents };
  };

  /** As a browser that is started again: there was a session, and no tab of it is left. */
  const leftBehind = async (app: E2eApp): Promise<void> => {
    const page = await signInAt(app);
    await page.close();
  };

  test('make one sign-in', async () => {
    const app = await startE2eApp(browser(), { changed: patientWithFrames() });
    await leftBehind(app);
    const tabs = await Promise.all(Array.from({ length: COUNT }, () => app.open()));
    for (const tab of tabs) await untilStatus(tab, 'signedIn');
    await untilAllAgree(tabs);
    expect(promptsOf(app)).toEqual([null, 'none']);
    expect(app.provider.log.count()).toBe(2);
  });

  test('leave for the provider once where that is the way, and only the one that is seen', async () => {
    const app = await startE2eApp(browser(), { session: { silent: 'redirect' } });
    await leftBehind(app);
    const openHidden = async (): Promise<Page> => {
      const page = await app.visitor.newPage();
      await page.addInitScript(() => {
        Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
        Object.defineProperty(document, 'hidden', { get: () => true });
      });
      await page.goto(app.origin, { waitUntil: 'domcontentloaded' });
      return page;
    };
    const hidden = await Promise.all(Array.from({ length: COUNT - 1 }, openHidden));
    for (const tab of hidden) await tab.waitForFunction(() => window.e2e?.session.status === 'loading');
    expect(promptsOf(app)).toEqual([null]);
    const seen = await app.open();
    for (const tab of [seen, ...hidden]) await untilStatus(tab, 'signedIn');
    await untilAllAgree([seen, ...hidden]);
    expect(promptsOf(app)).toEqual([null, 'none']);
    expect(app.provider.log.count()).toBe(2);
  });
});

describe('presence', () => {
  const stateNames = (tabs: readonly Page[]): Promise<string[]> =>
    Promise.all(
      tabs.map((tab) => tab.evaluate(() => JSON.stringify(window.e2e.session.actor.getSnapshot().value))),
    );

  test('in one tab keeps the session of all, and without it all are idle', async () => {
    const app = await startE2eApp(browser(), {
      accessTokenSeconds: 5,
      session: { idle: { after: 8000 } },
    });
    const tabs = await signedInTabs(app, 3);
    await spend(16_000, tabs[0]!);
    for (const tab of tabs) expect((await stateOf(tab)).facts).not.toContain('idled');
    expect(renewalsAt(app.provider).all).toBeGreaterThan(1);
    await expect
      .poll(async () => (await stateNames(tabs)).every((state) => state.includes('idle')), patient)
      .toBe(true);
    const renewals = renewalsAt(app.provider).all;
    // One sign of life, and no more.
    await tabs[2]!.keyboard.press('Shift');
    for (const tab of tabs)
      await expect.poll(async () => (await stateOf(tab)).facts, patient).toContain('resumed');
    await expect.poll(() => renewalsAt(app.provider), patient).toEqual({ all: renewals + 1, refused: 0 });
    await untilAllAgree(tabs);
  });

  test('is asked for in all tabs, and one answer counts in all', async () => {
    const app = await startE2eApp(browser(), {
      session: { idle: { after: 1500, signOutAfter: 23_000, confirm: true } },
    });
    const tabs = await signedInTabs(app, 3);
    for (const tab of tabs)
      await expect.poll(async () => (await stateOf(tab)).facts.at(-1), patient).toBe('warned');
    // Only an answer counts.
    await movePointer(tabs[0]!);
    await tabs[1]!.evaluate(() => window.e2e.session.stay());
    for (const tab of tabs)
      await expect
        .poll(async () => (await stateOf(tab)).facts, patient)
        .toEqual(['signedIn', 'idled', 'warned', 'resumed']);
    // And once more: the next one comes for all again.
    for (const tab of tabs)
      await expect.poll(async () => (await stateOf(tab)).facts.at(-1), patient).toBe('warned');
    for (const tab of tabs) expect((await stateOf(tab)).status).toBe('signedIn');
  });

  test('that is missing ends the session in all tabs, by one deadline and for the same reason', async () => {
    const app = await startE2eApp(browser(), {
      session: { idle: { after: 500, signOutAfter: 12_000 }, silent: false },
      begin: 'require',
    });
    const tabs = await signedInTabs(app, 2);
    app.set({ begin: 'start' });
    for (const tab of tabs) await untilStatus(tab, 'signedOut');
    for (const tab of tabs) expect((await stateOf(tab)).facts.at(-1)).toBe('expired idle');
    const [here, there] = await Promise.all(tabs.map(async (tab) => (await stateOf(tab)).ends.at(-1)));
    // They reckon from one instant in the record; between its two clocks each page rounds by itself.
    expect(Math.abs(here! - there!)).toBeLessThan(50);
  });
});

describe('where something is missing, one tab works fully', () => {
  const use = async (app: E2eApp): Promise<Page> => {
    const page = await signInAt(app);
    await page.evaluate(() => window.e2e.session.renew());
    const items = `${app.api.origin}/items`;
    expect(await page.evaluate(async (api) => (await window.e2e.session.fetch(api)).status, items)).toBe(200);
    await page.reload({ waitUntil: 'commit' });
    await untilStatus(page, 'signedIn');
    await page.evaluate(() => window.e2e.session.renew());
    return page;
  };

  const signOut = async (page: Page): Promise<void> => {
    await page.evaluate(() => window.e2e.session.signOut({ redirect: false }));
    await untilStatus(page, 'signedOut');
  };

  test.each([
    ['Web Locks', 'Web Locks', () => void Reflect.deleteProperty(Navigator.prototype, 'locks')],
    ['BroadcastChannel', 'BroadcastChannel', () => void Reflect.deleteProperty(window, 'BroadcastChannel')],
    ['IndexedDB', 'IndexedDB', () => void Object.defineProperty(window, 'indexedDB', { value: undefined })],
    [
      'Web Locks that work',
      'Web Locks',
      () => {
        LockManager.prototype.request = () => Promise.reject(new DOMException('opaque', 'SecurityError'));
      },
    ],
    [
      'Web Locks and BroadcastChannel',
      'Web Locks',
      () => {
        Reflect.deleteProperty(Navigator.prototype, 'locks');
        Reflect.deleteProperty(window, 'BroadcastChannel');
      },
    ],
    [
      'Web Locks and an IndexedDB that opens',
      'Web Locks',
      () => {
        Reflect.deleteProperty(Navigator.prototype, 'locks');
        IDBFactory.prototype.open = () => {
          throw new DOMException('private', 'SecurityError');
        };
      },
    ],
  ])('without %s, and says so once', async (_what, named, damage) => {
    const app = await startE2eApp(browser(), { storage: 'sessionStorage' });
    await app.visitor.addInitScript(damage);
    const page = await use(app);
    const { warnings } = await stateOf(page);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^(tabs|record)_unavailable$/);
    expect(await page.evaluate(() => window.e2e.told.join('\n'))).toContain(named);
    await signOut(page);
    expect((await stateOf(page)).warnings).toHaveLength(1);
    expect(app.provider.log.requests.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  test.each([
    ['Web Locks', 'reloads', () => void Reflect.deleteProperty(Navigator.prototype, 'locks')],
    [
      'an IndexedDB that can be written',
      'nothing else',
      () => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      },
    ],
  ])('without %s, two tabs have a session each, through renewals and %s', async (_what, also, damage) => {
    const app = await startE2eApp(browser(), { storage: 'sessionStorage', session: { silent: false } });
    await app.visitor.addInitScript(damage);
    const tabs = [await signInAt(app), await app.open()];
    await untilStatus(tabs[1]!, 'signedIn');
    for (let rounds = 0; rounds < 2; rounds++) {
      for (const tab of tabs) await tab.evaluate(() => window.e2e.session.renew());
      for (const tab of also === 'reloads' ? tabs : []) {
        await tab.reload({ waitUntil: 'commit' });
        await untilStatus(tab, 'signedIn');
      }
    }
    expect(renewalsAt(app.provider)).toEqual({ all: 4, refused: 0 });
    expect(app.authorizations).toHaveLength(2);
  });

  test('with `tabs: false`, without a word; a sign-out is seen by the others all the same', async () => {
    const app = await startE2eApp(browser(), { session: { tabs: false } });
    const page = await use(app);
    expect((await stateOf(page)).warnings).toEqual([]);
    const other = await app.open();
    await untilStatus(other, 'signedIn');
    await signOut(page);
    await other.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await untilStatus(other, 'signedOut');
  });
});
