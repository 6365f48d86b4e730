import { createServer } from 'node:http';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { listen } from '../../docs/demo/http/listen.ts';
import { type DemoProvider, startProvider } from '../../docs/demo/provider.ts';
import { fillForm, patient, useChromium } from '../support/e2eApp.ts';
import { prepareStarter, type Starter, type StarterServer } from '../support/starter.ts';
import { visitShortSvelteDocs, visitSvelteDocs } from '../support/svelteDocs.ts';

const browser = useChromium();
let starter: Starter;
beforeAll(async () => {
  starter = await prepareStarter('sveltekit');
});

const loading = '<output id="status">loading</output>';

describe('the starter for SvelteKit', () => {
  test('has no type error, the declarations of what it uses included', async () => {
    await expect(starter.run('check')).resolves.toBeUndefined();
  });

  test('runs what docs/svelte.md has its reader write', async () => {
    await expect(visitSvelteDocs(browser(), starter)).resolves.toBeUndefined();
  });

  test('runs what the shortest path of docs/svelte.md leads to', async () => {
    await expect(visitShortSvelteDocs(browser(), starter)).resolves.toBeUndefined();
  });
});

describe.each([
  { mode: 'preview', base: '', redirectPath: undefined },
  // The provider comes back to a guarded page, while Kit waits for its guard.
  { mode: 'dev', base: '/app', redirectPath: '/app/items' },
])('SvelteKit, vite $mode', ({ mode, base, redirectPath }) => {
  let provider: DemoProvider;
  let server: StarterServer;

  const serve = (issuer: string): Promise<StarterServer> =>
    starter.serve(['vite', mode, '--host', 'localhost', '--port', '0'], {
      PUBLIC_ISSUER: issuer,
      BASE_PATH: base,
      ...(redirectPath && { PUBLIC_REDIRECT_PATH: redirectPath }),
    });

  beforeAll(async () => {
    if (mode === 'preview') await starter.run('build');
    // Lives are short, so that the end of a session is noticed soon.
    provider = await startProvider({ host: 'localhost', accessTokenSeconds: 10, refreshTokenSeconds: 1800 });
    server = await serve(provider.issuer);
  });
  afterAll(async () => {
    await server?.stop();
    await provider?.stop();
  });

  /** A visitor's page, what it complains of, and how often it went to the provider. */
  const open = async (path: string) => {
    const visitor = await browser().newContext();
    onTestFinished(() => visitor.close());
    visitor.setDefaultTimeout(60_000);
    const [complaints, signIns]: [string[], string[]] = [[], []];
    visitor.on('console', (message) => {
      if (['warning', 'error'].includes(message.type())) complaints.push(message.text());
    });
    visitor.on('weberror', (error) => void complaints.push(error.error().message));
    visitor.on('request', (request) => {
      const isTop = request.isNavigationRequest() && request.frame().parentFrame() === null;
      if (isTop && request.url().startsWith(`${provider.issuer}/auth?`)) signIns.push(request.url());
    });
    const page = await visitor.newPage();
    await page.goto(server.origin + base + path, { waitUntil: 'commit' });
    return { page, complaints, signIns };
  };
  const pathOf = (page: Page): string => page.url().replace(server.origin + base, '');
  /** Its path, and what an element of it says. */
  const shown = (page: Page, element: string) => async (): Promise<[path: string, text: string | null]> => [
    pathOf(page),
    await page.textContent(element, { timeout: 100 }).catch(() => null),
  ];

  test('a server renders that nothing is known yet, and asks nobody', async () => {
    let requests = 0;
    const issuer = await listen(
      createServer((_, response) => {
        requests++;
        response.end();
      }),
      0,
    );
    onTestFinished(issuer.stop);
    const own = await serve(`http://localhost:${issuer.port}`);
    onTestFinished(own.stop);
    const htmlOf = async (path: string) => (await fetch(own.origin + base + path)).text();
    expect(await htmlOf('/')).toContain(loading);
    const guarded = await htmlOf('/items?x=1');
    expect(guarded).toContain(loading);
    expect(guarded).toContain('One moment …');
    expect([await htmlOf('/status'), requests]).toEqual(['loading', 0]);
  });

  test('a deep link leads to a sign-in and back to its page, and the HTML is taken over', async () => {
    const { page, complaints, signIns } = await open('/items?x=1#part');
    await fillForm(page);
    await expect.poll(shown(page, '#items'), patient).toEqual(['/items?x=1#part', 'Items 1 of Ada User']);
    expect(signIns).toHaveLength(1);
    expect(await page.locator('nav').count()).toBe(1);

    // Now the session is known before Svelte takes over what the server has rendered.
    await page.reload({ waitUntil: 'commit' });
    await expect.poll(shown(page, '#items'), patient).toEqual(['/items?x=1#part', 'Items 1 of Ada User']);
    expect(await page.getAttribute('#who', 'src')).toContain('green');
    expect(complaints).toEqual([]);
  });

  test('whoever signs in on a page for everybody comes back to it', async () => {
    const { page, complaints } = await open('/');
    await page.click('text=Sign in');
    await fillForm(page);
    await expect.poll(shown(page, '#status'), patient).toEqual(['/', 'signedIn']);
    expect(await page.locator('h1').allTextContents()).toEqual(['Home']);
    expect(complaints).toEqual([]);
  });

  test('a page that no server renders is shown with its user', async () => {
    const { page, complaints } = await open('/account');
    await fillForm(page);
    await expect.poll(shown(page, '#account'), patient).toEqual(['/account', 'Account of Ada User']);
    expect(complaints).toEqual([]);
  });

  test('to hover over a link signs nobody in, and to click it does', async () => {
    const { page, signIns } = await open('/');
    await expect.poll(shown(page, '#status'), patient).toEqual(['/', 'signedOut']);
    const preloaded = page.waitForResponse((response) => /nodes\/|items/.test(response.url()));
    await page.hover('text=Items');
    await preloaded;
    // What it loads for a link that nobody clicks does not get in the way of another.
    await page.click('text=Home');
    await expect.poll(shown(page, 'h1'), patient).toEqual(['/', 'Home']);
    expect(signIns).toEqual([]);
    await page.hover('text=Items');
    await page.click('text=Items');
    await fillForm(page);
    await expect.poll(shown(page, '#items'), patient).toEqual(['/items?x=2#two', 'Items 2 of Ada User']);
    expect(signIns).toHaveLength(1);
    expect(provider.failures).toEqual([]);
  });

  test('who signs out on a guarded page leaves it', async () => {
    const { page } = await open('/items?x=1#part');
    await fillForm(page);
    await expect.poll(shown(page, '#items'), patient).toEqual(['/items?x=1#part', 'Items 1 of Ada User']);
    await page.click('text=Sign out here');
    await expect.poll(shown(page, '#status'), patient).toEqual(['/', 'signedOut']);
    expect(await page.locator('#items').count()).toBe(0);
  });

  test('when the session ends the page is left for one that says so and knows the way back', async () => {
    const { page } = await open('/items?x=1#part');
    await fillForm(page);
    await expect.poll(shown(page, '#items'), patient).toEqual(['/items?x=1#part', 'Items 1 of Ada User']);
    // Else a silent sign-in would go on with the session at the provider.
    provider.endSessions();
    provider.revokeAll();
    await expect.poll(shown(page, '#reason'), patient).toEqual(['/ended', 'revoked']);
    await page.click('text=Sign in again');
    await fillForm(page);
    await expect.poll(shown(page, '#items'), patient).toEqual(['/items?x=1#part', 'Items 1 of Ada User']);
  });
});
