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
  renewalsAt,
  renderersOf,
  signedInTabs,
  spend,
  stopBusyness,
  untilAllAgree,
} from '../support/tabs.ts';

const browser = useChromium();

/** Where a renewal has come to when its tab is closed. */
const moments: readonly (readonly [string, (hold: Hold) => Faults['token']])[] = [
  ['before the provider looked at its request', ({ hold }) => ({ before: hold, drop: 'before', count: 1 })],
  ['after the provider had answered', ({ hold }) => ({ after: hold, count: 1 })],
];

/** Closes the tab that renews, in the middle of it, and tells which ones are left. */
const closeRenewingTab = async (
  app: E2eApp,
  tabs: readonly Page[],
  fault: (hold: Hold) => Faults['token'],
): Promise<Page[]> => {
  const held = createHold();
  const sent = nextRenewingTab(app.visitor);
  app.provider.faults.token = fault(held);
  const renewing = await sent;
  await held.reached;
  await renewing.close();
  held.release();
  return tabs.filter((tab) => tab !== renewing);
};

describe('the tab that renews is closed', () => {
  test.each(moments)(
    '%s: where the provider can be asked in a frame, the user notices nothing',
    async (_when, fault) => {
      const app = await startE2eApp(browser(), { accessTokenSeconds: 5 });
      const tabs = await signedInTabs(app, 3);
      await renderersOf(tabs);
      for (const tab of tabs) await beBusy(tab, app.api.origin);
      const left = await closeRenewingTab(app, tabs, fault);
      const generation = Math.max(...(await Promise.all(left.map(generationOf))));
      // The next renewal, and the one after that.
      const follow = async (): Promise<number> => Math.min(...(await Promise.all(left.map(generationOf))));
      await expect.poll(follow, patient).toBeGreaterThan(generation + 1);
      expect((await stopBusyness(left)).failed).toEqual([]);
      for (const tab of left)
        expect(await stateOf(tab)).toMatchObject({ status: 'signedIn', name: 'Ada User' });
      expect(renewalsAt(app.provider).refused).toBe(0);
      await untilAllAgree(left);
    },
  );

  test.each(moments.slice(0, 1))(
    '%s: where no frame can be asked, the user notices nothing',
    async (_when, fault) => {
      const app = await startE2eApp(browser(), { accessTokenSeconds: 5, session: { silent: false } });
      const tabs = await signedInTabs(app, 3);
      for (const tab of tabs) await beBusy(tab, app.api.origin);
      const left = await closeRenewingTab(app, tabs, fault);
      const generation = Math.max(...(await Promise.all(left.map(generationOf))));
      const follow = async (): Promise<number> => Math.min(...(await Promise.all(left.map(generationOf))));
      await expect.poll(follow, patient).toBeGreaterThan(generation + 1);
      expect((await stopBusyness(left)).failed).toEqual([]);
      expect(renewalsAt(app.provider).refused).toBe(0);
    },
  );

  test.each(moments.slice(1))(
    '%s: where no frame can be asked, all tabs end as revoked, once and for all',
    async (_when, fault) => {
      const app = await startE2eApp(browser(), {
        accessTokenSeconds: 5,
        session: { silent: false },
      });
      const tabs = await signedInTabs(app, 3);
      const authorizations = app.authorizations.length;
      const left = await closeRenewingTab(app, tabs, fault);
      for (const tab of left) await untilStatus(tab, 'signedOut');
      for (const tab of left)
        expect(await stateOf(tab)).toMatchObject({ facts: expect.arrayContaining(['expired revoked']) });
      const calls = app.provider.log.count();
      expect(renewalsAt(app.provider).refused).toBe(1);
      // Nobody tries again, though the user is there and the page asks.
      await beBusy(left[0]!, app.api.origin);
      await spend(3000, left[0]!);
      const { made, failed } = await stopBusyness(left.slice(0, 1));
      expect(failed).toHaveLength(made);
      expect(app.provider.log.count()).toBe(calls);
      expect(app.authorizations).toHaveLength(authorizations);
      for (const tab of left)
        expect((await stateOf(tab)).facts.filter((fact) => fact.startsWith('expired'))).toEqual([
          'expired revoked',
        ]);
    },
  );
});
