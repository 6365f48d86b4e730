import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { saveRecording, sendInspection } from 'token-vigil/inspect';
import { createFakeSession } from 'token-vigil/testing';
import { expect, onTestFinished, test } from 'vitest';

const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

function start(...args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [main, 'inspect', ...args], { stdio: 'pipe', env: {} });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function ended(child: ChildProcess) {
  const [out, err, [status]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { out, err, status };
}

/** What is printed, once it is all there. */
async function announced(child: ChildProcess): Promise<string> {
  let printed = '';
  child.stdout!.setEncoding('utf8');
  while (!printed.includes('Ctrl-C')) printed += String(await once(child.stdout!, 'data'));
  return printed;
}

/** A script and everything that it imports, at once or later, each of which must be there. */
async function scriptsFrom(url: string, path: string, headers: HeadersInit): Promise<Map<string, string>> {
  const scripts = new Map<string, string>();
  const paths = new Set([path]);
  // A set that grows while it is walked is walked to its new end.
  for (const each of paths) {
    const response = await fetch(url + each, { headers });
    expect([each, response.status]).toEqual([each, 200]);
    const code = await response.text();
    scripts.set(each, code);
    for (const [, name = ''] of code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["'](\.{0,2}\/[^"']+\.js)["']/g))
      paths.add(new URL(name, url + each).pathname);
  }
  return scripts;
}

test('it serves the built page and takes what a session sends, as printed, until Ctrl-C, which leaves nothing', async () => {
  const child = start('--port', '0');
  const printed = await announced(child);
  const [viewerUrl = ''] = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}/.exec(printed) ?? [];
  const [, url = '', token = ''] =
    /sendInspection\(session, \{ url: '(.+?)', token: '(.+?)' \}\);/.exec(printed) ?? [];

  const session = createFakeSession({ user: { name: 'Ada' } });
  const stop = sendInspection(session, { url, token });
  await session.enter('authenticated');
  const opened = await fetch(viewerUrl, { redirect: 'manual' });
  const headers = { cookie: opened.headers.get('set-cookie')?.split(';')[0] ?? '' };
  const served = await scriptsFrom(url, '/viewer.js', headers);
  expect([...served.keys()]).toContain('/src/explain/index.js');
  expect(served.get('/xstate/xstate.esm.js')?.length).toBeGreaterThan(10_000);
  expect(served.size).toBeGreaterThan(5);

  stop();
  session.stop();
  const events = await fetch(`${url}/events`, { headers });
  let list = '';
  for await (const chunk of events.body!.pipeThrough(new TextDecoderStream())) {
    list += chunk;
    if (/"name":"fake".*"isOver":true/.test(list)) break;
  }
  child.kill('SIGINT');
  const [status] = (await once(child, 'close')) as [number | null];
  expect(status).toBe(0);
  expect(await text(child.stderr!)).toBe('');
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});

test('a port that is in use is named, with what to do', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  expect(await ended(start('--port', String(port)))).toEqual({
    out: '',
    err: `Cannot start: Port ${port} is in use. Choose another one with --port, or --port 0 for any that is free\n`,
    status: 2,
  });
});

test('a recording is read before anything is served', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'token-vigil-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [good, newer] = [join(folder, 'good.json'), join(folder, 'newer.json')];
  const recording = saveRecording({ base: null, entries: [] });
  writeFileSync(good, recording);
  writeFileSync(newer, recording.replace('"version":1', '"version":2'));
  const child = start('--port', '0', good);
  expect(await announced(child)).toContain('/?token=');
  child.kill('SIGTERM');
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(await ended(start('--port', '0', newer))).toMatchObject({
    out: '',
    err: expect.stringMatching(
      /^Cannot start: the recording has version 2[^\n]+newer version of token-vigil\n$/,
    ) as string,
    status: 2,
  });
});
