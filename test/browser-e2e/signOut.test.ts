import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import {
  type E2eApp,
  fillForm,
  patient,
  signInAt,
  startE2eApp,
  stateOf,
  untilStatus,
  useChromium,
} from '../support/e2eApp.ts';

const browser = useChromium();

const lastPrompt = ({ authorizations }: E2eApp) => authorizations.at(-1)?.searchParams.get('prompt');

/** What the page keeps in its storage, to ask the provider about it later. */
const refreshTokenOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const text = sessionStorage.getItem(`token-vigil:${window.e2e.session.name}`);
    return JSON.parse(text!).tokens.refreshToken as string;
  });

/** Whether the provider still takes it. */
const isRevoked = async ({ provider }: E2eApp, refreshToken: string): Promise<boolean> => {
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: 'demo',
    refresh_token: refreshToken,
  });
  const response = await fetch(`${provider.issuer}/token`, { method: 'POST', body });
  return response.status === 400 && ((await response.json()) as { error: string }).error === 'invalid_grant';
};

const requestsTo = (app: E2eApp, path: string): URL[] => {
  const seen: URL[] = [];
  app.visitor.on('request', (request) => {
    const url = new URL(request.url());
    if (request.method() !== 'OPTIONS' && url.href.startsWith(app.provider.issuer + path)) seen.push(url);
  });
  return seen;
};

const signOutHere = (page: Page): Promise<void> =>
  page.evaluate(() => window.e2e.session.signOut({ redirect: false }));

describe('signing out by redirect', () => {
  test('ends the provider session with the ID token as hint and comes back; the next require() asks', async () => {
    const app = await startE2eApp(browser(), { storage: 'sessionStorage' });
    const ends = requestsTo(app, '/session/end?');
    const page = await signInAt(app, '/here');
    const refreshToken = await refreshTokenOf(page);
    await page.evaluate(() => void window.e2e.session.signOut());
    await page.waitForSelector('#username');
    const told = Object.fromEntries(ends[0]!.searchParams);
    expect(told).toMatchObject({ client_id: 'demo', post_logout_redirect_uri: `${app.origin}/` });
    expect(told['id_token_hint']).toMatch(/^ey/);
    expect(lastPrompt(app)).toBeNull();
    expect(await isRevoked(app, refreshToken)).toBe(true);
    await fillForm(page, 'user2');
    await untilStatus(page, 'signedIn');
    expect(await stateOf(page)).toMatchObject({ name: 'Bela User' });
  });

  test('goes where it is told to', async () => {
    const app = await startE2eApp(browser());
    const page = await signInAt(app);
    await page.evaluate((to) => void window.e2e.session.signOut({ to }), `${app.origin}/elsewhere`);
    await page.waitForURL(`${app.origin}/elsewhere`);
    expect(await page.title()).toBe('Elsewhere');
  });

  test('works without tokens, after the session has expired', async () => {
    const app = await startE2eApp(browser());
    const ends = requestsTo(app, '/session/end?');
    const page = await signInAt(app);
    app.provider.revokeAll();
    app.provider.endSessions();
    await page.evaluate(() => window.e2e.session.renew().catch(() => {}));
    await untilStatus(page, 'signedOut');
    await page.evaluate(() => void window.e2e.session.signOut());
    await expect.poll(() => ends[0]?.searchParams.has('id_token_hint'), patient).toBe(true);
  });
});

