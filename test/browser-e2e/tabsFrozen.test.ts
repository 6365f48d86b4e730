import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { patient, startE2eApp, stateOf, untilStatus, useChromium } from '../support/e2eApp.ts';
import {
  beBusy,
  createHold,
  endOf,
  freeze,
  generationOf,
  nextRenewingTab,
  noteEnd,
  rendererOf,
  renderersOf,
  renewalsAt,
  signedInTabs,
  spend,
  untilAllAgree,
  stopWithoutFailure,
} from '../support/tabs.ts';

const browser = useChromium();

/** A tab that renews and does not move is waited for by `tokenTimeout` and five seconds; requests wait longer. */
const patience = { tokenTimeout: 1500, waitTimeout: 30_000 };

declare global {
  interface Window {
    late: string[];
  }
}

describe('a tab that is frozen', () => {
  test('and thawed two lives later has the newest tokens, and none of its requests failed', async () => {
    // It may be the one that renews.
    const app = await startE2eApp(browser(), { accessTokenSeconds: 5, session: patience });
    const tabs = await signedInTabs(app, 3);
    const pids = await renderersOf(tabs);
    for (const tab of tabs) await beBusy(tab, app.api.origin);
    const before = await generationOf(tabs[2]!);
    const thaw = freeze(pids[0]!);
    // What it wanted to renew with is spent by then.
    await expect.poll(() => generationOf(tabs[2]!), patient).toBeGreaterThan(before + 2);
    thaw();
    await untilAllAgree(tabs);
    await stopWithoutFailure(tabs, app);
    expect(renewalsAt(app.provider).refused).toBe(0);
    expect(app.provider.log.count('authorization_code')).toBe(1);
  });

  test.each([
    ['before the provider looked at its request', 'before'],
    ['after the provider had answered', 'after'],
  ] as const)('while it renews, %s, is overtaken, and falls in when it thaws', async (_when, moment) => {
    const app = await startE2eApp(browser(), { accessTokenSeconds: 5, session: patience });
    const tabs = await signedInTabs(app, 3);
    const pids = await renderersOf(tabs);
    for (const tab of tabs) await beBusy(tab, app.api.origin);
    const held = createHold();
    const sent = nextRenewingTab(app.visitor);
    app.provider.faults.token = { [moment]: held.hold, count: 1 };
    const renewing = await sent;
    await held.reached;
    const thaw = freeze(pids[tabs.indexOf(renewing)]!);
    held.release();
    const others = tabs.filter((tab) => tab !== renewing);
    const before = Math.max(...(await Promise.all(others.map(generationOf))));
    const follow = async (): Promise<number> => Math.min(...(await Promise.all(others.map(generationOf))));
    await expect.poll(follow, patient).toBeGreaterThan(before + 1);
    await stopWithoutFailure(others, app);
    thaw();
    await untilAllAgree(tabs);
    await stopWithoutFailure([renewing], app);
    for (const tab of tabs)
      expect(await stateOf(tab)).toMatchObject({ status: 'signedIn', name: 'Ada User' });
    expect(renewalsAt(app.provider).refused).toBe(0);
  });

  test('shows and sends nothing when it thaws after a sign-out', async () => {
    const app = await startE2eApp(browser());
    const tabs = await signedInTabs(app, 3);
    const pids = await renderersOf(tabs);
    const [frozen, awake, other] = tabs as [Page, Page, Page];
    await noteEnd(frozen);
    // They are due while the tab is frozen, and are made in the moment in which it thaws. None is on its way before.
    await frozen.evaluate((api) => {
      window.late = [];
      for (let count = 0; count < 10; count++)
        setTimeout(() => {
          const { session } = window.e2e;
          const shown = session.user?.name ?? 'nobody';
          session.fetch(api).then(
            ({ status }) => window.late.push(`${status} ${shown}`),
            (error: Error & { code?: string }) => window.late.push(`${error.code} ${shown}`),
          );
        }, 4000);
    }, `${app.api.origin}/items`);
    const thaw = freeze(pids[0]!);
    // A tab that slept for more than five seconds knows that it did.
    await spend(6500, awake);
    await awake.evaluate(() => window.e2e.session.signOut({ redirect: false }));
    await untilStatus(other, 'signedOut');
    const thawedAtMs = Date.now();
    thaw();
    await untilStatus(frozen, 'signedOut');
    expect((await endOf(frozen)) - thawedAtMs).toBeLessThan(1000);
    await frozen.waitForFunction(() => window.late.length === 10);
    for (const outcome of await frozen.evaluate(() => window.late))
      expect(outcome).toMatch(/^(session_ended|signed_out) nobody$/);
    expect(app.api.ledger.entries).toEqual([]);
    expect(await stateOf(frozen)).toMatchObject({ facts: ['signedIn', 'signedOut'], status: 'signedOut' });
    expect(await frozen.evaluate(() => window.e2e.session.peekAccessToken())).toBeUndefined();
  });

  test('again and again, for less than the validity that a token has left, costs nobody a request', async () => {
    const app = await startE2eApp(browser(), { accessTokenSeconds: 5, session: patience });
    const tabs = await signedInTabs(app, 4);
    const pids = await renderersOf(tabs);
    for (const tab of tabs) await beBusy(tab, app.api.origin);
    const lastsMs = [900, 200, 700, 400, 900, 600];
    for (const [turn, ms] of lastsMs.entries()) {
      // Each time as its renewals begin: in the middle of one, or waiting for the lock.
      const renewing = await nextRenewingTab(app.visitor);
      const doomed = turn % 2 === 0 ? tabs.indexOf(renewing) : (tabs.indexOf(renewing) + 1) % 4;
      const thaw = freeze(pids[doomed]!);
      await spend(ms, tabs[(doomed + 1) % 4]!);
      thaw();
    }
    await untilAllAgree(tabs);
    await stopWithoutFailure(tabs, app);
    expect(renewalsAt(app.provider).refused).toBe(0);
    expect(await rendererOf(tabs[0]!)).toBe(pids[0]);
  });
});
