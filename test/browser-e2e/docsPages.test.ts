import vue from '@vitejs/plugin-vue';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InlineConfig } from 'vite';
import solid from 'vite-plugin-solid';
import { startApi } from '../../docs/demo/api.ts';
import { startProvider } from '../../docs/demo/provider.ts';
import { chromiumArgs, findChromium } from '../support/chromium.ts';
import { docsFiles, startDocsProject } from '../support/docsProject.ts';
import { signInAtProvider } from '../support/exampleVisit.ts';
import { goShortPath } from '../support/shortPath.ts';
import { shortPathFacts, visitShortPath } from '../support/shortPathVisit.ts';

const html = (main: string, inBody: string): string =>
  `<!doctype html><html lang="en"><head><title>App</title><link rel="icon" href="data:,"></head><body>${inBody}<script type="module" src="/src/${main}"></script></body></html>`;

/** What each framework's own starter has, as far as its page builds on it. */
const starters: Record<string, { files: Record<string, string>; config: InlineConfig }> = {
  angular: {
    files: {
      'index.html': html('jit.ts', '<app-root></app-root>'),
      'src/main.ts': [
        "import { bootstrapApplication } from '@angular/platform-browser';",
        "import { appConfig } from './app/app.config';",
        "import { App } from './app/app';",
        'bootstrapApplication(App, appConfig).catch((err) => console.error(err));',
      ].join('\n'),
      // The CLI compiles ahead of time.
      'src/jit.ts': "import '@angular/compiler';\nawait import('./main');",
      'tsconfig.json': '{ "compilerOptions": { "experimentalDecorators": true } }',
    },
    config: {},
  },
  react: {
    files: { 'index.html': html('main.tsx', '<div id="root"></div>') },
    config: {},
  },
  solid: {
    files: { 'index.html': html('index.tsx', '<div id="root"></div>') },
    config: { plugins: [solid()] },
  },
  vue: {
    files: { 'index.html': html('main.ts', '<div id="app"></div>') },
    config: { plugins: [vue()] },
  },
};

let browser: Browser;
beforeAll(async () => {
  const executablePath = findChromium();
  browser = await chromium.launch({ ...(executablePath && { executablePath }), args: chromiumArgs });
});
afterAll(() => browser?.close());

describe('what a page of the docs has its reader write', { concurrent: true }, () => {
  test.for(Object.entries(starters))('%s', async ([name, { files, config }], { onTestFinished }) => {
    const provider = await startProvider({
      host: 'localhost',
      accessTokenSeconds: 8,
      refreshTokenSeconds: 24,
    });
    onTestFinished(provider.stop);
    const { issuer, jwks, clients } = provider;
    const api = await startApi({ issuer, jwks, host: 'localhost' });
    onTestFinished(api.stop);
    const app = await startDocsProject(
      name,
      { ...files, ...(await docsFiles(name)) },
      {
        'https://id.example.com/realms/app': issuer,
        'https://api.example.com': api.origin,
        "'web'": `'${clients.demo.clientId}'`,
      },
      config,
    );
    onTestFinished(app.stop);
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(90_000);

    await page.goto(`${app.origin}/items?sort=name#salt`);
    await signInAtProvider(page);
    await page.getByRole('heading', { name: 'Items of Ada' }).waitFor();
    await page.getByText('salt').waitFor();
    // The address is put right after the page is shown.
    await expect.poll(() => page.url(), { timeout: 60_000 }).toBe(`${app.origin}/items?sort=name#salt`);

    // Nobody moves: after half of the refresh token's life the user counts as away, and is asked.
    await page.getByRole('alertdialog').waitFor();
    await page.getByRole('button', { name: 'Stay signed in' }).click();
    await page.getByRole('alertdialog').waitFor({ state: 'hidden' });

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Home' }).waitFor();
    await page.waitForURL(`${app.origin}/`);
  });
});

/** What is left of the starters beside what they pin: less to look at. */
const shortened: Record<'react' | 'solid' | 'vue', { files: Record<string, string>; guarded: string }> = {
  react: {
    files: {
      'src/index.css': '',
      'src/App.tsx': 'export default function App() {\n  return <h1>Get started</h1>\n}\n',
    },
    guarded: '/some/where?x=1#part',
  },
  solid: {
    files: {
      'src/index.css': '',
      'src/App.tsx': 'export default function App() {\n  return <h1>Get started</h1>\n}\n',
    },
    guarded: '/some/where?x=1#part',
  },
  vue: {
    files: {
      'src/assets/main.css': '',
      'src/assets/logo.svg': '<svg xmlns="http://www.w3.org/2000/svg" />',
      'src/components/HelloWorld.vue': '<template><p>You did it!</p></template>',
      'src/views/HomeView.vue': '<template><h1>Home</h1></template>',
      'src/views/AboutView.vue': '<template><h1>Get started</h1></template>',
    },
    guarded: '/about?x=1#part',
  },
};

describe(
  'the shortest path of a page leads to a guarded page and an idle dialog',
  { concurrent: true },
  () => {
    test.for(['react', 'solid', 'vue'] as const)('%s', async (name, { onTestFinished }) => {
      const provider = await startProvider({ host: 'localhost' });
      onTestFinished(provider.stop);
      const { files, config } = starters[name]!;
      const path = await goShortPath(name);
      const app = await startDocsProject(
        `${name}-short`,
        { ...files, ...shortened[name].files, ...path.files },
        shortPathFacts(provider.issuer),
        config,
      );
      onTestFinished(app.stop);
      await visitShortPath(browser, app.origin + shortened[name].guarded, 'Get started');
      expect(provider.failures).toEqual([]);
    });
  },
);
