import type { Page } from 'playwright-core';
import { describe, expect, test, type TestContext } from 'vitest';
import { startDemo } from '../../docs/demo/demo.ts';
import { findRealm } from '../../docs/demo/keycloak/findRealm.ts';
import { NoRealm } from '../../docs/demo/keycloak/noRealm.ts';
import { fillForm, patient, useChromium } from '../support/e2eApp.ts';
import { freePort } from './server/freePort.mjs';
import { servers } from './tokens.ts';

const browser = useChromium();

/** The demo beside a running server, and a page of it. */
const openDemo = async ({ onTestFinished }: TestContext, keycloak: string) => {
  const demo = await startDemo({ port: 0, keycloak });
  const visitor = await browser().newContext();
  visitor.setDefaultTimeout(30_000);
  onTestFinished(async () => {
    await visitor.close();
    await demo.stop();
  });
  const page = await visitor.newPage();
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
  await page.goto(demo.page.origin);
  return { demo, page, complaints };
};

const untilSignedIn = (page: Page) => page.getByRole('button', { name: 'Sign out' }).waitFor();

const signIn = async (page: Page, username = 'user1'): Promise<void> => {
  await page.click('#sign-in');
  await fillForm(page, username);
  await untilSignedIn(page);
};

/** Whatever else happened meanwhile: presence renews at its own times. */
const journal = (page: Page) => page.locator('#journal').innerText();
const textOf = (page: Page, selector: string) => page.locator(selector).innerText();
const generation = async (page: Page) => Number((await textOf(page, '#access .generation')).slice(1));

const moveMouse = async (page: Page): Promise<void> => {
  for (const x of [200, 260, 230]) await page.mouse.move(x, 40);
};

describe.concurrent.each(servers)('npm start -- --keycloak, on $version', ({ url }) => {
  test('is kept alive by moves of the mouse, beyond the life of the access token', async (context) => {
    const { demo, page, complaints } = await openDemo(context, url);
    await signIn(page);
    await context.expect.poll(() => page.url(), patient).toBe(`${demo.page.origin}/`);
    await context.expect.poll(() => textOf(page, '#user-name'), patient).toBe('Ada User');
    const lives = async () => (await moveMouse(page), generation(page));
    await context.expect.poll(lives, { ...patient, timeout: 100_000 }).toBeGreaterThanOrEqual(3);
    // A burst can queue in a slow browser for longer than these tokens live: `test/browser-e2e` has one.
    await page.click('#one');
    await context.expect.poll(() => journal(page), patient).toContain('GET /items');
    expect(demo.backend.report()).toMatchObject({ arrived: 1, expired: 0 });
    expect(complaints).toEqual([]);
  });

  test('survives a reload and stays signed out after a sign-out', async (context) => {
    const { demo, page } = await openDemo(context, url);
    // Up to 25 a revoked token ends all sessions that the user has with the client.
    await signIn(page, 'user2');
    await page.reload();
    await untilSignedIn(page);
    await page.evaluate(() => Object.assign(window, { isOld: true }));
    await page.click('#sign-out');
    await page.waitForFunction(
      (home) => !('isOld' in window) && location.origin === home && document.readyState === 'complete',
      demo.page.origin,
    );
    await page.getByRole('button', { name: 'Sign in at the provider' }).waitFor();
    await page.reload();
    await context.expect.poll(() => textOf(page, '#announcement'), patient).toBe('Nobody is signed in.');
    await context.expect.poll(() => textOf(page, '#status'), patient).toBe('signedOut');
  });

  test('makes only the trouble that is ours to make, and leads to the admin console for the rest', async (context) => {
    const { demo, page } = await openDemo(context, url);
    await page.getByText('Or with a password form').click();
    await page.locator('#password-form').getByRole('button').click();
    await untilSignedIn(page);
    const troubles = () => page.locator('[data-trouble]:visible').allInnerTexts();
    await context.expect.poll(troubles, patient).toEqual(['API says 401']);
    await page.click('[data-trouble=refuse]');
    await context.expect.poll(() => journal(page), patient).toContain('asked for');
    await page.click('#one');
    await context.expect.poll(() => journal(page), patient).toContain('200');
    // Presence may have renewed it as well, meanwhile.
    await context.expect.poll(() => generation(page), patient).toBeGreaterThan(1);
    expect(demo.backend.report()).toMatchObject({ arrived: 2, expired: 0 });
    const console = await page.locator('#admin-console').getAttribute('href');
    expect((await fetch(console!)).status).toBe(200);
  });

  test('finds only a realm that is there and knows the client, as a public one', async () => {
    const found = (realm: string, client: string) => findRealm(`${url}/realms/${realm}`, client);
    await expect(found('nowhere', 'demo')).rejects.toThrow(/^There is no realm at .*nowhere \(404\)\./);
    await expect(found('app', 'demo')).rejects.toThrow(
      /^The realm .* no public client "demo" \(invalid_client\)\./,
    );
    await expect(found('app', 'my_server')).rejects.toThrow(
      /no public client "my_server" \(unauthorized_client\)\./,
    );
    expect(await found('app', 'my_client')).toMatchObject({ issuer: `${url}/realms/app`, isDemo: false });
  });
});

test('a server that is not there is told in one line', async () => {
  const refused = startDemo({ port: 0, keycloak: `http://localhost:${await freePort()}` });
  await expect(refused).rejects.toThrow(NoRealm);
  await expect(refused).rejects.toThrow(/^No answer from .* \(ECONNREFUSED\)\. npm run keycloak starts .*$/);
});
