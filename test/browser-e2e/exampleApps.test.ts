import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Demo } from '../../docs/demo/demo.ts';
import { exampleApps } from '../../docs/demo/server/exampleApps.ts';
import { axeViolations } from '../support/axe.ts';
import { readUntil, signInAtProvider, useVisits } from '../support/exampleVisit.ts';

const deepLink = '/items?sort=name#salt';
const visit = useVisits();

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const shown = (page: Page, demo: Demo) => page.url().replace(demo.page.origin, '');

const apps = exampleApps.filter((name) => name !== 'plain' && name !== 'machine');

describe.each(apps)('the example app: %s', { concurrent: true }, (app) => {
  test('a deep link leads through the sign-in to the page that was asked for', async (context) => {
    const { demo, page, complaints } = await visit(app, context);
    await page.goto(demo.page.origin + deepLink);
    await signInAtProvider(page);
    await heading(page, 'Items of ').waitFor();
    await page.getByText('salt').waitFor();
    expect(shown(page, demo)).toBe(deepLink);

    // A reload asks nobody.
    await page.reload();
    await page.getByText('salt').waitFor();
    expect(shown(page, demo)).toBe(deepLink);
    expect(complaints).toEqual([]);
  });

  test('a link leads there too, and Back to where the link is', async (context) => {
    const { demo, page, complaints } = await visit(app, context);
    await page.goto(demo.page.origin);
    await heading(page, 'Home').waitFor();
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Items' }).click();
    await page.getByLabel('User name').waitFor();

    // Back at the provider: the page that has the link, which works again.
    await page.goBack();
    await heading(page, 'Home').waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Items' }).click();
    await signInAtProvider(page);
    await heading(page, 'Items of ').waitFor();
    expect(shown(page, demo)).toBe('/items');
    await page.getByRole('navigation').getByRole('link', { name: 'Home' }).click();
    await heading(page, 'Home').waitFor();
    await page.goBack();
    await heading(page, 'Items of ').waitFor();
    expect(complaints).toEqual([]);
  });

  test('a session lives by moving the mouse, warns, can be kept, and ends', async (context) => {
    const { demo, page, complaints } = await visit(app, context);
    const { report } = demo.backend;
    await page.goto(demo.page.origin + deepLink);
    await signInAtProvider(page);
    await page.getByText('salt').waitFor();

    await readUntil(page, () => report().renewals > 1);
    const dialog = page.getByRole('alertdialog');
    await dialog.waitFor();
    expect(await page.getByLabel('State of the session').innerText()).toBe('idle.warning');
    expect(await dialog.innerText()).toContain('You will be signed out in less than');
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Stay signed in');

    // A reload is no sign of presence: the warning goes on.
    await page.reload();
    await dialog.waitFor();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('salt').waitFor();

    await heading(page, 'You were signed out').waitFor();
    expect(await page.getByText('bread').count()).toBe(0);
    expect(shown(page, demo)).toBe('/ended');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByText('salt').waitFor();
    expect(shown(page, demo)).toBe(deepLink);

    expect(report().expired).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('a sign-out on a guarded page leaves it, and a password form signs in again', async (context) => {
    const { demo, page, complaints } = await visit(app, context);
    await page.goto(`${demo.page.origin}/items`);
    await signInAtProvider(page);
    await page.getByText('salt').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('Nobody is signed in').waitFor();
    expect(shown(page, demo)).toBe('/');

    await page.getByText('Sign in with a password form').click();
    await page.getByLabel('User name').fill('user2');
    await page.getByLabel('Password').fill('password');
    await page.getByRole('button', { name: 'Sign in with the password' }).click();
    await page.getByText('You are signed in as').waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Items' }).click();
    await page.getByText('salt').waitFor();
    // The password grant is discouraged, and says so.
    expect(complaints).toEqual([expect.stringContaining('RFC 9700')]);
  });

  test.for([
    ['in light colours', { colorScheme: 'light' }],
    ['in dark colours on a phone', { colorScheme: 'dark', viewport: { width: 360, height: 740 } }],
  ] as const)('axe finds nothing %s', async ([, looks], context) => {
    const { demo, page } = await visit(app, context, looks);
    const found: string[] = [];
    const examine = async (): Promise<void> => void found.push(...(await axeViolations(page)));

    await page.goto(demo.page.origin);
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    await page.getByText('Sign in with a password form').click();
    await examine();
    await page.getByRole('navigation').getByRole('link', { name: 'Items' }).click();
    await signInAtProvider(page);
    await page.getByText('salt').waitFor();
    await examine();
    await page.getByRole('alertdialog').waitFor();
    await examine();
    await heading(page, 'You were signed out').waitFor();
    await examine();
    expect(found).toEqual([]);
    // A phone scrolls in one direction only.
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });
});
