import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { patient, startE2eApp, useChromium } from '../support/e2eApp.ts';
import {
  beBusy,
  generationOf,
  renderersOf,
  renewalsAt,
  signedInTabs,
  spend,
  stopBusyness,
  untilAllAgree,
  watchedMs,
} from '../support/tabs.ts';

const browser = useChromium();

/** From one renewal to the next, if one tab renews for all. */
const renewalEveryMs = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { sentAt, renewAt, lifeMs } = window.e2e.session.actor.getSnapshot().context.lease!;
    // Two scheduled renewals are never closer than half a life.
    return Math.max(renewAt!.wallMs - sentAt.wallMs, lifeMs / 2);
  });

test('four busy tabs renew once for all of them', { timeout: watchedMs + 240_000 }, async () => {
  const app = await startE2eApp(browser(), { accessTokenSeconds: 5 });
  const tabs = await signedInTabs(app, 4);
  await renderersOf(tabs);
  for (const tab of tabs) await beBusy(tab, app.api.origin);
  const [before, first, beganAt] = [renewalsAt(app.provider).all, await generationOf(tabs[0]!), Date.now()];

  await spend(watchedMs, tabs[0]!);

  const renewed = renewalsAt(app.provider);
  const [calls, spanMs] = [renewed.all - before, Date.now() - beganAt];
  const { made, failed, leastLeftMs } = await stopBusyness(tabs);
  await untilAllAgree(tabs);
  const lives = (await generationOf(tabs[0]!)) - first;
  const lifeMs = await renewalEveryMs(tabs[0]!);
  const perLife = (calls * lifeMs) / spanMs;
  console.log(
    `${Math.round(spanMs / 1000)} s, ${made} requests, ${calls} renewals, ${perLife.toFixed(3)} per life of ${lifeMs} ms, at least ${leastLeftMs} ms left at hand-off, ${app.api.ledger.count('expired')} expired on the way`,
  );

  expect(failed).toEqual([]);
  expect(renewed.refused).toBe(0);
  expect(app.provider.log.count('authorization_code')).toBe(1);
  // At hand-off: on a machine with other work a request can be on its way for longer than its token lives.
  expect(leastLeftMs).toBeGreaterThanOrEqual(1000);
  expect(app.api.ledger.summary()).toMatchObject({ missing: 0, invalid: 0 });
  // One more for the life that had begun before.
  expect(perLife).toBeLessThanOrEqual(1.05 + lifeMs / spanMs);
  // Each call has brought the tokens of all: one after the end is the most that can be missing here.
  expect(lives - calls).toBeGreaterThanOrEqual(0);
  expect(lives - calls).toBeLessThanOrEqual(1);
  expect(calls).toBeGreaterThan(spanMs / 5000);
  await expect.poll(() => app.provider.failures, patient).toEqual([]);
});
