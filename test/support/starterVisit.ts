import type { Browser } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { fillForm, patient } from './e2eApp.ts';

/**
 * One visit of a starter's app: a deep link leads to a sign-in and back to its page, also after a reload, and whoever signs
 * out there leaves it. The browser's console has nothing to complain of.
 *
 * @param origin Where the app is served
 */
export const visitStarter = async (browser: Browser, origin: string): Promise<void> => {
  const visitor = await browser.newContext();
  onTestFinished(() => visitor.close());
  visitor.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  visitor.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) complaints.push(message.text());
  });
  visitor.on('weberror', (error) => void complaints.push(error.error().message));
  const page = await visitor.newPage();
  /** Its path, and the heading that can be seen. */
  const shown = async (): Promise<[path: string, heading: string | null]> => [
    page.url().replace(origin, ''),
    await page.textContent('h1:visible', { timeout: 100 }).catch(() => null),
  ];
  const deepLink = '/items?sort=name#salt';

  await page.goto(origin + deepLink, { waitUntil: 'commit' });
  await fillForm(page);
  await expect.poll(shown, patient).toEqual([deepLink, 'Items of Ada User']);

  await page.reload({ waitUntil: 'commit' });
  await expect.poll(shown, patient).toEqual([deepLink, 'Items of Ada User']);

  await page.click('text=Sign out');
  await expect.poll(shown, patient).toEqual(['/', 'Home']);
  expect(complaints).toEqual([]);
};
