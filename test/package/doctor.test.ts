import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startProvider } from '../../docs/demo/provider.ts';

const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

const MEGABYTE = 1024 * 1024;

interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
  readonly seconds: number;
}

function start(args: readonly string[]): ChildProcess {
  const env = { PATH: process.env['PATH'] ?? '' };
  const child = spawn(process.execPath, [main, 'doctor', ...args], { stdio: 'pipe', env });
  onTestFinished(() => void child.kill('SIGKILL'));
  // Who stops reading has read enough.
  child.stdin?.on('error', () => undefined);
  return child;
}

async function ended(child: ChildProcess): Promise<Ran> {
  const startedAt = performance.now();
  const [out, err, [status]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'close'),
  ]);
  return { status: status as number | null, out, err, seconds: (performance.now() - startedAt) / 1000 };
}

function doctor(args: readonly string[], input: string | Uint8Array = ''): Promise<Ran> {
  const child = start(args);
  child.stdin?.end(input);
  return ended(child);
}

/** The one clear line, said with status 2 within 15 s and without a stack trace; else all that was said. */
function lineOf({ status, out, err, seconds }: Ran): string {
  const isOneLine = /^Cannot tell: [^\n]+\n$/.test(err) && out === '' && !/^\s+at |Error:/m.test(err);
  return isOneLine && status === 2 && seconds < 15
    ? err
    : `status ${status} after ${seconds} s: ${out}\n${err}`;
}

const aLine = (words: RegExp) => new RegExp(`^Cannot tell: [^\\n]*(?:${words.source})[^\\n]*\\n$`);

async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const answering = async (listener: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listening(createHttpServer(listener))}`;

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'token-vigil-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function selfSigned(): { readonly key: string; readonly cert: string } {
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder(), name)) as [string, string];
  const words = 'req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=127.0.0.1'.split(' ');
  spawnSync('openssl', [...words, '-keyout', key, '-out', cert]);
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

const setUp = (issuer: string): readonly string[] => ['--issuer', issuer, '--client-id', 'web'];

describe('a healthy server', () => {
  test('is told in the first line, before the network is given up, status 0', async () => {
    const { issuer, stop } = await startProvider();
    onTestFinished(stop);
    const { status, out, err, seconds } = await doctor(['--issuer', issuer, '--client-id', 'demo']);
    expect(out).toMatch(/^Healthy: [^\n]+\n/);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(seconds).toBeLessThan(8);
  });

  test('does not keep waiting for a pipe that nobody closes', async () => {
    const { issuer, stop } = await startProvider();
    onTestFinished(stop);
    const { status, out } = await ended(start(['--issuer', issuer, '--client-id', 'demo']));
    // Whoever waits for the pipe gives up with status 2.
    expect({ status, out }).toMatchObject({ status: 0, out: expect.stringMatching(/^Healthy: /) });
  });
});

describe('bad input', () => {
  const token = 'a-token-that-must-not-be-seen-0123456789';

  test('a curl command that is cut off', async () => {
    const ran = await doctor([], `curl 'http://127.0.0.1:9/token' --data-raw 'refresh_token=${token}`);
    expect(lineOf(ran)).toMatch(aLine(/./));
    expect(ran.err).not.toContain(token);
  });

  test('binary', async () => {
    expect(
      lineOf(
        await doctor(
          [],
          new Uint8Array(4096).map((_, at) => at % 256),
        ),
      ),
    ).toMatch(aLine(/not text/));
  });

  test.each([
    ['nothing but noughts', Buffer.alloc(50 * MEGABYTE)],
    ['letters', Buffer.alloc(50 * MEGABYTE, 'x')],
    ['a curl command', Buffer.alloc(50 * MEGABYTE, `curl 'http://127.0.0.1:9/' -d 'a=b' `)],
  ])('50 MB of %s', async (_what, content) => {
    expect(lineOf(await doctor([], content))).toMatch(aLine(/longer than requests can be|not text/));
  });

  test.each([
    ['fields', Buffer.alloc(MEGABYTE - 100, 'a=b&')],
    ['words', Buffer.alloc(MEGABYTE - 100, "'x' ")],
    ['one word', Buffer.alloc(MEGABYTE - 100, 'x')],
    ['quotation marks', Buffer.alloc(MEGABYTE - 100, `'"`)],
    ['backslashes', Buffer.alloc(MEGABYTE - 101, String.raw`\\`)],
  ])('a curl command of 1 MB of %s', async (_what, content) => {
    const ran = await doctor(['--offline'], `curl 'http://127.0.0.1:9/' -d ${content.toString()}`);
    expect(ran.status).toBeGreaterThan(0);
    expect(ran.out + ran.err).toMatch(/^(Fault|Cannot tell): [^\n]+\n/);
    expect(ran.seconds).toBeLessThan(15);
  });

  test('a file of 50 MB, and one that is a folder', async () => {
    const path = join(folder(), 'big.txt');
    writeFileSync(path, Buffer.alloc(50 * MEGABYTE, 'curl '));
    expect(lineOf(await doctor(['--curl', path]))).toMatch(aLine(/longer than requests can be/));
    expect(lineOf(await doctor(['--curl', tmpdir()]))).toMatch(aLine(/is a folder/));
  });

  test('a program that writes to us and never ends', async () => {
    const child = start([]);
    child.stdin?.write('curl ');
    expect(lineOf(await ended(child))).toMatch(aLine(/did not end within/));
  });
});

