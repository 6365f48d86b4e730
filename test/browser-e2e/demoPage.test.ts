import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type Demo, startDemo } from '../../docs/demo/demo.ts';
import { chromiumArgs, findChromium } from '../support/chromium.ts';

const seen = { timeout: 60_000, interval: 100 };

let demo: Demo;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  demo = await startDemo({ port: 0 });
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
  complaints = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
  await page.goto(demo.page.origin);
});

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
    await expect.poll(lives, { ...seen, timeout: 100_000 }).toBeGreaterThanOrEqual(4);
    expect(demo.backend.report().arrived).toBe(arrived);
    await expect.poll(() => text('#status'), seen).toBe('signedIn');
  });

  test('has every request of a burst answered', async () => {
    await signIn();
    await page.click('#burst');
    await expect.poll(journal, seen).toContain('100 × 200');
    expect(demo.backend.report()).toMatchObject({ expired: 0 });
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
    await expect.poll(() => text('#announcement'), seen).toContain('does not honour its tokens');
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

  test('lets no expired token reach the API in any of this', () => {
    expect(demo.backend.report().expired).toBe(0);
  });
});
