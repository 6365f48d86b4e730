import { describe, expect, test } from 'vitest';
import { cli, type Given, jwt, realm } from './stage.ts';

/** Planted wherever a secret can be; each is searched for in whatever is printed, whole and in each of its forms. */
const planted = {
  refresh: jwt({
    iss: 'http://127.0.0.1/realms/app',
    azp: 'web',
    typ: 'Refresh',
    sid: 'a-session',
    iat: 1,
    exp: 2,
  }),
  opaque: 'opq.Zm9v+L2Jh/cg==-9f8e7d6c5b4a39281706',
  secret: 'c!ient "s3cret" & märk%20',
  password: 'correct horse',
  code: 'uuid.code-5d1c2b3a',
  cookie: 'cookie-2f7a9b1c',
  bearer: jwt({ iss: 'http://127.0.0.1/realms/app', typ: 'Bearer' }),
  key: 'key-77aa88bb',
  echoed: 'new-token-of-the-answer-0123456789',
};

const formsOf = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  new URLSearchParams({ x: secret }).toString().slice(2),
  JSON.stringify(secret).slice(1, -1),
  Buffer.from(secret).toString('base64'),
  ...(secret.startsWith('eyJ') ? [secret.split('.')[1]!, secret.split('.')[2]!] : []),
];

/** What of it was printed, by name. */
const foundIn = (printed: string): readonly string[] =>
  Object.entries(planted)
    .filter(([, secret]) => formsOf(secret).some((written) => printed.includes(written)))
    .map(([name]) => name);

/** A server that says back all that it is told, in every place that is read. */
const echoing = () =>
  realm((fields, { headers, body }) => [
    400,
    {
      error: `invalid_grant ${fields.get('client_secret') ?? ''}`,
      error_description: [headers['authorization'], headers['cookie'], body, planted.echoed].join(' '),
      refresh_token: planted.echoed,
    },
  ]);

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();

const basic = `Authorization: Basic ${Buffer.from(`web:${planted.secret}`).toString('base64')}`;

/** Requests with secrets in every place where they are met. */
const requests: Readonly<Record<string, (url: string) => string>> = {
  'a form': (url) =>
    `curl ${quoted(url)} -b 'S=${planted.cookie}' -H ${quoted(`Authorization: Bearer ${planted.bearer}`)} -H 'X-Api-Key: ${planted.key}' --data-raw ${quoted(
      form({
        grant_type: 'refresh_token',
        client_id: 'web',
        refresh_token: planted.refresh,
        client_secret: planted.secret,
      }),
    )}`,
  'an opaque token in a misspelt field': (url) =>
    `curl ${quoted(url)} -d 'grant_type=refresh_token&client_id=web&refreshToken=${planted.opaque}'`,
  'a token in the field of the client': (url) =>
    `curl ${quoted(url)} -d ${quoted(form({ grant_type: 'refresh_token', client_id: planted.refresh, refresh_token: 'web' }))}`,
  'a token in the name of a field': (url) =>
    `curl ${quoted(url)} -d 'grant_type=refresh_token&refresh_token:${planted.opaque}'`,
  'a password': (url) =>
    `curl ${quoted(url)} -d ${quoted(form({ grant_type: 'password', client_id: 'web', username: 'alice', password: planted.password }))}`,
  'a code with Basic': (url) =>
    `curl ${quoted(url)} -H ${quoted(basic)} -d ${quoted(form({ grant_type: 'authorization_code', code: planted.code }))}`,
  JSON: (url) =>
    `curl ${quoted(url)} --json ${quoted(JSON.stringify({ grant_type: 'refresh_token', client_id: 'web', refresh_token: planted.refresh, client_secret: planted.secret }))}`,
  multipart: (url) =>
    `curl ${quoted(url)} -F grant_type=refresh_token -F client_id=web -F refresh_token=${planted.refresh} -F ${quoted(`password=${planted.password}`)}`,
  'a query': (url) =>
    `curl ${quoted(`${url}?${form({ client_id: 'web', refresh_token: planted.opaque, client_secret: planted.secret })}#${planted.code}`)} -X POST`,
  'a user in the address': (url) =>
    `curl ${quoted(url.replace('http://', `http://web:${encodeURIComponent(planted.secret)}@`))} -d grant_type=refresh_token`,
  'a command that is cut off': (url) =>
    `curl ${quoted(url)} -H ${quoted(basic)} --data-raw 'refresh_token=${planted.refresh}`,
  'no command at all': () => `${planted.refresh} ${planted.opaque} ${planted.password}`,
  'an unknown scheme': () =>
    `curl ${quoted(`gopher://${planted.opaque}/${planted.code}`)} -d ${quoted(`password=${planted.password}`)}`,
};

