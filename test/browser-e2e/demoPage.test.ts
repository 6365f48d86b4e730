import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type Demo, startDemo } from '../../docs/demo/demo.ts';
import type { PageSettings } from '../../docs/demo/pageSettings.ts';
import { chromiumArgs, findChromium } from '../support/chromium.ts';
import { calmLives } from '../support/exampleVisit.ts';
import { noteHandOffs } from '../support/handOffs.ts';

const seen = { timeout: 60_000, interval: 100 };

/** A hundred requests at once can be on their way for longer than a token lives, where the machine has other work. */
const burst = 20;

let demo: Demo;
let browser: Browser;
let page: Page;
let complaints: string[];
/** What tokens had left when requests were handed to the network. */
const leftMs: number[] = [];

beforeAll(async () => {
  const lives = { accessTokenSeconds: 20, refreshTokenSeconds: 50, idleAfterSeconds: 20 };
  demo = await startDemo({ port: 0, lives });
  const executablePath = findChromium();
  browser = await chromium.launch({ ...(executablePath && { executablePath }), args: chromiumArgs });
});

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

beforeEach(async () => {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  page = await context.newPage();
  page.setDefaultTimeout(seen.timeout);
  await noteHandOffs(page, (left) => leftMs.push(left));
  complaints = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
  await changeSettings({ burst });
  await page.goto(demo.page.origin);
});

/** Has the page find other settings than the demo's. */
async function changeSettings(changes: Partial<PageSettings>, { origin } = demo.page): Promise<void> {
  const settings = (await (await fetch(`${origin}/settings.json`)).json()) as PageSettings;
  await page.route(`${origin}/settings.json`, (route) =>
    route.fulfill({ json: { ...settings, ...changes } }),
  );
}

const text = (selector: string) => page.locator(selector).innerText();
const generation = async () => Number((await text('#access .generation')).slice(1));
const state = () => page.locator('body').getAttribute('data-state');
const renewals = () => demo.backend.report().renewals;
/** Whatever else happened meanwhile: presence renews at its own times. */
const journal = () => text('#journal');

