import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, type TestContext } from 'vitest';
import { type Demo, startDemo } from '../../docs/demo/demo.ts';
import type { DemoLives } from '../../docs/demo/embeddedBackend.ts';
import type { ExampleApp } from '../../docs/demo/server/exampleApps.ts';
import { signInPath } from '../../docs/demo/provider/signInPage.ts';
import { chromiumArgs, findChromium } from './chromium.ts';

/** So short that a minute shows everything. */
const shortLives: DemoLives = { accessTokenSeconds: 8, refreshTokenSeconds: 24, idleAfterSeconds: 10 };

/** Nothing ends by itself while a slow machine looks at a page. */
export const calmLives: DemoLives = {
  accessTokenSeconds: 300,
  refreshTokenSeconds: 1800,
  idleAfterSeconds: 900,
};

/** The warning comes after half a minute, and stays for as long as it takes to look at it. */
export const longWarning: DemoLives = {
  accessTokenSeconds: 8,
  refreshTokenSeconds: 600,
  idleAfterSeconds: 10,
  warnBeforeSeconds: 580,
};

/** An example app or the demo's own page, its visitor, and what the browser complained of. */
interface Visit {
  readonly demo: Demo;
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** Lets somebody visit an example app, or the demo's own page where none is named. Tests run side by side, so that each says by its context whose end to wait for. */
export type VisitExample = (
  app: ExampleApp | undefined,
  context: TestContext,
  looks?: BrowserContextOptions,
  lives?: DemoLives,
) => Promise<Visit>;

/** One browser for all visits of a test file. */
export const useVisits = (): VisitExample => {
  let browser: Browser;
  beforeAll(async () => {
    const executablePath = findChromium();
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: chromiumArgs });
  });
  afterAll(() => browser?.close());

  return async (app, { onTestFinished, task }, looks = {}, lives = shortLives) => {
    const demo = await startDemo({ port: 0, app, lives });
    onTestFinished(demo.stop);
    const context = await browser.newContext(looks);
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(90_000);
    const complaints: string[] = [];
    onTestFinished(async () => {
      if (task.result?.state !== 'fail') return;
      console.error(
        'The page at the end:',
        page.url(),
        await page.locator('body').ariaSnapshot(),
        complaints,
      );
    });
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    return { demo, page, complaints };
  };
};

/** Signs in on the provider's page. An example's own password form has the same labels, so that the page is awaited first. */
export const signInAtProvider = async (page: Page): Promise<void> => {
  await page.waitForURL(({ pathname }) => pathname.startsWith(signInPath('')));
  await page.getByLabel('User name').fill('user1');
  await page.getByLabel('Password').fill('password');
  await page.getByRole('button', { name: 'Sign in' }).click();
};

/** Moves the mouse, as somebody does who reads, until this is so. */
export const readUntil = async (page: Page, isDone: () => boolean): Promise<void> => {
  for (let step = 0; !isDone(); step++) {
    await page.mouse.move(100 + (step % 100), 300);
    await page.waitForTimeout(100);
  }
};
