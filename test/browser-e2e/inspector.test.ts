import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { axeViolations } from '../support/axe.ts';
import { calmLives, signInAtProvider, useVisits } from '../support/exampleVisit.ts';

const visit = useVisits();

/** What the inspector looks like, for people to look at. */
const pictures = fileURLToPath(new URL('../../dist/screenshots/', import.meta.url));

describe('the inspector of the demo page', { concurrent: true }, () => {
  test.for([
    ['light', { colorScheme: 'light', viewport: { width: 1200, height: 1000 } }],
    ['dark', { colorScheme: 'dark', viewport: { width: 1200, height: 1000 } }],
    ['phone', { colorScheme: 'light', viewport: { width: 360, height: 780 } }],
    ['forced', { forcedColors: 'active', viewport: { width: 1200, height: 1000 } }],
  ] as const)('comes back after a sign-in, and axe finds nothing: %s', async ([name, looks], context) => {
    const { demo, page } = await visit(undefined, context, looks, calmLives);
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['warning', 'error'].includes(message.type())) complaints.push(message.text());
    });
    await page.goto(demo.page.origin);
    await page.click('#inspector');
    const state = page.locator('.docked .state');
    await state.getByText('anonymous.settled').waitFor();
    await page.evaluate(() => document.querySelector<HTMLElement>('#sign-in')?.click());
    await signInAtProvider(page);
    await state.getByText('authenticated').waitFor();
    await page.getByText('What will happen by itself').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await mkdir(pictures, { recursive: true });
    await page.screenshot({ path: `${pictures}inspector-${name}.png` });
    // The panel has a width of its own, and scrolls in one direction only.
    const body = page.locator('.docked .body');
    expect(await body.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);

    await page.getByRole('button', { name: 'Close the inspector' }).click();
    await page.locator('#inspector[aria-pressed=false]').waitFor();
    await page.reload();
    await page.locator('body:not([data-status=loading])').waitFor();
    expect(await page.locator('.docked').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
