import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { axeViolations } from '../support/axe.ts';
import { calmLives, longWarning, signInAtProvider, useVisits } from '../support/exampleVisit.ts';

const visit = useVisits();

const phoneWidths = [320, 360, 400];

const styleOf = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const { backgroundColor, transitionDuration } = getComputedStyle(element);
      return { backgroundColor, transitionDuration };
    });

const levels = (page: Page) =>
  page.locator('h1, h2, h3, h4').evaluateAll((headings) => headings.map(({ tagName }) => tagName));

/** A page scrolls in one direction only. */
const widthsThatScroll = async (page: Page): Promise<number[]> => {
  const found: number[] = [];
  for (const width of phoneWidths) {
    await page.setViewportSize({ width, height: 740 });
    if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) found.push(width);
  }
  return found;
};

describe('the looks of the demo page', { concurrent: true }, () => {
  test.for([
    ['in light colours', { colorScheme: 'light' }],
    ['in dark colours on a phone', { colorScheme: 'dark', viewport: { width: 360, height: 740 } }],
    ['in forced colours', { forcedColors: 'active' }],
  ] as const)('axe finds nothing %s, from the sign-in to the end', async ([, looks], context) => {
    const { demo, page } = await visit(undefined, context, looks, longWarning);
    const found: Record<string, string[]> = {};
    const examine = async (when: string): Promise<void> => void (found[when] = await axeViolations(page));

    await page.goto(demo.page.origin);
    await page.getByText('Or with a password form').click();
    await examine('signed out');
    await page.click('#sign-in');
    await signInAtProvider(page);
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await page.click('#one');
    await page.getByText('GET /items').waitFor();
    await examine('signed in');
    await page.getByRole('alertdialog').waitFor();
    await examine('warned');
    await page.evaluate(() => fetch('/trouble/endSignIn', { method: 'POST' }));
    await page.mouse.move(50, 50);
    await page.locator('body[data-state=expired]').waitFor();
    await examine('expired');
    expect(found).toEqual({ 'signed out': [], 'signed in': [], warned: [], expired: [] });
  });

  test('it has one first heading, in order, and fits a phone', async (context) => {
    const { demo, page } = await visit(undefined, context, {}, longWarning);
    await page.goto(demo.page.origin);
    await page.getByText('Or with a password form').click();
    expect(await levels(page)).toEqual(['H1', ...Array.from({ length: 10 }, () => 'H2')]);
    expect(await widthsThatScroll(page)).toEqual([]);
    await page.click('#sign-in');
    await signInAtProvider(page);
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await page.click('#one');
    await page.getByText('GET /items').waitFor();
    expect(await widthsThatScroll(page)).toEqual([]);
    await page.getByRole('alertdialog').waitFor();
    expect(await widthsThatScroll(page)).toEqual([]);
  });

  test('forced colours leave states, bars and buttons distinguishable', async (context) => {
    const { demo, page } = await visit(undefined, context, { forcedColors: 'active' }, calmLives);
    const styles = (...selectors: string[]) =>
      Promise.all(selectors.map((selector) => styleOf(page, selector)));
    await page.goto(demo.page.origin);
    // Its text stands on a strip of the user's background, which axe does not see.
    const [primary, plain] = await styles('#sign-in', '#renew');
    expect(primary?.backgroundColor).toBe(plain?.backgroundColor);
    await page.click('#sign-in');
    await signInAtProvider(page);
    await page.locator('body[data-state=authenticated]').waitFor();
    await page.click('#hold');

    // All at once: the session goes on.
    const outlined = await page.locator('#chart .wide .top').evaluateAll((states) =>
      states.map((state) => ({
        isLit: state.classList.contains('on'),
        line: getComputedStyle(state.querySelector('rect')!).stroke,
      })),
    );
    const [lit, ...otherLit] = outlined.filter(({ isLit }) => isLit);
    expect([otherLit, outlined.length]).toEqual([[], 5]);
    for (const { isLit, line } of outlined) expect(line === lit?.line).toBe(isLit);
    const [fill, bar] = await styles('#access .fill', '#access .bar');
    expect(fill?.backgroundColor).not.toBe(bar?.backgroundColor);
    const [pressed, released] = await styles('#hold', '#film');
    expect(pressed?.backgroundColor).not.toBe(released?.backgroundColor);
    const [done, open] = await page
      .locator('#steps > li')
      .evaluateAll((items) =>
        [items[0]!, items[4]!].map((item) => getComputedStyle(item, '::before').backgroundColor),
      );
    expect(done).not.toBe(open);
  });
});
