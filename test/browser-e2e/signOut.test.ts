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
const refreshTokenOf = async ({ provider }: E2eApp, page: Page): Promise<string> => {
  const refreshToken = await page.evaluate(() => {
    const text = sessionStorage.getItem(`token-vigil:${window.e2e.session.name}`);
    return JSON.parse(text!).tokens.refreshToken as string;
  });
  expect(provider.isGood(refreshToken)).toBe(true);
  return refreshToken;
};

/** What the next sign-in brings, however soon it ends. */
const nextRefreshToken = async ({ provider, visitor }: E2eApp): Promise<string> => {
  const answer = await visitor.waitForEvent(
    'response',
    (response) => response.url() === `${provider.issuer}/token`,
  );
  return ((await answer.json()) as { refresh_token: string }).refresh_token;
};

/** The revocation is on its way when the page goes on. */
const untilRevoked = async ({ provider }: E2eApp, refreshToken: string): Promise<void> => {
  await expect.poll(() => provider.isGood(refreshToken), patient).toBe(false);
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
    const refreshToken = await refreshTokenOf(app, page);
    await page.evaluate(() => void window.e2e.session.signOut());
    await page.waitForSelector('#username');
    const told = Object.fromEntries(ends[0]!.searchParams);
    expect(told).toMatchObject({ client_id: 'demo', post_logout_redirect_uri: `${app.origin}/` });
    expect(told['id_token_hint']).toMatch(/^ey/);
    expect(lastPrompt(app)).toBeNull();
    await untilRevoked(app, refreshToken);
    await fillForm(page, 'user2');
    await untilStatus(page, 'signedIn');
    await expect.poll(() => stateOf(page), patient).toMatchObject({ name: 'Bela User' });
  });

  test('goes where it is told to', async () => {
    const app = await startE2eApp(browser());
    const page = await signInAt(app);
    await page.evaluate((to) => void window.e2e.session.signOut({ to }), `${app.origin}/elsewhere`);
    await page.waitForURL(
      ({ pathname, searchParams }) => pathname === '/elsewhere' && searchParams.has('state'),
    );
    await expect.poll(() => page.title(), patient).toBe('Elsewhere');
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
    const refreshToken = await refreshTokenOf(app, page);
    await signOutHere(page);
    await expect
      .poll(() => stateOf(page), patient)
      .toMatchObject({ status: 'signedOut', facts: ['signedIn', 'signedOut'] });
    await expect.poll(() => page.url(), patient).toBe(`${app.origin}/here`);
    await untilRevoked(app, refreshToken);
    await expect.poll(() => page.evaluate(() => sessionStorage.length), patient).toBe(0);

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
    const refreshToken = await refreshTokenOf(app, page);
    const revocations = requestsTo(app, '/token/revocation');
    await page.evaluate((elsewhere) => {
      void window.e2e.session.signOut({ redirect: false });
      location.assign(elsewhere);
    }, `${app.origin}/elsewhere`);
    await page.waitForURL(`${app.origin}/elsewhere`);
    await expect.poll(() => revocations.length, patient).toBe(1);
    await untilRevoked(app, refreshToken);
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
    const brought = nextRefreshToken(app);
    await fillForm(page);
    const refreshToken = await brought;
    await page.waitForFunction(() => window.e2e?.facts.includes('expired idle'));
    const { facts } = await stateOf(page);
    expect(facts).toEqual(['signedIn', 'idled', 'warned', 'expired idle']);
    await untilRevoked(app, refreshToken);

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
