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

const renewalCodeOf = (page: Page): Promise<string> =>
  page.evaluate(() =>
    window.e2e.session.renew().then(
      () => 'renewed',
      (error: { code: string }) => error.code,
    ),
  );

describe('IndexedDB is lost under a session', () => {
  test('in all tabs, where no frame can ask: none uses the token that they share, and all stay signed in', async () => {
    const app = await startE2eApp(browser(), { session: { silent: false } });
    const tabs = await signedInTabs(app, 3);
    for (const tab of tabs) await loseDatabases(tab);
    const codes = await Promise.all(tabs.map(renewalCodeOf));
    expect(codes).toEqual(tabs.map(() => 'tokens_elsewhere'));
    for (const tab of tabs) {
      const { status, warnings } = await stateOf(tab);
      expect([status, warnings]).toEqual(['signedIn', ['record_unavailable']]);
    }
    expect(renewalsAt(app.provider)).toEqual({ all: 0, refused: 0 });
    expect(app.provider.log.count('authorization_code')).toBe(1);
  });

  test('in one tab, where no frame can ask: it leaves the token to the other one, and nobody is signed out', async () => {
    const app = await startE2eApp(browser(), { session: { silent: false } });
    const tabs = await signedInTabs(app, 2);
    await loseDatabases(tabs[1]!);
    expect(await renewalCodeOf(tabs[1]!)).toBe('tokens_elsewhere');
    await renew(tabs[0]!);
    expect(await renewalCodeOf(tabs[1]!)).toBe('tokens_elsewhere');
    expect(renewalsAt(app.provider)).toEqual({ all: 1, refused: 0 });
    for (const tab of tabs) expect((await stateOf(tab)).status).toBe('signedIn');
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
