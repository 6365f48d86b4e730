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

const parametersOf = (url: URL | undefined): Record<string, string> =>
  Object.fromEntries(url?.searchParams ?? []);

/** Begins a sign-in and notes how it failed, if it comes to that on this page. */
const beginSignIn = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const noteFailure = ({ code }: { code: string }) => void (window.e2e.failure = code);
    window.e2e.session.signIn().catch(noteFailure);
  });

describe('signing in by redirect', () => {
  test('require() leaves for the provider and comes back to the page the user was on', async () => {
    const app = await startE2eApp(browser());
    const page = await signInAt(app, '/deep/page?tab=2#part');
    await expect.poll(() => page.url(), patient).toBe(`${app.origin}/deep/page?tab=2#part`);
    const signedIn = { status: 'signedIn', name: 'Ada User', who: 'Ada User', facts: ['signedIn'] };
    await expect.poll(() => stateOf(page), patient).toMatchObject(signedIn);
    expect(app.provider.log.count()).toBe(1);
  });

  test('the request carries state, nonce and a PKCE challenge, and the answer its issuer', async () => {
    const app = await startE2eApp(browser());
    await signInAt(app);
    const [asked, answered] = [parametersOf(app.authorizations[0]), parametersOf(app.server.answers[0])];
    expect(asked).toMatchObject({ redirect_uri: `${app.origin}/`, code_challenge_method: 'S256' });
    expect(asked['nonce']).toMatch(/.{43}/);
    expect(answered).toMatchObject({ state: asked['state'], iss: app.provider.issuer });
  });

  test('a router is told where to go instead of a change of history', async () => {
    const app = await startE2eApp(browser(), { onReturn: true });
    const page = await signInAt(app, '/deep?tab=2#part');
    expect((await stateOf(page)).returned).toEqual([`${app.origin}/deep?tab=2#part`]);
    expect(new URL(page.url()).searchParams.has('code')).toBe(true);
  });

  test('a router that throws does not cost the sign-in', async () => {
    const app = await startE2eApp(browser(), { onReturn: 'throws' });
    const page = await signInAt(app, '/deep');
    await expect
      .poll(() => stateOf(page), patient)
      .toMatchObject({ who: 'Ada User', returned: [`${app.origin}/deep`] });
  });

  test('where to return to is reckoned from the page, and is nowhere else than on its origin', async () => {
    const app = await startE2eApp(browser(), { begin: 'start', onReturn: true });
    const page = await app.open('/deep/page');
    await untilStatus(page, 'signedOut');
    const refused = await page.evaluate(() =>
      window.e2e.session
        .signIn({ returnTo: 'https://elsewhere.example/' })
        .catch((error: { code: string; message: string }) => [error.code, error.message]),
    );
    expect(refused).toEqual(['option_invalid', expect.stringContaining(app.origin)]);
    await page.evaluate(() => void window.e2e.session.signIn({ returnTo: '../inbox' }));
    await fillForm(page);
    await untilStatus(page, 'signedIn');
    expect((await stateOf(page)).returned).toEqual([`${app.origin}/inbox`]);
  });

  test('a redirect URI without its last slash is known again', async () => {
    const app = await startE2eApp(browser());
    app.set({ session: { redirectUri: app.origin } });
    const page = await signInAt(app, '/deep');
    expect(parametersOf(app.authorizations[0])).toMatchObject({ redirect_uri: app.origin });
    await expect.poll(() => page.url(), patient).toBe(`${app.origin}/deep`);
  });

  test('an answer reaches the session that asked, not another one of the page', async () => {
    const app = await startE2eApp(browser(), { beside: 'another' });
    const page = await signInAt(app, '/deep');
    await expect.poll(() => stateOf(page), patient).toMatchObject({ who: 'Ada User', facts: ['signedIn'] });
    await expect.poll(() => page.url(), patient).toBe(`${app.origin}/deep`);
    expect(app.authorizations).toHaveLength(1);
    // In the frame of the silent sign-in there are two of them as well.
    await page.reload({ waitUntil: 'commit' });
    await untilStatus(page, 'signedIn');
    expect(app.authorizations).toHaveLength(2);
  });

  test('React StrictMode redeems the code once and the user is signed in', async () => {
    const app = await startE2eApp(browser(), { begin: 'start' });
    const page = await app.open('/react');
    await untilStatus(page, 'signedOut');
    app.set({ begin: 'strictMode' });
    await beginSignIn(page);
    await fillForm(page);
    await page.waitForSelector('output:text("signedIn")');
    expect(app.provider.log.requests.map(({ grant, status }) => [grant, status])).toEqual([
      ['authorization_code', 200],
    ]);
    await expect.poll(() => page.url(), patient).toBe(`${app.origin}/react`);
    const token = await page.evaluate(() => window.e2e.session.getAccessToken());
    expect(token).toMatch(/^ey/);
  });
});

