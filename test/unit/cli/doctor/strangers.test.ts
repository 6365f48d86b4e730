import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { cli, type Reply, serving } from './stage.ts';

const limits = { answerBytes: 4096, inputBytes: 4096 };
const inHaste = { ...limits, networkMs: 700, discoveryMs: 300, pipeMs: 300 };

/** Only of who is silent it matters how long is waited. */
const ask = (issuer: string, line: RegExp, ...more: string[]) =>
  cli(['doctor', '--issuer', issuer, '--client-id', 'web', ...more], {
    limits: line.source.includes('in time') ? inHaste : limits,
  });

/** A port at which nobody listens. */
async function deadPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Takes connections and says what it is told to, or nothing. */
async function speaking(words: string | undefined): Promise<string> {
  const sockets = new Set<{ destroy: () => void }>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => words !== undefined && socket.end(words));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}/realms/app`;
}

const answering = async (answer: (reply: Reply, path: string, origin: string) => unknown): Promise<string> =>
  `${(await serving((arrived, reply, origin) => answer(reply, arrived.path, origin))).origin}/realms/app`;

const endless = (reply: Reply) => {
  reply.writeHead(200, { 'content-type': 'application/json' });
  const more = () => void (reply.writable && reply.write('['.repeat(2048), more));
  more();
};

/** What may be at an address instead of a provider, and what the one line says of it. */
const strangers: readonly (readonly [what: string, start: () => Promise<string>, line: RegExp])[] = [
  ['nobody', async () => `http://127.0.0.1:${await deadPort()}/realms/app`, /refuses connections/],
  ['a name that no host has', async () => 'http://no-such-host.invalid/realms/app', /no host has this name/],
  ['who takes the call and is silent', () => speaking(undefined), /did not answer in time/],
  ['who does not speak HTTP', () => speaking('220 smtp ready\r\n'), /does not speak HTTP/],
  ['who hangs up', () => speaking(''), /broke off/],
  [
    'a web page',
    () => answering((reply) => reply.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>')),
    /web page/,
  ],
  [
    'a web page that says 404',
    () => answering((reply) => reply.writeHead(404, { 'content-type': 'text/html' }).end('<html>')),
    /web page/,
  ],
  ['binary', () => answering((reply) => reply.end(Buffer.from([0, 1, 2, 255, 254]))), /no JSON/],
  ['an empty answer', () => answering((reply) => reply.end()), /no JSON/],
  ['JSON without end', () => answering(endless), /more than a token endpoint/],
  [
    'JSON that is cut off',
    () =>
      answering((reply) =>
        reply.writeHead(200, { 'content-length': '99' }).write('{"issuer":', () => reply.destroy()),
      ),
    /breaks off/,
  ],
  [
    'a circle of redirects',
    () => answering((reply, path, origin) => reply.writeHead(302, { location: origin + path }).end()),
    /redirects, which is not followed/,
  ],
  [
    'a redirect to nowhere',
    () => answering((reply) => reply.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()),
    /redirects/,
  ],
];

describe('instead of a provider there is', () => {
  test.each(strangers)('%s: one line, status 2', async (_what, start, line) => {
    const { status, out, err } = await ask(await start(), line);
    expect(err).toMatch(/^Cannot tell: [^\n]+\n$/);
    expect(err).toMatch(line);
    expect({ status, out }).toEqual({ status: 2, out: '' });
  });

  test.each(strangers)('%s: the same as JSON', async (_what, start, line) => {
    const { status, out, err } = await ask(await start(), line, '--json');
    expect(JSON.parse(out)).toMatchObject({ version: 1, verdict: 'cannot_tell', exitStatus: 2 });
    expect((JSON.parse(out) as { summary: string }).summary).toMatch(line);
    expect({ status, err }).toEqual({ status: 2, err: '' });
  });
});

describe('what is to be read', () => {
  const read = (stdin: string | Uint8Array) => cli(['doctor'], { stdin, limits });

  test.each([
    ['nothing', ''],
    ['only white space', ' \n\n'],
    ['binary', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 1])],
    ['no UTF-8', new Uint8Array([0xff, 0xc3, 0x28])],
    ['far too much', 'curl '.repeat(2000)],
    ['something else', 'the quick brown fox'],
    [
      'a curl command that is cut off',
      "curl 'https://id.example/token' --data-raw 'grant_type=refresh_token&refresh_to",
    ],
    ['curl and no more', 'curl'],
  ])('is %s: one line, status 2', async (_what, stdin) => {
    const { status, out, err } = await read(stdin);
    expect(err).toMatch(/^Cannot tell: [^\n]+\n$/);
    expect({ status, out }).toEqual({ status: 2, out: '' });
  });

  test.each(['utf8', 'utf16le'] as const)(
    'is as Windows writes it, in %s with a byte order mark',
    async (encoding) => {
      const command = "\ufeffcurl 'https://id.example/token' -F grant_type=refresh_token -F refresh_token=x";
      const { status, first } = await cli(['doctor', '--offline'], { stdin: Buffer.from(command, encoding) });
      expect(first).toMatch(/^Fault: .*multipart/);
      expect(status).toBe(1);
    },
  );

  test('comes from a program that never ends: one line, status 2', async () => {
    async function* never(): AsyncGenerator<string> {
      yield 'curl';
      await new Promise(() => undefined);
    }
    const { status, err } = await cli(['doctor'], { stdin: never(), limits: inHaste });
    expect(err).toBe('Cannot tell: Standard input did not end within 0 s\n');
    expect(status).toBe(2);
  });

  test('is a file that is not there: its name, which may be a token, is not said back', async () => {
    const { status, err } = await cli(['doctor', '--curl', 'nowhere.txt'], { limits });
    expect({ status, err }).toEqual({
      status: 2,
      err: 'Cannot tell: The file with the request is not there: is its name right, and the folder in which you are?\n',
    });
  });

  test('can come from standard input only once', async () => {
    const { status, err } = await cli(['doctor', '--curl', '-', '--refresh-token-file', '-'], {
      stdin: 'x',
      limits,
    });
    expect({ status, err }).toEqual({
      status: 2,
      err: 'Cannot tell: Standard input (-) can be read only once\n',
    });
  });
});
