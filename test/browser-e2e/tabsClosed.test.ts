import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Faults } from '../../docs/demo/provider/faults.ts';
import { type E2eApp, patient, startE2eApp, stateOf, untilStatus, useChromium } from '../support/e2eApp.ts';
import {
  beBusy,
  createHold,
  generationOf,
  type Hold,
  nextRenewingTab,
  rendererOf,
  renewalsAt,
  renderersOf,
  signedInTabs,
  spend,
  stopBusyness,
  untilAllAgree,
  stopWithoutFailure,
} from '../support/tabs.ts';

const browser = useChromium();

type Fault = (hold: Hold) => Faults['token'];

/** Where a renewal has come to when its tab is gone. */
const before: Fault = ({ hold }) => ({ before: hold, drop: 'before', count: 1 });
const after: Fault = ({ hold }) => ({ after: hold, count: 1 });

type Way = (renewing: Page) => Promise<unknown>;

/** By which way it is gone. */
const ways = {
  'is closed': (tab) => tab.close(),
  crashes: async (tab) => {
    const crashed = tab.waitForEvent('crash');
    process.kill(await rendererOf(tab), 'SIGKILL');
    await crashed;
  },
  'is left': (tab) => tab.goto(new URL('/elsewhere', tab.url()).href),
} satisfies Record<string, Way>;

/** Lets the tab that renews next be gone in the middle of it, and tells which one that is. */
const loseRenewingTab = async (app: E2eApp, fault: Fault, way: keyof typeof ways): Promise<Page> => {
  const held = createHold();
  const sent = nextRenewingTab(app.visitor);
  app.provider.faults.token = fault(held);
  const renewing = await sent;
  await held.reached;
  await ways[way](renewing);
  held.release();
  return renewing;
};

/** Waits until these tabs have seen the next renewal, and the one after that. */
const untilRenewedTwice = async (tabs: readonly Page[]): Promise<void> => {
  const generations = (): Promise<number[]> => Promise.all(tabs.map(generationOf));
  const newest = Math.max(...(await generations()));
  await expect.poll(async () => Math.min(...(await generations())), patient).toBeGreaterThan(newest + 1);
};

describe('the tab that renews', () => {
  test.each([
    ['is closed', 'before the provider looks at its request', before],
    ['crashes', 'after the provider has answered', after],
    ['is left', 'after the provider has answered', after],
  ] as const)('%s %s: where a frame can be asked, the user notices nothing', async (way, _when, fault) => {
    const app = await startE2eApp(browser(), { accessTokenSeconds: 5 });
    const tabs = await signedInTabs(app, 3);
    await renderersOf(tabs);
    for (const tab of tabs) await beBusy(tab, app.api.origin);
    const lost = await loseRenewingTab(app, fault, way);
    const left = tabs.filter((tab) => tab !== lost);
    await untilRenewedTwice(left);
    await stopWithoutFailure(left, app);
    for (const tab of left)
      expect(await stateOf(tab)).toMatchObject({ status: 'signedIn', name: 'Ada User' });
    await untilAllAgree(left);
    if (way === 'is left') {
      await lost.goBack({ waitUntil: 'commit' });
      await untilStatus(lost, 'signedIn');
      await untilAllAgree(tabs);
    }
    expect(renewalsAt(app.provider).refused).toBe(0);
  });

  test('has others that wait for it, and one of them is left: the rest go on', async () => {
    const app = await startE2eApp(browser(), { accessTokenSeconds: 5, session: { silent: false } });
    const tabs = await signedInTabs(app, 4);
    const held = createHold();
    const sent = nextRenewingTab(app.visitor);
    app.provider.faults.token = after(held);
    const renewing = await sent;
    await held.reached;
    const [waiting, ...others] = tabs.filter((tab) => tab !== renewing) as [Page, ...Page[]];
    for (const tab of [waiting, ...others])
      await tab.waitForFunction(() => window.e2e.session.state === 'refreshing.granting');
    await ways['is left'](waiting);
    for (const tab of [renewing, ...others]) await beBusy(tab, app.api.origin);
    held.release();
    await untilRenewedTwice([renewing, ...others]);
    await stopWithoutFailure([renewing, ...others], app);
    await waiting.goBack({ waitUntil: 'commit' });
    await untilStatus(waiting, 'signedIn');
    await untilAllAgree(tabs);
    expect(renewalsAt(app.provider)).toMatchObject({ refused: 0 });
    expect(app.authorizations).toHaveLength(1);
  });

  test('crashes before the provider looks at its request: the next one sends it, and no frame is needed', async () => {
    const app = await startE2eApp(browser(), { accessTokenSeconds: 5, session: { silent: false } });
    const tabs = await signedInTabs(app, 3);
    for (const tab of tabs) await beBusy(tab, app.api.origin);
    const lost = await loseRenewingTab(app, before, 'crashes');
    const left = tabs.filter((tab) => tab !== lost);
    await untilRenewedTwice(left);
    await stopWithoutFailure(left, app);
    expect(renewalsAt(app.provider).refused).toBe(0);
  });

  test('is closed after the provider has answered: where no frame can be asked, all end as revoked, once', async () => {
    const app = await startE2eApp(browser(), { accessTokenSeconds: 5, session: { silent: false } });
    const tabs = await signedInTabs(app, 4);
    const authorizations = app.authorizations.length;
    const lost = await loseRenewingTab(app, after, 'is closed');
    const left = tabs.filter((tab) => tab !== lost);
    for (const tab of left) await untilStatus(tab, 'signedOut');
    const endings = async (tab: Page): Promise<string[]> =>
      (await stateOf(tab)).facts.filter((fact) => fact.startsWith('expired'));
    for (const tab of left) await expect.poll(() => endings(tab), patient).toEqual(['expired revoked']);
    // The token that the lost tab had spent was tried once.
    expect(renewalsAt(app.provider).refused).toBe(1);
    const calls = app.provider.log.count();
    // Nobody tries again, though the user is there and the page asks.
    await beBusy(left[0]!, app.api.origin);
    await spend(3000, left[0]!);
    const { made, failed } = await stopBusyness(left.slice(0, 1));
    expect(failed).toHaveLength(made);
    expect(app.provider.log.count()).toBe(calls);
    expect(app.authorizations).toHaveLength(authorizations);
    for (const tab of left) expect(await endings(tab)).toEqual(['expired revoked']);
  });
});
