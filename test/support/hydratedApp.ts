import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { createServer as createVite, type Plugin } from 'vite';
import { onTestFinished } from 'vitest';
import { listen } from '../../docs/demo/http/listen.ts';
import { configOf, moduleOf } from './serverRendering/frameworks.mjs';
import type { ServerRun } from './serverRendering/renderOnce.ts';

/** The adapters whose apps are rendered here. */
export type Framework = 'angular' | 'vue' | 'react' | 'solid' | 'svelte';

/** A line of a source file that is replaced, to show that a test notices. */
export interface Flaw {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const main = fileURLToPath(new URL('serverRendering/main.mjs', import.meta.url));

/** What a server sends, by a process of its own that ends by itself. */
export const renderOnServer = async (framework: Framework): Promise<ServerRun> => {
  // Vitest says that it is a test, and plugins for Vite then build something else.
  const { VITEST: _, NODE_ENV: __, ...env } = process.env;
  const server = spawn(process.execPath, [main, framework], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 60_000,
  });
  onTestFinished(() => void server.kill());
  const [printed, [code]] = await Promise.all([text(server.stdout), once(server, 'exit')]);
  if (code !== 0) throw new Error(`The server did not end by itself, and printed: ${printed}`);
  // Angular says something of its own before.
  return JSON.parse(printed.trim().split('\n').at(-1)!) as ServerRun;
};

const flawed = ({ file, from, to }: Flaw): Plugin => ({
  name: 'flawed',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith(file)) return undefined;
    if (!code.includes(from)) throw new Error(`${file} has no longer: ${from}`);
    return code.replace(from, to);
  },
});

/** The second script sets what Vue expects of its bundler; the client that does it else would want a connection. */
const htmlOf = (framework: Framework, { head, html }: ServerRun): string => `<!doctype html>
<html lang="en">
<head><title>App</title><link rel="icon" href="data:,">${head}</head>
<body>
<div id="app">${html}</div>
<script type="module" src="/@vite/env"></script>
<script type="module" src="${moduleOf(framework, 'client')}"></script>
</body>
</html>`;

/** What the elements of a page show, by their ids. */
export const textsIn = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('[id]:not(#app, script)')].map((element) => [
        element.id,
        element.getAttribute('src') ?? element.textContent,
      ]),
    ),
  );

/** A page that takes over what a server has sent. */
export interface HydratedPage {
  readonly page: Page;
  /** What the console says of it: warnings and errors. */
  readonly complaints: readonly string[];
  texts(): Promise<Record<string, string>>;
}

/** Serves a rendered app, and opens it; all of it ends with the test. */
export const openHydrated = async (
  browser: Browser,
  framework: Framework,
  run: ServerRun,
  { query = '', flaw }: { readonly query?: '' | '?known'; readonly flaw?: Flaw } = {},
): Promise<HydratedPage> => {
  const config = configOf(framework);
  const vite = await createVite({
    ...config,
    plugins: [...(flaw ? [flawed(flaw)] : []), ...(config.plugins ?? [])],
  });
  const server = createServer((request, response) => {
    if (new URL(request.url ?? '/', 'http://localhost').pathname === '/')
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(htmlOf(framework, run));
    else vite.middlewares(request, response);
  });
  const { port, stop } = await listen(server, 0);
  const visitor = await browser.newContext();
  onTestFinished(async () => {
    await visitor.close();
    await Promise.all([stop(), vite.close()]);
  });

  const page = await visitor.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => void complaints.push(String(error)));
  await page.goto(`http://localhost:${port}/${query}`);
  await page.waitForFunction(() => window.rendered !== undefined);
  return {
    page,
    complaints,
    texts: () => textsIn(page),
  };
};
