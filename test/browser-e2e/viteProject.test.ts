import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { fillForm, patient, startE2eApp, useChromium } from '../support/e2eApp.ts';
import { startViteProject } from '../support/viteProject.ts';

const browser = useChromium();
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const sample = /^```ts\n(.*?)^```$/ms.exec(readme)![1]!;

const untilGreeted = async (page: Page): Promise<void> => {
  await expect
    .poll(() => page.evaluate(() => document.body?.innerText).catch(String), patient)
    .toBe('Hello Ada User, the API says 200');
};

/** Presses Back so often, or Forward. */
const walk = async (page: Page, steps: number, to: string): Promise<void> => {
  const arrived = page.waitForURL((url) => url.href.startsWith(to), { waitUntil: 'commit' });
  await page.evaluate((by) => setTimeout(() => history.go(by)), steps);
  await arrived;
};

describe.each(['dev', 'build'] as const)(
  'the first sample of the README in an empty Vite project, %s',
  (mode) => {
    test('works, and survives reload, Back and a bookmark of the login page', async ({ onTestFinished }) => {
      const app = await startE2eApp(browser());
      const { issuer, clients } = app.provider;
      const main = sample
        .replace('https://id.example.com/realms/app', issuer)
        .replace("'web'", `'${clients.demo.clientId}'`)
        .replaceAll('https://api.example.com', app.api.origin)
        .replace('/todos', '/items');
      const project = await startViteProject(main, mode);
      onTestFinished(() => project.stop());

      const page = await app.visitor.newPage();
      await page.goto(`${project.origin}/`, { waitUntil: 'commit' });
      await page.waitForSelector('#username');
      // No step back leads to the page that left by itself, and would leave again.
      await walk(page, -1, 'about:blank');
      await walk(page, 1, issuer);
      await fillForm(page);
      await untilGreeted(page);
      await expect.poll(() => page.url(), patient).toBe(`${project.origin}/`);

      await page.reload({ waitUntil: 'commit' });
      await untilGreeted(page);

      await walk(page, -1, issuer);
      await walk(page, 1, project.origin);
      await untilGreeted(page);

      const bookmarked = await app.visitor.newPage();
      await bookmarked.goto(app.authorizations[0]!.href, { waitUntil: 'commit' });
      await untilGreeted(bookmarked);
      await expect.poll(() => bookmarked.url(), patient).toBe(`${project.origin}/`);
    });
  },
);
