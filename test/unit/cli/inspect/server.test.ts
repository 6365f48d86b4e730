import { networkInterfaces } from 'node:os';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { createSession } from '../../../../src/index.ts';
import { sendInspection } from '../../../../src/inspect/sendInspection.ts';
import { ask, batchOf, cookieOf, post, type Said, serving } from './stage.ts';

/** A short line, without anything that a viewer or a page of ours would get. */
const isRefusal = ({ status, headers, body }: Said): boolean =>
  status >= 400 &&
  headers['content-type'] === 'text/plain; charset=utf-8' &&
  headers['set-cookie'] === undefined &&
  /^[^\n]{5,150}\n$/.test(body);

const refusedWith = (status: number) => ({
  asymmetricMatch: (said: Said) => isRefusal(said) && said.status === status,
  toString: () => `refused with ${status}`,
});

const foreign = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };

describe('where it listens', () => {
  test('is on loopback only', async () => {
    const { addresses, port } = await serving();
    expect(addresses.map(({ address }) => address)).toContain('127.0.0.1');
    for (const { address, port: its } of addresses) {
      expect(['127.0.0.1', '::1']).toContain(address);
      expect(its).toBe(port);
    }
  });

  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');

  test.runIf(outside.length > 0)('no other address of this machine answers', async () => {
    const { port } = await serving();
    const socket = connect(port, outside[0]!.address);
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });

  test('nothing answers after its end, though a viewer had a stream', async () => {
    const server = await serving();
    const cookie = await cookieOf(server);
    const stream = fetch(`${server.origin}/events`, { headers: { cookie } });
    const response = await stream;
    await server.stop();
    await expect(response.text()).rejects.toThrow('terminated');
    await expect(ask(server, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('the name that leads to it', () => {
  test.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    '127.0.0.1.evil.example:PORT',
    '0.0.0.0:PORT',
  ])('Host: %s is refused everywhere, as with DNS rebinding', async (name) => {
    const server = await serving();
    const cookie = await cookieOf(server);
    const Host = name.replace('PORT', String(server.port));
    const { search } = new URL(server.viewerUrl);
    for (const path of ['/', `/${search}`, '/events', '/viewer.js', '/recording', '/entries'])
      expect(await ask(server, path, { headers: { Host, Cookie: cookie } })).toEqual(refusedWith(403));
    expect(await post(server, batchOf(1), { Host })).toEqual(refusedWith(403));
  });

  test('no name at all is refused', async () => {
    const { port } = await serving();
    const socket = connect(port, '127.0.0.1');
    socket.end('GET / HTTP/1.0\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1.1 403 /);
  });

  test.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])(
    'Host: %s with its port is its own',
    async (name) => {
      const server = await serving();
      const Cookie = await cookieOf(server);
      expect(await ask(server, '/', { headers: { Cookie, Host: `${name}:${server.port}` } })).toMatchObject({
        status: 200,
      });
    },
  );
});

describe('the viewer', () => {
  test('gets a cookie for the token once, then the page, whose policy allows nothing inline', async () => {
    const server = await serving();
    const { search } = new URL(server.viewerUrl);
    const opened = await ask(server, `/${search}`);
    expect(opened).toMatchObject({ status: 303, headers: { location: '/' } });
    expect(String(opened.headers['set-cookie'])).toMatch(
      /^token-vigil-inspect-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const Cookie = String(opened.headers['set-cookie']).split(';')[0]!;
    const { status, headers, body } = await ask(server, '/', { headers: { Cookie } });
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toContain(
      "default-src 'none'; script-src 'self'; connect-src 'self'",
    );
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(body).not.toMatch(/<style|style=|<script(?! type="module" src="\/viewer.js"><\/script>)| on\w+=/);
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test('the token is spent with its first use, and a refused one does not spend it', async () => {
    const server = await serving();
    const { search } = new URL(server.viewerUrl);
    expect(await ask(server, `/${search}`, { headers: foreign })).toEqual(refusedWith(403));
    expect(await ask(server, `/${search}x`)).toEqual(refusedWith(401));
    const Cookie = await cookieOf(server);
    expect(Cookie).toMatch(/^token-vigil-inspect-/);
    expect(await ask(server, `/${search}`)).toEqual(refusedWith(401));
    expect(await ask(server, `/${search}`, { headers: { Cookie } })).toEqual(refusedWith(401));
  });

  test.each([
    '/',
    '/events',
    '/events?session=a-sender',
    '/viewer.js',
    '/src/inspect/viewer/main.js',
    '/recording',
    '/favicon.ico',
    '/nothing',
  ])('%s needs the cookie, and is not for other pages that have it', async (path) => {
    const server = await serving({ file: { name: 'a.json', text: 'kept' } });
    await post(server, batchOf(1));
    const Cookie = await cookieOf(server);
    const [name = ''] = Cookie.split('=');
    expect(await ask(server, path)).toEqual(refusedWith(401));
    for (const wrong of [`${name}=`, `${name}=${server.senderToken}`, `${Cookie}x`, Cookie.slice(0, -1)])
      expect(await ask(server, path, { headers: { Cookie: wrong } })).toEqual(refusedWith(401));
    const others = [
      foreign,
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { Origin: 'http://127.0.0.1:1' },
      { Origin: `http://localhost:${server.port}` },
      { Origin: 'null' },
    ];
    for (const other of others)
      expect(await ask(server, path, { headers: { Cookie, ...other } })).toEqual(refusedWith(403));
  });

  test.each([
    '/../../package.json',
    '/..%2f..%2fpackage.json',
    '/viewer.js/../../main.js',
    '/%2e%2e/main.js',
    '//etc/passwd',
    '/constructor',
    '/__proto__',
    'http://evil.example/viewer.js',
  ])('%s is nothing', async (path) => {
    const server = await serving();
    const Cookie = await cookieOf(server);
    expect(await ask(server, path, { headers: { Cookie } })).toEqual(refusedWith(404));
  });

  test('keeps its way in when a page of another port sets a cookie of the same name', async () => {
    const server = await serving();
    const own = await cookieOf(server);
    const [name] = own.split('=');
    for (const Cookie of [`${name}=theirs; ${own}`, `${own}; ${name}=theirs`])
      expect(await ask(server, '/', { headers: { Cookie } })).toMatchObject({ status: 200 });
    const Cookie = `${name}=theirs; ${name}=; x${own}`;
    expect(await ask(server, '/', { headers: { Cookie } })).toEqual(refusedWith(401));
  });

  test.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'])(
    '%s changes and shows nothing',
    async (method) => {
      const server = await serving();
      const Cookie = await cookieOf(server);
      for (const path of ['/', '/events', '/recording'])
        expect((await ask(server, path, { method, headers: { Cookie } })).status).toBe(405);
    },
  );

  test('reads what has come and what comes, of the session that it chose', async () => {
    const server = await serving();
    await post(server, batchOf(2));
    await post(server, batchOf(1, { sender: 'another', name: 'other' }));
    const headers = { Cookie: await cookieOf(server) };
    const reading = ask(server, '/events?session=a-sender', { headers, until: /"number":3\b/ });
    await ask(server, '/events', { headers, until: /event: list/ });
    await post(server, batchOf(1, { sender: 'another' }, 2));
    await post(server, batchOf(1, {}, 3));
    const { body } = await reading;
    const events = [...body.matchAll(/^event: (\w+)\ndata: (.*)$/gm)].map(
      ([, name, data = '']) => [name, JSON.parse(data)] as const,
    );
    expect(events.filter(([name]) => name === 'list')).toMatchObject([
      [
        'list',
        [
          { id: 'a-sender', name: 'app', from: 'a process' },
          { id: 'another', name: 'other' },
        ],
      ],
    ]);
    expect(events.filter(([name]) => name !== 'list')).toMatchObject([
      ['begun', { name: 'app', base: null, entries: [{ number: 1 }, { number: 2 }] }],
      ['more', { entries: [{ number: 3 }] }],
    ]);
  });
});

describe('senders', () => {
  test.each([
    ['a process', {}],
    ['a page of this machine', { Origin: 'http://localhost:5173', 'Sec-Fetch-Site': 'same-site' }],
    ['one on IPv6', { Origin: 'http://[::1]:5173', 'Sec-Fetch-Site': 'cross-site' }],
    ['one under a name of this machine', { Origin: 'https://app.localhost', 'Sec-Fetch-Site': 'cross-site' }],
    ['a page that was named', { Origin: 'https://app.example.com', 'Sec-Fetch-Site': 'cross-site' }],
  ])('%s may send', async (_who, headers: Record<string, string>) => {
    const server = await serving({ origins: ['https://app.example.com'] });
    const said = await post(server, batchOf(1), headers);
    expect(said).toMatchObject({ status: 204, body: '' });
    expect(said.headers['access-control-allow-origin']).toBe(headers['Origin']);
    expect(said.headers['access-control-allow-credentials']).toBeUndefined();
  });

  test.each([
    ['a foreign page', foreign],
    ['one whose origin looks like ours', { Origin: 'http://localhost.evil.example' }],
    [
      'one whose origin begins like the one that was named',
      { Origin: 'https://app.example.com.evil.example' },
    ],
    ['one of another scheme', { Origin: 'http://app.example.com' }],
    ['a frame without an origin', { Origin: 'null' }],
    ['an extension', { Origin: 'chrome-extension://abcdef' }],
    ['a page that hides its origin', { 'Sec-Fetch-Site': 'cross-site' }],
  ])('%s may not, whatever it knows, and is not even told why', async (_who, headers) => {
    const server = await serving({ origins: ['https://app.example.com'] });
    const preflight = { ...headers, 'Access-Control-Request-Method': 'POST' };
    const refusals = [
      await post(server, batchOf(1), headers),
      await ask(server, '/entries', { method: 'OPTIONS', headers: preflight }),
    ];
    for (const said of refusals) {
      expect(said).toEqual(refusedWith(403));
      expect(said.headers['access-control-allow-origin']).toBeUndefined();
    }
    const Cookie = await cookieOf(server);
    const { body } = await ask(server, '/events', { headers: { Cookie }, until: /\n\n/ });
    expect(body).toContain('data: []');
  });

  test('a preflight allows what is needed, and nothing else', async () => {
    const server = await serving();
    const { status, headers } = await ask(server, '/entries', {
      method: 'OPTIONS',
      headers: {
        Origin: 'http://localhost:5173',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Private-Network': 'true',
      },
    });
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': 'http://localhost:5173',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-allow-private-network': 'true',
      vary: 'Origin',
    });
  });

  test('a token that is missing, wrong or the viewer’s is refused, and so is the viewer’s cookie', async () => {
    const server = await serving();
    const oneTime = new URL(server.viewerUrl).searchParams.get('token');
    const Cookie = await cookieOf(server);
    for (const Authorization of [
      '',
      'Bearer',
      'Bearer wrong',
      `Basic ${server.senderToken}`,
      `Bearer ${server.senderToken}x`,
      `Bearer ${oneTime}`,
    ])
      expect(await post(server, batchOf(1), { Authorization, Cookie })).toEqual(refusedWith(401));
    const { body } = await ask(server, '/events', { headers: { Cookie }, until: /\n\n/ });
    expect(body).toContain('data: []');
  });

  test('a body that is too large is refused, whether it says so or not', async () => {
    const server = await serving();
    const Authorization = `Bearer ${server.senderToken}`;
    const body = Buffer.alloc(5 * 1024 * 1024, 'x');
    const told = { Authorization, 'Content-Length': String(body.length), Expect: '100-continue' };
    const chunked = { Authorization, 'Transfer-Encoding': 'chunked' };
    for (const headers of [told, chunked])
      expect(await ask(server, '/entries', { method: 'POST', headers, body }).catch(String)).toEqual(
        refusedWith(413),
      );
    expect(await post(server, batchOf(1))).toMatchObject({ status: 204 });
  });

  test.each([
    ['nothing', '', 400, /not a batch/],
    ['no JSON', '{', 400, /not a batch/],
    ['something else', '{"format":"token-vigil-recording"}', 400, /not a batch/],
    ['null', 'null', 400, /not a batch/],
    ['a newer batch', batchOf(1).replace('"version":1', '"version":2'), 400, /version 2.*up to 1.*newer/],
    ['no entries', batchOf(0).replace('[]', '{}'), 400, /no entries/],
    ['a damaged entry', batchOf(3).replace('"number":2', '"number":"2"'), 400, /Entry 2 of 3 is damaged/],
    ['an entry of a kind that nobody knows', batchOf(1).replace('stopped', 'toString'), 400, /Entry 1 of 1/],
    ['entries with a gap', batchOf(3).replace('"number":2', '"number":7'), 400, /Entry 2 of 3/],
    ['entries that begin in the middle', batchOf(1, {}, 5), 409, /Entry 1 is missing/],
    ['no name', batchOf(1, { name: '' }), 400, /does not say/],
    ['a name without end', batchOf(1, { name: 'x'.repeat(1000) }), 400, /does not say/],
    ['no time', batchOf(1, { now: {} }), 400, /does not say/],
  ])('%s is refused in a line that says why', async (_what, body, status, words) => {
    const server = await serving();
    const said = await post(server, body);
    expect(said).toEqual(refusedWith(status));
    expect(said.body).toMatch(words);
  });

  test('bytes that are no text are refused', async () => {
    const server = await serving();
    const headers = { Authorization: `Bearer ${server.senderToken}` };
    const body = new Uint8Array([0xff, 0xfe, 0xfd]);
    expect(await ask(server, '/entries', { method: 'POST', headers, body })).toEqual(refusedWith(400));
  });

  test('what comes twice is shown once', async () => {
    const server = await serving();
    for (const batch of [batchOf(2), batchOf(2), batchOf(3)]) await post(server, batch);
    const headers = { Cookie: await cookieOf(server) };
    const { body } = await ask(server, '/events?session=a-sender', {
      headers,
      until: /event: begun\n.*\n\n/,
    });
    expect([...body.matchAll(/"number":(\d)/g)].map(([, number]) => number)).toEqual(['1', '2', '3']);
  });

  test('of many sessions the ones heard from last are kept', async () => {
    const server = await serving();
    for (let at = 1; at <= 25; at++) await post(server, batchOf(1, { sender: `sender-${at}` }));
    const headers = { Cookie: await cookieOf(server) };
    const { body } = await ask(server, '/events', { headers, until: /\n\n/ });
    const ids = [...body.matchAll(/"id":"sender-(\d+)"/g)].map(([, id]) => Number(id));
    expect(ids).toEqual(Array.from({ length: 20 }, (_, index) => index + 6));
  });
});

test('no token of a session is in anything that is served, nor a token of the server itself', async () => {
  const server = await serving();
  const planted = ['planted-access-token', 'planted-refresh-token', 'planted-id', 'planted-query'];
  const session = createSession({
    issuer: 'https://id.invalid',
    clientId: 'web',
    tokenOrigins: ['https://api.invalid'],
    onWarning: () => undefined,
    fetch: async () => Response.json({}),
    grants: {
      signIn: async () => ({ access_token: planted[0]!, refresh_token: planted[1]!, expires_in: 300 }),
      refresh: async () => ({
        access_token: `${planted[0]}-2`,
        refresh_token: `${planted[1]}-2`,
        expires_in: 300,
      }),
    },
  });
  const stop = sendInspection(session, { url: server.origin, token: server.senderToken });
  await session.signIn();
  await session.fetch(`https://api.invalid/items?secret=${planted[3]}`, {
    headers: { 'X-Key': planted[2]! },
  });
  await session.renew();
  stop();
  session.stop();
  const headers = { Cookie: await cookieOf(server) };
  const { body: list } = await ask(server, '/events', { headers, until: /"isOver":true/ });
  const [, id = ''] = /"id":"([^"]+)"/.exec(list) ?? [];
  const { body } = await ask(server, `/events?session=${id}`, { headers, until: /event: begun\n.*\n\n/ });
  expect(body).toContain('"path":"/items"');
  expect(body).toContain('"outcome":"granted"');
  const { body: html } = await ask(server, '/', { headers });
  for (const secret of ['planted', server.senderToken, new URL(server.viewerUrl).search.slice(7)])
    expect(`${list}${body}${html}`).not.toContain(secret);
});
