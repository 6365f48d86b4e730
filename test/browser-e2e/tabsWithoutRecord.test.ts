import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { patient, startE2eApp, stateOf, untilStatus, useChromium } from '../support/e2eApp.ts';
import { generationOf, renderersOf, renewalsAt, signedInTabs, untilAllAgree } from '../support/tabs.ts';

const browser = useChromium();

declare global {
  interface Window {
    /** Gives the page its databases again. */
    findDatabases(): void;
  }
}

/** As WebKit does to a page once the process that keeps its databases is gone, until the page is reloaded. */
const loseDatabases = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { transaction } = IDBDatabase.prototype;
    const { open } = IDBFactory.prototype;
    const lost = (): never => {
      throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
    };
    IDBDatabase.prototype.transaction = lost;
    IDBFactory.prototype.open = lost;
    window.findDatabases = () => {
      IDBDatabase.prototype.transaction = transaction;
      IDBFactory.prototype.open = open;
    };
  });

const findDatabases = (page: Page): Promise<void> => page.evaluate(() => window.findDatabases());

const look = (page: Page): Promise<unknown> => page.evaluate(() => window.dispatchEvent(new Event('focus')));

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
    // Once it is there again, all have the newest.
    await findDatabases(tabs[1]!);
    await look(tabs[1]!);
    for (const tab of tabs) await expect.poll(() => generationOf(tab), patient).toBe(3);
    await untilAllAgree(tabs);
    for (const tab of tabs) await renew(tab);
    expect(renewalsAt(app.provider).refused).toBe(0);
  });

  test('after an answer of the provider, and is found again: the tab renews for all as before', async () => {
    const app = await startE2eApp(browser(), { session: { silent: false } });
    const [a, b] = (await signedInTabs(app, 2)) as [Page, Page];
    await b.route('**/token', (route) => route.abort());
    expect(await renewalCodeOf(b)).toBe('network_failed');
    await b.unroute('**/token');
    await loseDatabases(b);
    await look(b);
    expect(await renewalCodeOf(b)).toBe('tokens_elsewhere');
    await findDatabases(b);
    await look(b);
    await expect.poll(() => renewalCodeOf(b), patient).toBe('renewed');
    await untilAllAgree([a, b]);
    expect(renewalsAt(app.provider).refused).toBe(0);
  });
});

/** The page stands still for as long as others wait for the record, in the middle of the next transaction in which it writes. */
const standStill = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { get } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.get = function (...of) {
      const request = get.apply(this, of);
      // Those that only read hold up nobody.
      if (this.transaction.mode === 'readonly') return request;
      IDBObjectStore.prototype.get = get;
      const until = performance.now() + 4000;
      while (performance.now() < until);
      return request;
    };
  });

test('a tab that stands still in the middle of a transaction takes the record from the others only for as long', async () => {
  const app = await startE2eApp(browser(), { session: { silent: false } });
  const [a, b] = (await signedInTabs(app, 2)) as [Page, Page];
  await renderersOf([a, b]);
  await standStill(a);
  const renewed = renew(a);
  await expect
    .poll(async () => {
      await look(b);
      return (await stateOf(b)).warnings;
    }, patient)
    .toEqual(['record_unavailable']);
  await renewed;
  // Whatever makes it look finds the record again.
  await expect
    .poll(async () => {
      await look(b);
      return renewalCodeOf(b);
    }, patient)
    .toBe('renewed');
  expect(renewalsAt(app.provider).refused).toBe(0);
  await a.evaluate(() => window.e2e.session.signOut({ redirect: false }));
  await untilStatus(b, 'signedOut');
});

test('a sign-out is seen in all tabs though the app deletes its databases with it', async () => {
  const app = await startE2eApp(browser(), { session: { silent: false } });
  const [a, b] = (await signedInTabs(app, 2)) as [Page, Page];
  await a.evaluate(() => {
    const { session } = window.e2e;
    session.on('signedOut', () => void indexedDB.deleteDatabase('token-vigil'));
    return session.signOut({ redirect: false });
  });
  await untilStatus(b, 'signedOut');
  for (const tab of [a, b]) {
    await look(tab);
    expect((await stateOf(tab)).status).toBe('signedOut');
  }
});

test('the same while one more tab stands still, so that the record is out of reach for all of them', async () => {
  const app = await startE2eApp(browser(), { session: { silent: false } });
  const [a, b, c] = (await signedInTabs(app, 3)) as [Page, Page, Page];
  await renderersOf([a, b, c]);
  await c.evaluate(() => {
    const block = (): void => {
      const until = performance.now() + 8000;
      while (performance.now() < until);
    };
    setTimeout(block, 100);
  });
  await a.evaluate(() => {
    const { session } = window.e2e;
    session.on('signedOut', () => void indexedDB.deleteDatabase('token-vigil'));
    void session.signOut({ redirect: false });
  });
  for (const tab of [a, b, c])
    await expect
      .poll(async () => {
        await look(tab);
        return (await stateOf(tab)).status;
      }, patient)
      .toBe('signedOut');
});

test('a sign-out is seen in all tabs though the app has deleted its databases ahead of it', async () => {
  const app = await startE2eApp(browser(), { session: { silent: false } });
  const [a, b] = (await signedInTabs(app, 2)) as [Page, Page];
  await a.evaluate(async () => {
    await new Promise((resolve) => (indexedDB.deleteDatabase('token-vigil').onsuccess = resolve));
    await window.e2e.session.signOut({ redirect: false });
  });
  await untilStatus(b, 'signedOut');
  expect((await stateOf(a)).status).toBe('signedOut');
});
