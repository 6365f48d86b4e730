import react from '@vitejs/plugin-react';
import vue from '@vitejs/plugin-vue';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServer, type InlineConfig } from 'vite';
import solid from 'vite-plugin-solid';
import { startProvider } from '../../docs/demo/provider.ts';
import { chromiumArgs, findChromium } from '../support/chromium.ts';
import { signInAtProvider } from '../support/exampleVisit.ts';
import { sources } from '../support/sources.mjs';

const root = fileURLToPath(new URL('../../dist/hot-reload/', import.meta.url));

const html = (main: string): string =>
  `<!doctype html><title>App</title><link rel="icon" href="data:,"><div id="app"></div><script type="module" src="/${main}"></script>`;

const sessionOf = (issuer: string, idleAfterMs: number): string => `
import { createSession } from 'token-vigil';
export const session = createSession({ issuer: '${issuer}', clientId: 'demo', idle: { after: ${idleAfterMs} } });
`;

/** Apps whose session is imported by components alone, so that an edit reloads these and not the page. */
const apps: Record<string, { files: Record<string, string>; config: InlineConfig }> = {
  react: {
    files: {
      'index.html': html('main.jsx'),
      'main.jsx': `
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.jsx';
createRoot(document.getElementById('app')).render(createElement(App));`,
      'App.jsx': `
import { SessionProvider, useUser } from 'token-vigil/react';
import { session } from './session.ts';
const Who = () => <output>{useUser()?.name ?? 'nobody'}</output>;
export const App = () => (
  <SessionProvider session={session}>
    <Who />
    <button onClick={() => session.signIn()}>Go</button>
    <p>{session.actor.getSnapshot().context.settings.idle.afterMs}</p>
  </SessionProvider>
);`,
    },
    config: { plugins: [react()] },
  },
  svelte: {
    files: {
      'index.html': html('main.js'),
      'main.js': `
import { mount } from 'svelte';
import App from './App.svelte';
mount(App, { target: document.getElementById('app') });`,
      'App.svelte': `
<script>
  import { setSession, useUser } from 'token-vigil/svelte';
  import { session } from './session.ts';
  setSession(session);
  const user = useUser({ session });
</script>
<output>{user.current?.name ?? 'nobody'}</output>
<button onclick={() => session.signIn()}>Go</button>
<p>{session.actor.getSnapshot().context.settings.idle.afterMs}</p>`,
    },
    config: { plugins: [svelte({ configFile: false })] },
  },
  vue: {
    files: {
      'index.html': html('main.js'),
      'main.js': `
import { createApp } from 'vue';
import App from './App.vue';
createApp(App).mount('#app');`,
      'App.vue': `
<script setup lang="ts">
import { useUser } from 'token-vigil/vue';
import { onScopeDispose } from 'vue';
import { session } from './session.ts';
// A plugin is given the session in main.js, whose edit is a new load of the page.
onScopeDispose(session.run());
const user = useUser({ session });
const idleAfter = session.actor.getSnapshot().context.settings.idle.afterMs;
</script>
<template>
  <output>{{ user?.name ?? 'nobody' }}</output>
  <button @click="session.signIn()">Go</button>
  <p>{{ idleAfter }}</p>
</template>`,
    },
    config: { plugins: [vue()] },
  },
  solid: {
    files: {
      'index.html': html('main.jsx'),
      'main.jsx': `
import { render } from 'solid-js/web';
import { App } from './App.jsx';
render(() => <App />, document.getElementById('app'));`,
      'App.jsx': `
import { SessionProvider, useUser } from 'token-vigil/solid';
import { session } from './session.ts';
const Who = () => {
  const user = useUser();
  return <output>{user()?.name ?? 'nobody'}</output>;
};
export const App = () => (
  <SessionProvider session={session}>
    <Who />
    <button onClick={() => session.signIn()}>Go</button>
    <p>{session.actor.getSnapshot().context.settings.idle.afterMs}</p>
  </SessionProvider>
);`,
    },
    config: { plugins: [solid()] },
  },
};

let browser: Browser;
beforeAll(async () => {
  const executablePath = findChromium();
  browser = await chromium.launch({ ...(executablePath && { executablePath }), args: chromiumArgs });
});
afterAll(() => browser?.close());

describe('options that are edited while the page is open', () => {
  test.for(Object.entries(apps))('%s', async ([name, { files, config }], { onTestFinished }) => {
    const provider = await startProvider({ host: 'localhost', accessTokenSeconds: 300 });
    onTestFinished(provider.stop);
    const folder = join(root, name);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    for (const [path, contents] of Object.entries(files)) await writeFile(join(folder, path), contents);
    const sessionFile = join(folder, 'session.ts');
    await writeFile(sessionFile, sessionOf(provider.issuer, 60_000));
    const server = await createServer({
      ...config,
      root: folder,
      configFile: false,
      logLevel: 'error',
      // As a developer's page has it.
      resolve: {
        alias: { ...sources, 'token-vigil': sources['token-vigil']!.replace('index', 'index.development') },
      },
      server: { host: 'localhost', port: 0, watch: { usePolling: true, interval: 100 } },
    });
    onTestFinished(() => server.close());
    await server.listen();
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(90_000);
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));

    await page.goto(server.resolvedUrls!.local[0]!);
    await page.getByRole('button', { name: 'Go' }).click();
    await signInAtProvider(page);
    await page.getByText('Ada User').waitFor();
    await page.getByText('60000').waitFor();
    await page.evaluate(() => Object.assign(window, { isOld: true }));

    await writeFile(sessionFile, (await readFile(sessionFile, 'utf8')).replace('60000', '90000'));
    await page.getByText('90000').waitFor();
    await page.getByText('Ada User').waitFor();
    // It is still the page, and nobody was asked again.
    expect(await page.evaluate(() => 'isOld' in window)).toBe(true);
    expect(provider.log.count('authorization_code')).toBe(1);
    expect(complaints).toEqual([]);
  });
});
