import { cp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { startApi } from '../../docs/demo/api.ts';
import { startProvider } from '../../docs/demo/provider.ts';
import { writeDocsFiles } from './docsProject.ts';
import { fillForm, patient } from './e2eApp.ts';
import { type Starter, starterIn } from './starter.ts';

/** What `sv create` makes, as far as the page builds on it. */
const copied = ['package.json', 'svelte.config.js', 'vite.config.ts', 'tsconfig.json', 'src/app.html'];

const startPage = '<h1>Home</h1>\n';

/** What docs/svelte.md has its reader write has no type error, is built, and a deep link leads to a sign-in and back. */
export const visitSvelteDocs = async (browser: Browser, { folder: installed }: Starter): Promise<void> => {
  const folder = fileURLToPath(new URL('../../dist/docs-projects/svelte', import.meta.url));
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'src/routes'), { recursive: true });
  for (const path of copied) await cp(join(installed, path), join(folder, path));
  await symlink(join(installed, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'src/routes/+page.svelte'), startPage);

  const provider = await startProvider({ host: 'localhost' });
  onTestFinished(provider.stop);
  const { issuer, jwks } = provider;
  const api = await startApi({ issuer, jwks, host: 'localhost' });
  onTestFinished(api.stop);
  await writeDocsFiles('svelte', folder, {
    'https://id.example.com/realms/app': issuer,
    'https://api.example.com': api.origin,
    "'web'": "'demo'",
  });
  const project = starterIn(folder);
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
