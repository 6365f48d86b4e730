import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { findChromium } from '../support/chromium.ts';
import { patient, useChromium } from '../support/e2eApp.ts';
import { startExpressExample } from '../support/expressExample.ts';
import { createHttpBrowser } from '../support/httpBrowser.ts';
import { watchSecrets } from '../support/secretWatch.ts';
import { adminOf, type RealmAdmin } from './admin.ts';

const realmFile = fileURLToPath(new URL('../../docs/keycloak/my_realm.json', import.meta.url));

/** `my_server` as `docs/keycloak/my_realm.json` has it, for a server at another port. */
const clientAt = (origin: string): Record<string, unknown> => {
  const text = readFileSync(realmFile, 'utf8').replaceAll('http://localhost:3000', origin);
  const { clients } = JSON.parse(text) as { clients: { clientId: string }[] };
  return { ...clients.find(({ clientId }) => clientId === 'my_server') };
};

describe.each(inject('keycloaks'))('the server example on Keycloak $version', ({ url }) => {
  /** 300 and 1800 s in `report`, 5 and 20 s in `app`. */
  const startOn = async (realm: 'report' | 'app', secret?: string) => {
    const admin: RealmAdmin = adminOf(url, realm);
    const username = `express-${crypto.randomUUID()}`;
    const userId = await admin.createUser(username);
    const example = await startExpressExample(
      'localhost',
      async (origin) => {
        const clientId = username;
        const client = clientAt(origin);
        await admin.createClient(clientId, { ...client, clientId });
        const clientSecret = secret ?? String(client['secret']);
        return { issuer: `${url}/realms/${realm}`, clientId, clientSecret };
      },
      { username },
    );
    return { ...example, admin, userId };
  };

  // The first page of a server that has just started takes seconds.
  beforeAll(() => fetch(`${url}/realms/report/account`), 60_000);

  test('signs in, refreshes and asks in the name of the user', async () => {
    const example = await startOn('report');
    const { browser, page } = await example.signIn();
    expect(page.url).toBe(`${example.origin}/`);
    expect(page.text).toContain('Hello Ada User');
    const refreshed = await example.refresh(browser);
    expect(refreshed.status).toBe(200);
    expect(await refreshed.json()).toMatchObject({ user: { name: 'Ada User' } });
    const profile = await browser.open(`${example.origin}/profile`);
    expect(JSON.parse(profile.text)).toMatchObject({ sub: example.userId });
  });

  test('a session that an admin has ended is a 401 that says so, and the server goes on', async () => {
    const example = await startOn('report');
    const { browser } = await example.signIn();
    await example.admin.endSessions(example.userId);
    const answer = await example.refresh(browser);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({
      code: 'grant_refused',
      message: expect.stringContaining('400 invalid_grant'),
      next: 'Sign in again.',
      signIn: '/login',
      retryable: false,
    });
    expect((await example.refresh(browser)).status).toBe(401);
    expect((await example.signIn(createHttpBrowser())).page.status).toBe(200);
  });

  test('a disabled user is a 401', async () => {
    const example = await startOn('report');
    const { browser } = await example.signIn();
    await example.admin.changeUser(example.userId, { enabled: false });
    const answer = await example.refresh(browser);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'grant_refused' });
  });

  test('a wrong secret is no fault of the user: 502 at the end of the sign-in', async () => {
    const example = await startOn('report', 'not-the-secret-of-this-client');
    const { page } = await example.signIn();
    expect(page.status).toBe(502);
    expect(page.text).toContain('401 unauthorized_client');
    expect(example.log.join('\n')).toContain('client_refused 401 unauthorized_client');
    expect(example.log.join('\n')).not.toContain('not-the-secret');
  });

  test('signing in twice in one browser keeps the second session alive, though both are one at Keycloak', async () => {
    const example = await startOn('report');
    const { browser } = await example.signIn();
    const first = browser.cookie(example.origin, 'session');
    const again = await browser.open(`${example.origin}/login`);
    expect(again.text).toContain('Hello Ada User');
    expect(browser.cookie(example.origin, 'session')).not.toBe(first);
    expect((await example.refresh(browser)).status).toBe(200);
  });

  test('signing out ends the session at Keycloak too: the next sign-in asks for the password', async () => {
    const example = await startOn('report');
    const { browser, page } = await example.signIn();
    const left = await browser.submit(page, {});
    expect(left.url).toMatch(new RegExp(`^${example.origin}/\\?state=[\\w-]{43}$`));
    expect(left.text).toContain('Nobody is signed in');
    const next = await browser.open(`${example.origin}/login`);
    expect(next.url.startsWith(url)).toBe(true);
    expect(next.text).toContain('name="password"');
  });

  test('no token, code or cookie is in any log, page or address after the way back', async () => {
    const secrets = watchSecrets();
    const example = await startOn('report');
    const { browser, page } = await example.signIn();
    const pages = [page, await browser.open(`${example.origin}/profile`)];
    const answers = [await (await example.refresh(browser)).text()];
    await example.admin.endSessions(example.userId);
    answers.push(await (await example.refresh(browser)).text());
    secrets.add(browser.cookie(example.origin, 'session') ?? '');

    expect(secrets.size).toBeGreaterThan(6);
    const elsewhere = browser.visited.filter((address) => !address.includes('/auth/callback?'));
    const seen = [...example.log, ...answers, ...elsewhere, ...pages.map(({ text }) => text)].join('\n');
    expect([...secrets].filter((secret) => seen.includes(secret))).toEqual([]);
  });
});

const hasBrowser = findChromium() !== undefined || Boolean(process.env['CI']);

describe.runIf(hasBrowser).each(inject('keycloaks'))(
  'its page in Chromium, on Keycloak $version',
  ({ url }) => {
    const chromium = useChromium();

    test('stays signed in past the life of its tokens while somebody reads, and signs out by its form', async () => {
      const admin = adminOf(url, 'app');
      const username = `reader-${crypto.randomUUID()}`;
      await admin.createUser(username);
      const example = await startExpressExample('localhost', async (origin) => {
        await admin.createClient(username, { ...clientAt(origin), clientId: username });
        return {
          issuer: `${url}/realms/app`,
          clientId: username,
          clientSecret: String(clientAt(origin)['secret']),
        };
      });
      const page = await chromium().newPage();
      await page.goto(`${example.origin}/login`);
      await page.fill('#username', username);
      await page.fill('#password', 'password');
      await page.click('[type=submit]');
      // Past the 5 s of the access token and the 20 s of the refresh token that the sign-in brought.
      const signedInAtMs = Date.now();
      const read = async (): Promise<number> => {
        await page.mouse.move(Math.random() * 300, Math.random() * 300);
        return Date.now() - signedInAtMs;
      };
      await expect.poll(read, { timeout: 100_000, interval: 300 }).toBeGreaterThan(21_000);
      expect(example.log).toContain('POST /presence 200');
      expect(await page.evaluate(async () => (await fetch('/profile')).status)).toBe(200);

      const shown = await page.textContent('#fresh-until');
      await page.click('#refresh');
      await expect.poll(() => page.textContent('#fresh-until'), patient).not.toBe(shown);
      await expect.poll(() => example.log, patient).toContain('POST /refresh_token 200');

      await page.getByRole('button', { name: 'Sign out' }).click();
      await expect.poll(() => page.title(), patient).toBe('Nobody is signed in');
      await page.close();
    });
  },
);