async function signIn(): Promise<void> {
  await page.click('#sign-in');
  await page.getByLabel('User name').fill('user1');
  await page.getByLabel('Password').fill('password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

/** The page says at once that it is signed out; only a new one has been to the provider and back. */
async function cameBack(leave: () => Promise<void>): Promise<void> {
  await page.evaluate(() => Object.assign(window, { isOld: true }));
  await leave();
  await page.waitForFunction(
    (home) => !('isOld' in window) && location.origin === home && document.readyState === 'complete',
    demo.page.origin,
  );
}

async function moveMouse(): Promise<void> {
  for (const x of [200, 260, 230]) await page.mouse.move(x, 40);
}

/** The steps that a screen reader hears are done. */
async function ticked(): Promise<(string | null)[]> {
  const items = await page.locator('#steps > li').filter({ hasText: 'Done:' }).all();
  return Promise.all(items.map((item) => item.getAttribute('data-step')));
}

/** For so long that the API agrees, however slow the answer was that brought it. */
async function untilCopyExpired(): Promise<void> {
  const life = async () => (await moveMouse(), text('#copy .value'));
  await expect.poll(life, seen).toMatch(/^expired ([3-9]|\d\d)/);
}

describe('the demo page', () => {
  test('signs in through the provider and comes back to a clean address', async () => {
    await signIn();
    await expect.poll(() => page.url(), seen).toBe(`${demo.page.origin}/`);
    await expect.poll(() => text('#user-name'), seen).toBe('Ada User');
    await expect.poll(state, seen).toBe('authenticated');
    expect(complaints).toEqual([]);
  });

  test('is kept alive by moves of the mouse alone, beyond the life of its access token', async () => {
    await signIn();
    const arrived = demo.backend.report().arrived;
    const lives = async () => (await moveMouse(), generation());
    await expect.poll(lives, { ...seen, timeout: 100_000 }).toBeGreaterThanOrEqual(3);
    expect(demo.backend.report().arrived).toBe(arrived);
    await expect.poll(() => text('#status'), seen).toBe('signedIn');
  });

  test('has every request of a burst answered', async () => {
    const calm = await startDemo({ port: 0, lives: calmLives });
    onTestFinished(calm.stop);
    await page.goto(calm.page.origin);
    await signIn();
    await page.click('#burst');
    await expect.poll(journal, seen).toContain('100 × 200');
    expect(calm.backend.report()).toMatchObject({ expired: 0 });
    await expect.poll(() => text('#count'), seen).toBe('0');
  });

  test('survives a reload', async () => {
    await signIn();
    await page.reload();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await expect.poll(() => text('#user-name'), seen).toBe('Ada User');
    expect(complaints).toEqual([]);
  });

  test('rides out a provider that is down', async () => {
    await signIn();
    await page.click('[data-trouble=unavailable]');
    await expect.poll(() => demo.backend.report().faultsLeft, seen).toBe(3);
    const before = renewals();
    const faultsLeft = async () => (await moveMouse(), demo.backend.report().faultsLeft);
    await expect.poll(faultsLeft, { ...seen, timeout: 100_000 }).toBe(0);
    await expect.poll(async () => (await moveMouse(), generation()), seen).toBeGreaterThan(1);
    await expect.poll(renewals, seen).toBeGreaterThanOrEqual(before + 4);
  });

  test('is rescued silently when its tokens are revoked', async () => {
    await signIn();
    const before = await generation();
    await page.click('[data-trouble=revoke]');
    await page.click('#renew');
    await expect.poll(generation, seen).toBeGreaterThan(before);
    await expect.poll(() => text('#status'), seen).toBe('signedIn');
  });

  test('says why the session is over when nothing is left to rescue', async () => {
    await signIn();
    await page.click('[data-trouble=endSignIn]');
    await page.click('#renew');
    await expect.poll(state, seen).toBe('expired');
    await expect.poll(() => text('#announcement'), seen).toContain('no longer accepts its tokens');
  });

  test('signs in with the password form', async () => {
    await page.getByText('Or with a password form').click();
    await page.locator('#password-form').getByRole('button').click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await page.click('#one');
    await expect.poll(journal, seen).toContain('200');
  });

  test('stays signed out after a sign-out, also over a reload', async () => {
    await signIn();
    await cameBack(() => page.click('#sign-out'));
    await page.getByRole('button', { name: 'Sign in at the provider' }).waitFor();
    await page.reload();
    await expect.poll(() => text('#announcement'), seen).toBe('Nobody is signed in.');
    await expect.poll(() => text('#status'), seen).toBe('signedOut');
  });

  test('counts a naive client beside the session, whose expired tokens do reach the API', async () => {
    const { naive } = demo.backend.report();
    await signIn();
    await page.click('#one');
    await expect.poll(() => demo.backend.report().naive.arrived, seen).toBe(naive.arrived + 1);
    await untilCopyExpired();
    await page.click('#one');
    await expect.poll(journal, seen).toContain('401, then 200');
    const { expired, naive: now } = demo.backend.report();
    expect(now).toMatchObject({ arrived: naive.arrived + 3, expired: naive.expired + 1 });
    await expect.poll(() => text('#naive .count'), seen).toBe(String(now.expired));
    expect(await text('#count')).toBe(String(expired));
    expect(Number.parseInt(await text('#copy .value'), 10)).toBeGreaterThan(0);
  });

  test('takes the copy of the naive client away when the session ends', async () => {
    await signIn();
    await expect.poll(() => text('#copy .value'), seen).toMatch(/ s$/);
    await page.click('[data-trouble=endSignIn]');
    await page.click('#renew');
    await expect.poll(state, seen).toBe('expired');
    expect(await text('#copy .value')).toBe('–');
    const { arrived } = demo.backend.report().naive;
    await page.click('#one');
    await expect.poll(journal, seen).toContain('held back: signed_out');
    await page.click('#burst');
    await expect.poll(journal, seen).toContain(`${burst} × held back: signed_out`);
    expect(demo.backend.report().naive.arrived).toBe(arrived);
  });

  test('ticks off what there is to try once it has really happened', async () => {
    expect(await ticked()).toEqual([]);
    await signIn();
    await expect.poll(ticked, seen).toEqual(['signIn']);

    // Neither a renewal by a button nor a burst while the naive client's copy is good counts.
    const first = await generation();
    await page.click('#renew');
    await expect.poll(generation, seen).toBeGreaterThan(first);
    expect(await ticked()).toEqual(['signIn']);
    expect(await page.locator('#steps [aria-current=step]').getAttribute('data-step')).toBe('renewal');
    await page.click('#burst');
    await expect.poll(journal, seen).toContain(`${burst} × 200`);

    await expect.poll(async () => (await moveMouse(), ticked()), seen).toEqual(['signIn', 'renewal']);
    await untilCopyExpired();
    await page.click('#burst');
    await expect
      .poll(async () => (await moveMouse(), ticked()), seen)
      .toEqual(['signIn', 'renewal', 'burst']);

    await page.click('[data-trouble=unavailable]');
    await expect.poll(async () => (await moveMouse(), ticked()), seen).toContain('outage');
    await page.reload();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    expect(await ticked()).toEqual(['signIn', 'renewal', 'burst', 'outage']);
    expect(await text('#steps-progress')).toBe('4 of 5 done');

    await page.getByRole('alertdialog').waitFor({ timeout: 120_000 });
    await expect.poll(() => text('#steps-progress'), seen).toBe('All done');
    await moveMouse();
    await page.getByRole('button', { name: 'Start over' }).click();
    await expect.poll(ticked, seen).toEqual(['signIn']);
  });

  test('has another last step where the provider is not ours to break', async () => {
    const [adminConsole, troubles] = ['http://localhost:1/admin', []];
    await changeSettings({ adminConsole, troubles });
    await page.reload();
    await signIn();
    expect(await text('[data-step=outage]')).toContain('admin console');
    expect(await text('[data-step=outage]')).not.toContain('Provider down');
    await page.evaluate(() => fetch('/trouble/endSignIn', { method: 'POST' }));
    await page.click('#renew');
    await expect.poll(state, seen).toBe('expired');
    expect(await ticked()).toContain('outage');
  });

  // Requests at once can be on their way for long; how many tokens expired there is told, and not judged.
  test('hands no token to the network in any of this that has not a fifth of its life left', () => {
    console.log(`${leftMs.length} requests, ${demo.backend.report().expired} expired on the way`);
    expect(leftMs.length).toBeGreaterThan(130);
    // The gate goes by when the token was asked for, and `exp` is in whole seconds.
    expect(Math.min(...leftMs)).toBeGreaterThan(3000);
  });
});
