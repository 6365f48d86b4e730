import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { listen } from '../../docs/demo/http/listen.ts';
import { type InspectServer, startServer } from '../../src/cli/inspect/server/startServer.ts';
import { inspectSession } from '../../src/inspect/inspectSession.ts';
import { saveRecording } from '../../src/inspect/recording.ts';
import { createFakeSession } from '../../src/testing/index.ts';
import { axeViolations } from '../support/axe.ts';
import { chromiumArgs, findChromium } from '../support/chromium.ts';
import { sources } from '../support/sources.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const processScript = 'dist/test-inspected/inspectedProcess.mjs';

const bundle = async (entry: string, more: object = {}): Promise<string> => {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    ...more,
    write: false,
  });
  return outputFiles[0]!.text;
};

let browser: Browser;
let script: string;
beforeAll(async () => {
  const executablePath = findChromium();
  // The foreign page's name leads to this machine: so does that of an attacker who rebinds DNS.
  const args = [...chromiumArgs, '--host-resolver-rules=MAP evil.test 127.0.0.1'];
  browser = await chromium.launch({ ...(executablePath && { executablePath }), args });
  script = await bundle('src/inspect/viewer/main.ts', { minify: true });
  await build({
    absWorkingDir: root,
    entryPoints: ['test/support/inspectedProcess.ts'],
    outfile: processScript,
    bundle: true,
    format: 'esm',
    platform: 'node',
    alias: Object.fromEntries(Object.entries(sources).toSorted(([a], [b]) => b.length - a.length)),
    external: ['xstate', 'ky', 'oauth4webapi', 'idb-keyval'],
  });
});
afterAll(() => browser?.close());

interface Inspecting {
  readonly server: InspectServer;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly complaints: string[];
}

async function inspecting(file?: { name: string; text: string }): Promise<Inspecting> {
  const server = await startServer({
    port: 0,
    origins: [],
    scripts: new Map([['/viewer.js', script]]),
    file,
  });
  onTestFinished(server.stop);
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { server, context, page, complaints };
}

interface Inspected {
  readonly child: ChildProcess;
  /** Has it do something, until it is done. */
  act(what: string): Promise<void>;
}

