import { expect, test } from 'vitest';
import { useChromium } from '../support/e2eApp.ts';

const browser = useChromium();

test('what Playwright turns off in Chromium stays off, although only the last such switch counts', async () => {
  const page = await browser().newPage();
  await page.goto('chrome://version');
  const commandLine = (await page.textContent('#command_line')) ?? '';
  const lists = [...commandLine.matchAll(/--disable-features=(\S*)/g)].map(([, list = '']) =>
    list.split(','),
  );
  const obeyed = lists.at(-1);
  expect(obeyed).toContain('WebUIOmniboxPopup');
  // One of Playwright's own, and ours.
  expect(lists.length).toBeGreaterThan(1);
  expect(lists.flat().filter((name) => !obeyed?.includes(name))).toEqual([]);
});