describe('signing out here only', () => {
  test('revokes the tokens, and stays signed out and asks the user, whatever is reloaded, until a sign-in succeeds', async () => {
    const app = await startE2eApp(browser(), { storage: 'sessionStorage' });
    const page = await signInAt(app, '/here');
    const refreshToken = await refreshTokenOf(page);
    await signOutHere(page);
    expect(await stateOf(page)).toMatchObject({ status: 'signedOut', facts: ['signedIn', 'signedOut'] });
    expect(page.url()).toBe(`${app.origin}/here`);
    expect(await isRevoked(app, refreshToken)).toBe(true);
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);

    await page.reload({ waitUntil: 'commit' });
    await page.click('button[name=cancel]');
    await page.waitForFunction(() => window.e2e?.failure);
    expect(lastPrompt(app)).toBe('login');

    await page.reload({ waitUntil: 'commit' });
    await fillForm(page);
    await untilStatus(page, 'signedIn');
    expect(lastPrompt(app)).toBe('login');

    await page.evaluate(() => void window.e2e.session.signIn({ ui_locales: 'en' }));
    await expect.poll(() => app.authorizations, patient).toHaveLength(4);
    await untilStatus(page, 'signedIn');
    expect(lastPrompt(app)).toBeNull();
  });

  test('asks the user also after an answer that matches nothing', async () => {
    const app = await startE2eApp(browser());
    const page = await signInAt(app);
    await signOutHere(page);
    await page.goto(`${app.origin}/?code=stray&state=stray`);
    await page.waitForSelector('#username');
    expect(lastPrompt(app)).toBe('login');
  });

  test('revokes even where the page is left at once', async () => {
    const app = await startE2eApp(browser(), { storage: 'sessionStorage' });
    const page = await signInAt(app);
    const refreshToken = await refreshTokenOf(page);
    const revocations = requestsTo(app, '/token/revocation');
    await page.evaluate((elsewhere) => {
      void window.e2e.session.signOut({ redirect: false });
      location.assign(elsewhere);
    }, `${app.origin}/elsewhere`);
    await page.waitForURL(`${app.origin}/elsewhere`);
    await expect.poll(() => revocations.length, patient).toBe(1);
    await expect.poll(() => isRevoked(app, refreshToken), patient).toBe(true);
  });

  test('is immediate where the network hangs', async () => {
    const app = await startE2eApp(browser());
    const page = await signInAt(app);
    await app.visitor.route(`${app.provider.issuer}/**`, () => {});
    const seen = await page.evaluate(() => {
      const { session } = window.e2e;
      void session.signOut({ redirect: false });
      return [session.status, session.user, session.peekAccessToken()];
    });
    expect(seen).toEqual(['signedOut', null, undefined]);
    const code = await page.evaluate(
      (url) => window.e2e.session.fetch(url).catch((error) => error.code),
      app.api.origin,
    );
    expect(code).toBe('signed_out');
  });
});

describe('an idle end by the app', () => {
  test('revokes, is not undone by a reload, and the next sign-in asks the user', async () => {
    const idle = { after: 500, signOutAfter: 3000 };
    const app = await startE2eApp(browser(), {
      storage: 'sessionStorage',
      begin: 'start',
      session: { idle },
    });
    const page = await app.open('/here');
    await untilStatus(page, 'signedOut');
    await page.evaluate(() => void window.e2e.session.signIn());
    await fillForm(page);
    await untilStatus(page, 'signedIn');
    const refreshToken = await refreshTokenOf(page);
    await untilStatus(page, 'signedOut');
    const { facts } = await stateOf(page);
    expect(facts).toEqual(['signedIn', 'idled', 'warned', 'expired idle']);
    await expect.poll(() => isRevoked(app, refreshToken), patient).toBe(true);

    await page.reload({ waitUntil: 'commit' });
    await page.waitForFunction(() => window.e2e?.who === 'nobody');
    expect(app.authorizations).toHaveLength(1);
    await page.evaluate(() => void window.e2e.session.signIn());
    await page.waitForSelector('#username');
    expect(lastPrompt(app)).toBe('login');
  });

  test('holds although the page was away when it came', async () => {
    const idle = { after: 500, signOutAfter: 1500 };
    const app = await startE2eApp(browser(), { session: { idle } });
    const page = await signInAt(app);
    const signedInAtMs = Date.now();
    await page.goto(`${app.origin}/elsewhere`);
    await expect.poll(() => Date.now() - signedInAtMs, patient).toBeGreaterThan(1600);
    app.set({ begin: 'start' });
    await page.goto(`${app.origin}/here`);
    await page.waitForFunction(() => window.e2e?.who === 'nobody');
    expect(app.authorizations).toHaveLength(1);
    await page.evaluate(() => void window.e2e.session.signIn());
    await page.waitForSelector('#username');
    expect(lastPrompt(app)).toBe('login');
  });
});