describe('instead of a provider', () => {
  test('HTML', async () => {
    const origin = await answering((_request, reply) =>
      reply.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>'),
    );
    expect(lineOf(await doctor(setUp(`${origin}/realms/app`)))).toMatch(aLine(/web page/));
  });

  test('a loop of redirects', async () => {
    const origin = await answering((request, reply) =>
      reply.writeHead(302, { location: `${request.url}x` }).end(),
    );
    expect(lineOf(await doctor(setUp(`${origin}/realms/app`)))).toMatch(
      aLine(/redirects, which is not followed/),
    );
  });

  test('50 MB', async () => {
    const origin = await answering((_request, reply) => {
      reply.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.alloc(50 * MEGABYTE, '['));
    });
    expect(lineOf(await doctor(setUp(`${origin}/realms/app`)))).toMatch(aLine(/more than a token endpoint/));
  });

  test('nobody', async () => {
    const server = createServer();
    const port = await listening(server);
    server.close();
    expect(lineOf(await doctor(setUp(`http://127.0.0.1:${port}/realms/app`)))).toMatch(
      aLine(/refuses connections/),
    );
  });

  test('a server that accepts and never answers', async () => {
    const port = await listening(createServer());
    expect(lineOf(await doctor(setUp(`http://127.0.0.1:${port}/realms/app`)))).toMatch(
      aLine(/did not answer in time/),
    );
  });

  test('an answer that drips', async () => {
    const origin = await answering((_request, reply) => {
      reply.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => reply.write(' '), 100);
      reply.on('close', () => clearInterval(drip));
    });
    expect(lineOf(await doctor(setUp(`${origin}/realms/app`)))).toMatch(aLine(/breaks off/));
  });

  test.skipIf(!hasOpenssl)(
    'a certificate that nobody signed (left out where there is no openssl)',
    async () => {
      const port = await listening(createHttpsServer(selfSigned(), (_request, reply) => reply.end('{}')));
      expect(lineOf(await doctor(setUp(`https://127.0.0.1:${port}/realms/app`)))).toMatch(
        aLine(/certificate/),
      );
    },
  );
});

test('who reads only the first line gets it', async () => {
  const { issuer, stop } = await startProvider();
  onTestFinished(stop);
  const child = start(['--issuer', issuer, '--client-id', 'demo']);
  const [chunk] = (await once(child.stdout!, 'data')) as [Buffer];
  child.stdout?.destroy();
  await once(child, 'close');
  expect(chunk.toString()).toMatch(/^Healthy: /);
  expect(await text(child.stderr!)).toBe('');
});
