import type { Browser } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { startApi } from '../../docs/demo/api.ts';
import { startProvider } from '../../docs/demo/provider.ts';
import { besideStarter } from './besideStarter.ts';
import { docsFiles } from './docsProject.ts';
import { fillForm, patient } from './e2eApp.ts';
import { goShortPath } from './shortPath.ts';
import { shortPathFacts, visitShortPath } from './shortPathVisit.ts';
import type { Starter } from './starter.ts';

/** What `sv create` makes, as far as the page builds on it. */
const copied = ['package.json', 'svelte.config.js', 'vite.config.ts', 'tsconfig.json', 'src/app.html'];

const startPage = '<h1>Home</h1>\n';

/** What docs/svelte.md has its reader write has no type error, is built, and a deep link leads to a sign-in and back. */
export const visitSvelteDocs = async (browser: Browser, starter: Starter): Promise<void> => {
  const provider = await startProvider({ host: 'localhost' });
  onTestFinished(provider.stop);
  const { issuer, jwks } = provider;
  const api = await startApi({ issuer, jwks, host: 'localhost' });
  onTestFinished(api.stop);
  const project = await besideStarter(
    'svelte',
    starter,
    copied,
    { 'src/routes/+page.svelte': startPage, ...(await docsFiles('svelte')) },
    {
      'https://id.example.com/realms/app': issuer,
      'https://api.example.com': api.origin,
      "'web'": "'demo'",
    },
  );
  await project.run('check');

  await project.run('build');
  const server = await project.serve(['vite', 'preview', '--host', 'localhost', '--port', '0']);
  onTestFinished(server.stop);
  const visitor = await browser.newContext();
  onTestFinished(() => visitor.close());
  visitor.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  visitor.on('weberror', (error) => void complaints.push(error.error().message));
  const page = await visitor.newPage();
  await page.goto(`${server.origin}/items?x=1#part`, { waitUntil: 'commit' });
  await fillForm(page);
  const shown = async () => [
    page.url().replace(server.origin, ''),
    await page.textContent('#items', { timeout: 100 }).catch(() => null),
    await page.locator('li').count(),
  ];
  await expect.poll(shown, patient).toEqual(['/items?x=1#part', 'Items 1 of Ada User', expect.any(Number)]);
  await expect.poll(() => page.locator('li').count(), patient).toBeGreaterThan(0);
  expect(complaints).toEqual([]);
};

/** The same of the page's shortest path, up to the idle dialog. */
export const visitShortSvelteDocs = async (browser: Browser, starter: Starter): Promise<void> => {
  const provider = await startProvider({ host: 'localhost' });
  onTestFinished(provider.stop);
  const { files } = await goShortPath('svelte');
  const favicon = { 'src/lib/assets/favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg" />' };
  const project = await besideStarter(
    'svelte-short',
    starter,
    copied,
    { ...files, ...favicon },
    shortPathFacts(provider.issuer),
  );
  await project.run('check');
  await project.run('build');
  const server = await project.serve(['vite', 'preview', '--host', 'localhost', '--port', '0']);
  onTestFinished(server.stop);
  await visitShortPath(browser, `${server.origin}/?x=1#part`, 'Welcome to SvelteKit');
  expect(provider.failures).toEqual([]);
};
