import type { Page } from 'playwright-core';
import { describe, expect, test, type TestContext } from 'vitest';
import { fillForm, stateOf, untilStatus, useChromium } from '../support/e2eApp.ts';
import { type KeycloakApp, startKeycloakApp } from './keycloakApp.ts';
import { newUser } from './newUser.ts';
import { servers } from './tokens.ts';

const browser = useChromium();

const long = { timeout: 100_000, interval: 200 };

/** The realm's access token lives 5 s, an idle session 20 s, any session 60 s. */
const signIn = async (
  url: string,
  context: TestContext,
): Promise<{ app: KeycloakApp; page: Page; elapsedMs: () => number }> => {
  const app = await startKeycloakApp(browser(), `${url}/realms/app`, context, { session: { silent: false } });
  const page = await app.open('/');
  await fillForm(page, await newUser(`${url}/realms/app`));
  await untilStatus(page, 'signedIn');
  const signedInAtMs = Date.now();
  return { app, page, elapsedMs: () => Date.now() - signedInAtMs };
};

const poll = (page: Page, api: string): Promise<void> =>
  page.evaluate((target) => {
    setInterval(() => void window.e2e.session.fetch(target).catch(() => {}), 250);
  }, `${api}/items`);

/** Pages of the app, in turn, by a link that is clicked. */
const turnPage = (page: Page): Promise<void> =>
  page
    .evaluate(() => history.pushState(null, '', `/page/${history.length}`))
    .then(() => page.keyboard.press('PageDown'));

describe.concurrent.each(servers)('the company app on Keycloak $version', ({ url }) => {
  test('mouse moves and page turns alone keep the session past both lives; sitting still lets it lapse, and polling does not save it', async (context) => {
    const { app, page, elapsedMs } = await signIn(url, context);
    const read = async (): Promise<number> => {
      await page.mouse.move(Math.random() * 500, Math.random() * 500);
      if (Math.random() < 0.2) await turnPage(page);
      return elapsedMs();
    };
    await context.expect.poll(read, long).toBeGreaterThan(26_000);
    const reading = await stateOf(page);
    expect(reading.status).toBe('signedIn');
    expect(new Set(reading.facts)).toEqual(new Set(['signedIn', 'renewed']));

    const renewals = app.tokenRequests.length;
    await poll(page, app.api.origin);
    await page.waitForFunction(() => window.e2e.session.status === 'signedOut', undefined, {
      timeout: 60_000,
    });
    const { facts } = await stateOf(page);
    expect(facts.slice(-3)).toEqual(['idled', 'warned', 'expired lapsed']);
    // Half of the refresh token's life the user still counts as there.
    expect(app.tokenRequests.length - renewals).toBeLessThanOrEqual(5);
    expect(app.api.ledger.count('fresh')).toBeGreaterThan(10);
    expect(app.api.ledger.summary()).toMatchObject({ expired: 0, missing: 0, invalid: 0 });
  });

  test('the absolute limit is announced once, and the session ends there without a storm', async (context) => {
    const { app, page, elapsedMs } = await signIn(url, context);
    await poll(page, app.api.origin);
    const stay = async (): Promise<string> => {
      await page.mouse.move(Math.random() * 500, Math.random() * 500);
      return (await stateOf(page)).status;
    };
    await context.expect.poll(stay, long).toBe('signedOut');
    expect(elapsedMs()).toBeGreaterThan(50_000);
    expect(elapsedMs()).toBeLessThan(75_000);
    const { facts } = await stateOf(page);
    expect(facts.filter((fact) => fact === 'ending')).toHaveLength(1);
    expect(facts.at(-1)).toBe('expired ended');
    // Renewals stay half of the first life apart, to the end.
    expect(app.tokenRequests.length).toBeLessThan(45);
    expect(app.api.ledger.summary()).toMatchObject({ expired: 0, missing: 0, invalid: 0 });
  });
});
