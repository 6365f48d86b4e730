import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { accountAction, registration } from '../../src/claims/keycloak/index.ts';
import { fillForm, patient, stateOf, untilStatus, useChromium } from '../support/e2eApp.ts';
import { adminOf } from './admin.ts';
import { startKeycloakApp } from './keycloakApp.ts';
import { newUser } from './newUser.ts';
import { askForTokens, servers } from './tokens.ts';

const browser = useChromium();

/** What the page's `signIn` leaves for; the page itself is gone by then. */
const signInWith = (page: Page, options: object): Promise<unknown> =>
  page
    .evaluate((asked) => void window.e2e.session.signIn(asked).catch(() => undefined), options)
    .then(() =>
      page.waitForURL(
        (url) => !url.href.startsWith('http://localhost') || url.pathname.startsWith('/realms/'),
      ),
    );

describe.each(servers)('Keycloak $version', ({ url }) => {
  const issuer = `${url}/realms/report`;
  /** Where tokens live for seconds. */
  const hasty = `${url}/realms/app`;

  test('signs in on its own page, by code and PKCE, and the user comes back to where they were', async (context) => {
    const app = await startKeycloakApp(browser(), issuer, context);
    const page = await app.open('/orders/7?tab=2#part');
    await page.waitForURL((at) => at.href.startsWith(`${issuer}/protocol/openid-connect/auth?`));
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
    });
    await fillForm(page, await newUser(app.issuer));
    await untilStatus(page, 'signedIn');
    await expect.poll(() => page.url(), patient).toBe(`${app.origin}/orders/7?tab=2#part`);
    await expect
      .poll(() => stateOf(page), patient)
      .toMatchObject({ who: 'Ada User', warnings: [], facts: ['signedIn'] });
    const answer = app.server.answers.at(-1)!;
    expect(answer.searchParams.get('iss')).toBe(issuer);
    expect(app.tokenRequests).toEqual([{ grant: 'authorization_code', status: 200 }]);
  });

  test('a reload keeps the user, asking nobody', async (context) => {
    const app = await startKeycloakApp(browser(), issuer, context);
    const page = await app.open('/');
    await fillForm(page, await newUser(app.issuer));
    await untilStatus(page, 'signedIn');
    await page.reload();
    await untilStatus(page, 'signedIn');
    expect((await stateOf(page)).who).toBe('Ada User');
  });

  test('signs out with a redirect: at the provider too, and the next sign-in asks', async (context) => {
    const app = await startKeycloakApp(browser(), issuer, context);
    const page = await app.open('/');
    await fillForm(page, await newUser(app.issuer));
    await untilStatus(page, 'signedIn');
    await page.evaluate(() => void window.e2e.session.signOut());
    // The page signs in again by itself (`require`), and the provider does not remember anybody.
    await page.waitForSelector('#password');
    await expect.poll(() => page.url(), patient).toContain(`${issuer}/`);
  });

  test('signs out here and not on the other devices of the user', async (context) => {
    const app = await startKeycloakApp(browser(), issuer, context);
    const username = await newUser(app.issuer);
    const form = { client_id: 'my_client', grant_type: 'password', username, password: 'password' };
    const elsewhere = String((await askForTokens(issuer, form)).body['refresh_token']);
    const page = await app.open('/');
    await fillForm(page, username);
    await untilStatus(page, 'signedIn');
    await page.evaluate(() => void window.e2e.session.signOut());
    await page.waitForSelector('#password');
    const renewal = { client_id: 'my_client', grant_type: 'refresh_token', refresh_token: elsewhere };
    expect((await askForTokens(issuer, renewal)).status).toBe(200);
  });

  test('signs out with a refresh token that has expired', async (context) => {
    const app = await startKeycloakApp(browser(), hasty, context, {
      session: { idle: false, silent: false },
    });
    const page = await app.open('/');
    await fillForm(page, await newUser(app.issuer));
    await untilStatus(page, 'signedIn');
    // Offline: nothing is renewed, and the refresh token ends after 20 s.
    const signedInAtMs = Date.now();
    await app.visitor.setOffline(true);
    await context.expect
      .poll(() => Date.now() - signedInAtMs, { ...patient, timeout: 100_000 })
      .toBeGreaterThan(22_000);
    await app.visitor.setOffline(false);
    await page.evaluate(() => void window.e2e.session.signOut());
    await page.waitForSelector('#password');
    await expect.poll(() => page.url(), patient).toContain(`${hasty}/`);
  });

  test('an account action leaves and comes back, cancelled, with the user signed in', async (context) => {
    const app = await startKeycloakApp(browser(), issuer, context, { onReturn: true });
    const page = await app.open('/settings');
    await fillForm(page, await newUser(app.issuer));
    await untilStatus(page, 'signedIn');
    await signInWith(page, accountAction('UPDATE_PASSWORD'));
    await page.waitForSelector('[name=password-new]');
    await page.click('[name=cancel-aia]');
    await untilStatus(page, 'signedIn');
    const { returned, who } = await stateOf(page);
    const back = new URL(returned.at(-1)!);
    expect(back.origin + back.pathname).toBe(`${app.origin}/`);
    expect(back.searchParams.get('kc_action_status')).toBe('cancelled');
    expect(back.searchParams.has('code')).toBe(false);
    expect(who).toBe('Ada User');
  });

  test('registration begins from a running session, on the way the server knows', async (context) => {
    const app = await startKeycloakApp(browser(), issuer, context);
    const page = await app.open('/');
    await fillForm(page, await newUser(app.issuer));
    await untilStatus(page, 'signedIn');
    await signInWith(page, await registration(issuer));
    await page.waitForSelector('#email');
    await expect.poll(() => page.url(), patient).toContain(`${issuer}/`);
  });

  test('an origin that the client does not allow is a network error that names the setting, not a loop', async (context) => {
    const app = await startKeycloakApp(browser(), hasty, context, { session: { clientId: 'strict_client' } });
    const page = await app.open('/');
    await fillForm(page, await newUser(app.issuer));
    await page.waitForFunction(() => window.e2e?.failure !== undefined);
    const { failure } = await stateOf(page);
    expect(['network_failed', 'sign_in_loop']).toContain(failure);
    const message = await page.evaluate(() => String(window.e2e.session.error));
    expect(message).toMatch(/Web Origins/);
    // All are spent by 23.0.3, which hides its answer; the newer refuses first, and neither can be read.
    expect(app.tokenRequests.length).toBeLessThanOrEqual(3);
    expect(app.tokenRequests.every(({ status }) => status === undefined || status === 403)).toBe(true);
  });

  test('a user of another name who signs in afterwards is another user', async (context) => {
    const admin = adminOf(url, 'report');
    await admin.createUser('second');
    const app = await startKeycloakApp(browser(), issuer, context);
    const page = await app.open('/');
    await fillForm(page, await newUser(app.issuer));
    await untilStatus(page, 'signedIn');
    await page.evaluate(() => void window.e2e.session.signOut());
    await page.waitForSelector('#password');
    await fillForm(page, 'second');
    await untilStatus(page, 'signedIn');
    const name = await page.evaluate(() => window.e2e.session.user?.['preferred_username']);
    expect(name).toBe('second');
  });
});