const modes = [[], ['--offline'], ['--json'], ['--offline', '--json'], ['--spend'], ['--spend', '--json']];

describe.each(Object.entries(requests))('%s', (_what, request) => {
  test.each(modes)('shows no secret with %j %j', async (...mode) => {
    const { endpoint } = await echoing();
    const { out, err } = await cli(['doctor', ...mode.filter(Boolean)], { stdin: request(endpoint) });
    expect(out + err).not.toBe('');
    expect(foundIn(out + err)).toEqual([]);
  });
});

describe('a set-up', () => {
  const setUp = async (given: Given, ...more: string[]) => {
    const { issuer } = await echoing();
    return cli(['doctor', '--issuer', issuer, '--client-id', 'web', ...more], given);
  };

  test.each(modes)('shows no secret of the environment with %j %j', async (...mode) => {
    const env = {
      TOKEN_VIGIL_REFRESH_TOKEN: planted.refresh,
      TOKEN_VIGIL_ACCESS_TOKEN: planted.opaque,
      TOKEN_VIGIL_CLIENT_SECRET: planted.secret,
    };
    const { out, err } = await setUp({ env }, ...mode.filter(Boolean));
    expect(out + err).not.toBe('');
    expect(foundIn(out + err)).toEqual([]);
  });

  test('shows no secret of files or standard input', async () => {
    const files = { r: `${planted.refresh}\n`, s: `${planted.secret}\r\n` };
    const more = ['--refresh-token-file', 'r', '--client-secret-file', 's', '--access-token-file', '-'];
    const { out, err } = await setUp({ files, stdin: planted.opaque }, ...more);
    expect(out).toContain(`opaque, ${planted.opaque.length} characters`);
    expect(out + err).not.toBe('');
    expect(foundIn(out + err)).toEqual([]);
  });

  test('shows nothing of what was typed', async () => {
    const typed = [planted.refresh, planted.opaque, planted.secret];
    const { out, err } = await setUp({ typed }, '--prompt');
    expect(out).toContain('a-session');
    expect(out + err).not.toBe('');
    expect(foundIn(out + err)).toEqual([]);
  });
});

test('an answer cannot steer the terminal', async () => {
  const { issuer } = await realm(() => [
    418,
    { error: 'a\u001b]0;title\u0007\u001b[2J\nHealthy: all is well', error_description: '\u009b31m' },
  ]);
  const { out } = await cli(['doctor', '--issuer', issuer, '--client-id', 'web']);
  // oxlint-disable-next-line no-control-regex -- those are meant
  expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  expect(out).not.toMatch(/^Healthy/m);
});

test('the client of a JSON body is shown in what it should be, and none of its tokens', async () => {
  const { endpoint } = await realm(() => [400, { error: 'invalid_request' }]);
  const body = JSON.stringify({
    grant_type: 'refresh_token',
    client_id: 'web-app',
    refresh_token: 'rt-secret-77',
  });
  const stdin = `curl ${endpoint} -H 'Content-Type: application/json' -d '${body}'`;
  const { out } = await cli(['doctor'], { stdin });
  expect(out).toContain('client_id=web-app');
  expect(out).not.toContain('rt-secret-77');
});
