import { describe, expect, test } from 'vitest';
import { axeViolations } from '../support/axe.ts';
import { readUntil, signInAtProvider, useVisits } from '../support/exampleVisit.ts';

const visit = useVisits();

describe('pages without a framework', { concurrent: true }, () => {
  test('the one in plain JavaScript signs in, loads, warns and ends', async (context) => {
    const { demo, page, complaints } = await visit('plain', context);
    await page.goto(demo.page.origin);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await signInAtProvider(page);
    await page.getByRole('button', { name: 'Load the items' }).click();
    await page.getByText('salt').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await readUntil(page, () => demo.backend.report().renewals > 1);
    await page.getByRole('alertdialog').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByText('The session is over').waitFor();
    expect(await page.getByText('salt').count()).toBe(0);
    expect(demo.backend.report().expired).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('the one with plain XState starts the machine, which renews while somebody is there, and ends', async (context) => {
    const { demo, page, complaints } = await visit('machine', context);
    await page.goto(demo.page.origin);
    const state = page.getByLabel('State of the machine');
    await state.getByText('anonymous.settled').waitFor();
    await page.getByLabel('User name').fill('user1');
    await page.getByLabel('Password').fill('password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await state.getByText('authenticated').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await readUntil(page, () => demo.backend.report().renewals > 1);
    await page.getByRole('button', { name: 'Renew' }).click();
    await state.getByText('idle').waitFor();
    await state.getByText('expired').waitFor();
    expect(await page.locator('#facts').innerText()).toMatch(/signedIn[^]*renewed[^]*idled[^]*expired/);
    expect(complaints).toEqual([]);
  });
});