describe('an answer that was changed on its way', () => {
  test('with another state belongs to nothing: the user signs in afresh', async () => {
    const app = await startE2eApp(browser());
    app.server.tamper = ({ searchParams }) => searchParams.set('state', 'forged');
    const page = await signInAt(app);
    expect(app.authorizations).toHaveLength(2);
    expect(app.provider.log.count()).toBe(1);
    await expect.poll(() => page.url(), patient).toBe(`${app.origin}/`);
  });

  test.each([
    [
      'of another issuer',
      'response_invalid',
      (answer: URL) => answer.searchParams.set('iss', 'https://evil.example'),
    ],
    ['without an issuer', 'response_invalid', (answer: URL) => answer.searchParams.delete('iss')],
    [
      'with a code that is not known',
      'sign_in_refused',
      (answer: URL) => answer.searchParams.set('code', 'used'),
    ],
  ])('%s is a typed error, and the next sign-in works', async (_what, code, tamper) => {
    const app = await startE2eApp(browser(), { begin: 'start' });
    const page = await app.open('/here');
    await untilStatus(page, 'signedOut');
    app.server.tamper = tamper;
    await beginSignIn(page);
    await fillForm(page);
    await page.waitForFunction((expected) => window.e2e?.session.error?.code === expected, code);
    await expect
      .poll(() => stateOf(page), patient)
      .toMatchObject({ status: 'signedOut', who: 'nobody', facts: [] });
    await expect.poll(() => page.url(), patient).toBe(`${app.origin}/here`);
    await beginSignIn(page);
    await untilStatus(page, 'signedIn');
  });

  describe('with a code that was used before', () => {
    /** Signs in once, to use a code up, and puts it into so many answers from then on. */
    const withUsedCode = async (times: number): Promise<{ app: E2eApp; page: Page }> => {
      let left = times;
      const app = await startE2eApp(browser());
      const first = await signInAt(app);
      // Else it would hand its session on.
      await first.close();
      const used = app.server.answers[0]!.searchParams.get('code')!;
      app.set({ session: { silent: false } });
      const reuse = ({ searchParams }: URL): void => {
        if (searchParams.get('code') !== used) left--;
        searchParams.set('code', used);
        if (left > 0) app.server.tamper = reuse;
      };
      app.server.tamper = reuse;
      return { app, page: await app.open() };
    };

    test('is asked for afresh', async () => {
      const { app, page } = await withUsedCode(1);
      await untilStatus(page, 'signedIn');
      expect(app.authorizations).toHaveLength(3);
    });

    test('is refused by require() where the next one was used, too', async () => {
      const { app, page } = await withUsedCode(2);
      await page.waitForFunction(() => window.e2e?.failure);
      await expect
        .poll(() => stateOf(page), patient)
        .toMatchObject({ failure: 'sign_in_refused', status: 'signedOut' });
      expect(app.authorizations).toHaveLength(3);
    });
  });

  test('for a request with another nonce is a typed error', async () => {
    const app = await startE2eApp(browser(), { begin: 'start' });
    await app.visitor.addInitScript(() => {
      if (!location.search.includes('code=')) return;
      for (const [key, value] of Object.entries(sessionStorage)) {
        sessionStorage.setItem(key, String(value).replace(/"nonce":"[^"]+"/, '"nonce":"another"'));
      }
    });
    const page = await app.open();
    await untilStatus(page, 'signedOut');
    await beginSignIn(page);
    await fillForm(page);
    await page.waitForFunction(() => window.e2e?.session.error);
    await expect
      .poll(() => stateOf(page), patient)
      .toMatchObject({ error: 'id_token_invalid', status: 'signedOut' });
  });
});

describe('an answer that matches nothing', () => {
  const stray = '/?tab=2&code=stray&state=stray&iss=stray#part';

  test('is cleaned from the URL where somebody is signed in', async () => {
    const app = await startE2eApp(browser(), { storage: 'sessionStorage' });
    const page = await signInAt(app);
    await page.goto(app.origin + stray);
    await untilStatus(page, 'signedIn');
    await expect.poll(() => page.url(), patient).toBe(`${app.origin}/?tab=2#part`);
    expect(app.authorizations).toHaveLength(1);
    expect(app.provider.log.count()).toBe(1);
  });

  test('signs in afresh once where nobody is', async () => {
    const app = await startE2eApp(browser(), { begin: 'start' });
    const page = await app.open(stray);
    await page.waitForSelector('#username');
    await page.goto(app.origin + stray);
    await untilStatus(page, 'signedOut');
    expect(app.authorizations).toHaveLength(1);
    await expect.poll(() => page.url(), patient).toBe(`${app.origin}/?tab=2#part`);
  });

  test("comes from a bookmark of the provider's login page, and ends signed in", async () => {
    const app = await startE2eApp(browser());
    const page = await app.open();
    await page.waitForSelector('#username');
    const bookmarked = await app.visitor.newPage();
    await bookmarked.goto(page.url());
    await fillForm(bookmarked);
    await untilStatus(bookmarked, 'signedIn');
    await expect.poll(() => bookmarked.url(), patient).toBe(`${app.origin}/`);
  });
});

describe('a page that its user does not want to leave', () => {
  test('is told that the sign-in was given up, and a new one works', async () => {
    const app = await startE2eApp(browser(), { begin: 'start' });
    const page = await app.visitor.newPage();
    await page.clock.install();
    await page.goto(app.origin);
    await untilStatus(page, 'signedOut');
    await page.evaluate(() => window.addEventListener('beforeunload', (event) => event.preventDefault()));
    // Chromium asks only users who have touched the page.
    await page.mouse.click(5, 5);
    const asked = page.waitForEvent('dialog');
    await beginSignIn(page);
    await (await asked).dismiss();
    await expect.poll(() => stateOf(page), patient).toMatchObject({ status: 'loading' });
    await page.clock.runFor(31_000);
    await expect
      .poll(() => stateOf(page), patient)
      .toMatchObject({ status: 'signedOut', failure: 'sign_in_cancelled', error: undefined });
    page.on('dialog', (dialog) => void dialog.accept());
    await beginSignIn(page);
    await fillForm(page);
    await untilStatus(page, 'signedIn');
  });
});

describe('the Back button at the provider', () => {
  test('cancels the sign-in of a page in the back/forward cache, and a new one works', async () => {
    const app = await startE2eApp(browser(), { begin: 'start' });
    const page = await app.open();
    await untilStatus(page, 'signedOut');
    await beginSignIn(page);
    await page.waitForSelector('#username');
    await page.goBack({ waitUntil: 'commit' });
    await untilStatus(page, 'signedOut');
    await expect
      .poll(() => stateOf(page), patient)
      .toMatchObject({ restored: true, failure: 'sign_in_cancelled' });
    await beginSignIn(page);
    await fillForm(page);
    await untilStatus(page, 'signedIn');
  });

  test('cancels the sign-in of a page that is loaded anew, and a new one works', async () => {
    const app = await startE2eApp(browser(), { begin: 'start' });
    const page = await app.open();
    await untilStatus(page, 'signedOut');
    // This keeps a page out of the back/forward cache.
    await page.evaluate(() => window.addEventListener('unload', () => {}));
    await beginSignIn(page);
    await page.waitForSelector('#username');
    await page.goBack({ waitUntil: 'commit' });
    await untilStatus(page, 'signedOut');
    await expect.poll(() => stateOf(page), patient).toMatchObject({ restored: false, who: 'nobody' });
    await beginSignIn(page);
    await fillForm(page);
    await untilStatus(page, 'signedIn');
  });

  test('leads past a page that left by itself: require() is not in the history', async () => {
    const app = await startE2eApp(browser());
    const page = await app.visitor.newPage();
    await page.goto(`${app.origin}/elsewhere`);
    await page.goto(app.origin, { waitUntil: 'commit' });
    await page.waitForSelector('#username');
    await page.goBack({ waitUntil: 'commit' });
    await expect.poll(() => page.url(), patient).toBe(`${app.origin}/elsewhere`);
  });

  test('skips a page that left by itself', async () => {
    const app = await startE2eApp(browser(), { begin: 'start' });
    const page = await app.open('/elsewhere');
    await page.goto(`${app.origin}/?code=stray&state=stray`);
    await page.waitForSelector('#username');
    await page.goBack({ waitUntil: 'commit' });
    await expect.poll(() => page.title(), patient).toBe('Elsewhere');
  });
});

describe('require()', () => {
  test('ends a loop: the third time that the provider sends the page back without a session is an error', async () => {
    const app = await startE2eApp(browser(), { begin: 'nothing' });
    const endpoint = `${app.server.origin}/bounce`;
    app.set({ begin: 'require', session: { endpoints: { authorization_endpoint: endpoint } } });
    let bounces = 0;
    app.visitor.on('request', (request) => void (bounces += Number(request.url().startsWith(endpoint))));
    const page = await app.open('/here');
    await page.waitForFunction(() => window.e2e?.failure);
    await expect
      .poll(() => stateOf(page), patient)
      .toMatchObject({ failure: 'sign_in_loop', status: 'signedOut' });
    expect(bounces).toBe(3);
  });

  test('takes no for an answer: a refused sign-in is an error and no loop', async () => {
    const app = await startE2eApp(browser());
    const page = await app.open('/here');
    await page.click('button[name=cancel]');
    await page.waitForFunction(() => window.e2e?.failure);
    await expect
      .poll(() => stateOf(page), patient)
      .toMatchObject({
        failure: 'sign_in_refused',
        error: 'sign_in_refused',
        status: 'signedOut',
      });
    await expect.poll(() => page.url(), patient).toBe(`${app.origin}/here`);
    expect(app.authorizations).toHaveLength(1);
  });

  test('waits on a hidden page until it is seen', async () => {
    const app = await startE2eApp(browser());
    await app.visitor.addInitScript(() => {
      let state = 'hidden';
      Object.defineProperty(document, 'visibilityState', { get: () => state });
      window.addEventListener('show', () => {
        state = 'visible';
        document.dispatchEvent(new Event('visibilitychange'));
      });
    });
    const page = await app.open();
    await page.evaluate(async () => void (await window.e2e.session.ready, await fetch('/elsewhere')));
    expect(app.authorizations).toEqual([]);
    await page.evaluate(() => void window.dispatchEvent(new Event('show')));
    await fillForm(page);
    await untilStatus(page, 'signedIn');
  });
});