function startInspected({ origin, senderToken }: InspectServer): Inspected {
  const child = spawn(process.execPath, [processScript, origin, senderToken], { cwd: root, stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    child,
    async act(what) {
      const done = once(child.stdout, 'data');
      child.stdin.write(`${what}\n`);
      expect(String(await done)).toBe(`${what}\n`);
    },
  };
}

/** What `page` sees at an address, as its status and text. */
const readPage = async (page: Page, url: string) => {
  const response = await page.goto(url);
  return { status: response?.status(), text: await page.locator('body').innerText() };
};

test('a session of a Node process is seen live; the address works once, and a reload goes on', async () => {
  const { server, context, page, complaints } = await inspecting();
  await page.goto(server.viewerUrl);
  expect(page.url()).toBe(`${server.origin}/`);
  await page.getByText('Waiting for a session.').waitFor();

  const inspected = startInspected(server);
  await inspected.act('enter');
  const now = page.getByRole('region', { name: 'Now', exact: true });
  const log = page.getByRole('listbox', { name: 'Log' });
  await now.getByText('authenticated').first().waitFor();
  await inspected.act('load');
  await log.getByText(/settled 200 · GET https:..api.example.com.items/).waitFor();
  await inspected.act('renew');
  await log.getByText('Renewal of token 1 succeeded').waitFor();
  expect(await axeViolations(page)).toEqual([]);
  expect(await page.getByRole('button', { name: 'Sign out' }).count()).toBe(0);
  expect(await page.content()).not.toMatch(/planted/);

  await page.reload();
  await log.getByText('Renewal of token 1 succeeded').waitFor();
  await inspected.act('expire');
  await now.getByText('expired').first().waitFor();
  expect(complaints).toEqual([]);

  const again = await (await browser.newContext()).newPage();
  onTestFinished(() => again.context().close());
  const refused = { status: 401, text: expect.stringContaining('has been used') as string };
  expect(await readPage(again, server.viewerUrl)).toEqual(refused);
  expect(await readPage(again, server.origin)).toMatchObject({ status: 401 });
  expect(await readPage(await context.newPage(), server.viewerUrl)).toEqual(refused);
});

test('of several sessions the newest is followed, until another one is chosen', async () => {
  const { server, page, complaints } = await inspecting();
  await page.goto(server.viewerUrl);
  const list = page.getByLabel('Session', { exact: true });
  const options = list.getByRole('option');
  const now = page.getByRole('region', { name: 'Now', exact: true });
  const first = startInspected(server);
  await first.act('enter');
  await now.getByText('authenticated').first().waitFor();
  const second = startInspected(server);
  await second.act('enter');
  await second.act('expire');
  await now.getByText('expired').first().waitFor();

  await list.selectOption({ index: 1 });
  await now.getByText('authenticated').first().waitFor();
  const third = startInspected(server);
  await third.act('enter');
  await third.act('expire');
  await options.nth(3).waitFor({ state: 'attached' });
  await first.act('stop');
  await options.filter({ hasText: ', over' }).waitFor({ state: 'attached' });
  expect(await options.nth(1).innerText()).toMatch(/^“fake” of a process, since \d\d:\d\d:\d\d, over$/);
  expect(await now.getByText('authenticated').count()).toBeGreaterThan(0);
  expect(complaints).toEqual([]);
});

test('when the server has gone, what was seen stays, and the page says so', async () => {
  const { server, page } = await inspecting();
  await page.goto(server.viewerUrl);
  const inspected = startInspected(server);
  await inspected.act('enter');
  const now = page.getByRole('region', { name: 'Now', exact: true });
  await now.getByText('authenticated').first().waitFor();
  await server.stop();
  await page.getByText('token-vigil inspect does not answer.').waitFor();
  expect(await now.getByText('authenticated').count()).toBeGreaterThan(0);
  await inspected.act('expire');
});

test('a recording is opened', async () => {
  const session = createFakeSession({ user: { name: 'Ada' } });
  const inspection = inspectSession(session);
  await session.enter('authenticated');
  await session.renew();
  session.stop();
  const { server, page, complaints } = await inspecting({
    name: 'bug.json',
    text: saveRecording(inspection),
  });
  await page.goto(server.viewerUrl);
  await page.getByRole('heading', { name: 'Recording “bug.json”' }).waitFor();
  await page.getByText(/takes all \d+ steps as they were recorded/).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  const inspected = startInspected(server);
  await inspected.act('enter');
  await page.getByLabel('Session', { exact: true }).selectOption('The newest session');
  await page.getByRole('heading', { name: 'Session “fake”' }).waitFor();
  expect(complaints).toEqual([]);
});

/** A page that is not ours, at this name. */
async function startOther(name: string): Promise<string> {
  const { port, stop } = await listen(
    createServer((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Other</title>');
    }),
    0,
  );
  onTestFinished(stop);
  return `http://${name}:${port}/`;
}

/** All ways in which a page can try to read an address; what it has got. */
const tryToRead = (page: Page, address: string) =>
  page.evaluate(async (url) => {
    const got: string[] = [];
    for (const mode of ['cors', 'no-cors'] as const) {
      const answer = await fetch(url, { mode, credentials: 'include' }).catch(() => undefined);
      const text = await answer?.text();
      if (text) got.push(`fetch ${mode}: ${text}`);
    }
    const load = (element: HTMLScriptElement | HTMLImageElement) =>
      new Promise<void>((resolve) => {
        element.addEventListener('load', () => {
          got.push(element.tagName);
          resolve();
        });
        element.addEventListener('error', () => resolve());
        element.src = url;
        document.head.append(element);
      });
    await load(document.createElement('script'));
    await load(document.createElement('img'));
    await new Promise<void>((resolve) => {
      const events = new EventSource(url, { withCredentials: true });
      events.addEventListener('list', () => got.push('EventSource'));
      events.addEventListener('open', () => got.push('EventSource'));
      events.addEventListener('error', () => {
        events.close();
        resolve();
      });
    });
    return got;
  }, address);

/** All ways in which a page can send a batch. */
const tryToSend = (page: Page, url: string, token: string) =>
  page.evaluate(
    async ([address, secret]) => {
      const body = JSON.stringify({
        format: 'token-vigil-batch',
        version: 1,
        sender: 'intruder',
        name: 'intruder',
        now: { wallMs: 1, monotonicMs: 1 },
        isRunning: false,
        isLast: false,
        entries: [],
      });
      const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' };
      const statuses: (number | undefined)[] = [];
      for (const init of [
        { headers },
        { mode: 'no-cors' as const, headers },
        { mode: 'no-cors' as const, credentials: 'include' as const },
      ]) {
        const answer = await fetch(address, { method: 'POST', body, ...init }).catch(() => undefined);
        statuses.push(answer?.status);
      }
      navigator.sendBeacon(address, body);
      return statuses;
    },
    [url, token] as const,
  );

test.each(['evil.test', '127.0.0.1'])(
  'another page at %s reads nothing, also beside an open viewer',
  async (name) => {
    const { server, context, page } = await inspecting();
    await page.goto(server.viewerUrl);
    const inspected = startInspected(server);
    await inspected.act('enter');
    await page.getByRole('heading', { name: 'Session “fake”' }).waitFor();
    const other = await context.newPage();
    await other.goto(await startOther(name));
    for (const path of ['/', '/events', '/viewer.js', '/recording', '/entries'])
      expect(await tryToRead(other, `${server.origin}${path}`)).toEqual([]);
    await other.evaluate(async (url) => {
      const frame = document.createElement('iframe');
      frame.src = url;
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
      document.body.append(frame);
      await loaded;
    }, server.origin);
    const [, frame] = other.frames();
    expect(await frame?.content()).not.toContain('viewer.js');
  },
);

test('a foreign page sends nothing, even with the token', async () => {
  const { server, context, page } = await inspecting();
  await page.goto(server.viewerUrl);
  await page.getByText('Waiting for a session.').waitFor();
  const other = await context.newPage();
  await other.goto(await startOther('evil.test'));
  expect(await tryToSend(other, `${server.origin}/entries`, server.senderToken)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  // Whatever was sent has arrived before the entries of an honest sender.
  const inspected = startInspected(server);
  await inspected.act('enter');
  await page.getByRole('heading', { name: 'Session “fake”' }).waitFor();
  expect(await page.getByLabel('Session', { exact: true }).innerText()).not.toContain('intruder');
});

test('a page of this machine sends with the token, and not without', async () => {
  const { server, context, page } = await inspecting();
  await page.goto(server.viewerUrl);
  const other = await context.newPage();
  await other.goto(await startOther('localhost'));
  // An opaque answer has the status 0, whatever it was.
  expect(await tryToSend(other, `${server.origin}/entries`, 'wrong')).toEqual([401, 0, 0]);
  expect(await tryToSend(other, `${server.origin}/entries`, server.senderToken)).toEqual([204, 0, 0]);
  await page.getByRole('heading', { name: 'Session “intruder”' }).waitFor();
});

test('a foreign name that leads to the server is refused: DNS rebinding gets nothing', async () => {
  const { server, page } = await inspecting();
  const { port, search } = new URL(server.viewerUrl);
  for (const path of ['/', `/${search}`, '/events', '/viewer.js']) {
    const { status, text } = await readPage(page, `http://evil.test:${port}${path}`);
    expect({ status, text }).toEqual({
      status: 403,
      text: expect.stringContaining('inspector of token-vigil') as string,
    });
    expect(await page.evaluate(async () => (await fetch('/events')).status)).toBe(403);
  }
  await page.goto(server.viewerUrl);
  await page.getByText('Waiting for a session.').waitFor();
});
