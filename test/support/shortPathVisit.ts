import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { signInAtProvider } from './exampleVisit.ts';

/** What a reader has in place of the example addresses, and a user who counts as away soon and has to say that they are there. */
export const shortPathFacts = (issuer: string): Record<string, string> => ({
  'https://id.example.com/realms/app': issuer,
  "'web'": "'demo', idle: { after: 1000, signOutAfter: 22_000, warnBefore: 20_000, confirm: true }",
});

/**
 * One visit of the app at the end of a shortest path: a sign-in leads to the guarded page, and a modal dialog with the focus in
 * it asks whoever does nothing, until they say that they are there. The browser has nothing to complain of.
 *
 * @param address A guarded page
 * @param shown What that page says
 */
export const visitShortPath = async (browser: Browser, address: string, shown: string): Promise<void> => {
  const visitor = await browser.newContext();
  try {
    const complaints: string[] = [];
    visitor.on('weberror', (error) => void complaints.push(error.error().message));
    const page = await visitor.newPage();
    page.setDefaultTimeout(60_000);

    await page.goto(address);
    await signInAtProvider(page);
    await page.getByText(shown).waitFor();
    // The address is put right after the page is shown.
    await page.waitForURL(({ href }) => href === address);

    const dialog = page.getByRole('alertdialog', {
      name: /^Are you still there\? You will be signed out in \d+ seconds\.$/,
    });
    await dialog.waitFor();
    expect(await dialog.evaluate((element) => element.matches(':modal'))).toBe(true);
    const stay = dialog.getByRole('button', { name: 'Stay signed in' });
    expect(await stay.evaluate((element) => element === document.activeElement)).toBe(true);
    await stay.click();
    await dialog.waitFor({ state: 'hidden' });

    // Escape stays, too: else the browser would have closed the dialog, and the session would end unseen.
    await dialog.waitFor();
    const loads: string[] = [];
    page.on('request', (request) => request.isNavigationRequest() && loads.push(request.url()));
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await dialog.waitFor();
    expect(loads).toEqual([]);
    await page.getByText(shown).waitFor();
    expect(complaints).toEqual([]);
  } finally {
    await visitor.close();
  }
};
