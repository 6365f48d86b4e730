import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { startE2eApp, stateOf, useChromium } from '../support/e2eApp.ts';
import { generationOf, renewalsAt, signedInTabs } from '../support/tabs.ts';

const browser = useChromium();

/** As WebKit does to a page once the process that keeps its databases is gone, until the page is reloaded. */
const loseDatabases = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const lost = (): never => {
      throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
    };
    IDBDatabase.prototype.transaction = lost;
    IDBFactory.prototype.open = lost;
  });

const renew = (page: Page): Promise<void> => page.evaluate(() => window.e2e.session.renew());

describe('IndexedDB is lost under a session', () => {
  test('in all tabs: one renews after the other, and none with a token that another one has used', async () => {
    const app = await startE2eApp(browser(), { session: { silent: false } });
    const tabs = await signedInTabs(app, 3);
    for (const tab of tabs) await loseDatabases(tab);
    for (const tab of [...tabs, ...tabs]) await renew(tab);
    for (const tab of tabs) {
      const { status, warnings } = await stateOf(tab);
      expect([status, warnings]).toEqual(['signedIn', ['record_unavailable']]);
    }
    expect(renewalsAt(app.provider).refused).toBe(0);
    expect(app.provider.log.count('authorization_code')).toBe(1);
  });

  test('in all tabs, which renew at once', async () => {
    const app = await startE2eApp(browser(), { session: { silent: false } });
    const tabs = await signedInTabs(app, 4);
    for (const tab of tabs) await loseDatabases(tab);
    await Promise.all(tabs.map(renew));
    expect(renewalsAt(app.provider).refused).toBe(0);
    expect(await Promise.all(tabs.map(async (tab) => (await stateOf(tab)).status))).toEqual(
      tabs.map(() => 'signedIn'),
    );
  });

  test('in one tab: it asks the provider for tokens of its own, where that works in a frame', async () => {
    const app = await startE2eApp(browser());
    const tabs = await signedInTabs(app, 2);
    await loseDatabases(tabs[1]!);
    for (const tab of tabs.toReversed()) await renew(tab);
    expect(renewalsAt(app.provider)).toEqual({ all: 1, refused: 0 });
    expect(app.provider.log.count('authorization_code')).toBe(2);
    expect(await Promise.all(tabs.map(generationOf))).toEqual([2, 2]);
  });
});
