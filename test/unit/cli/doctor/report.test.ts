import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { RankedCause } from '../../../../src/explain/explanation.ts';
import type { FailedGrant, TokenShape } from '../../../../src/explain/failedGrant.ts';
import { doctorOptions } from '../../../../src/cli/doctor/doctorOptions.ts';
import { terminalFor } from '../../../../src/cli/doctor/report/terminal.ts';
import { reportText } from '../../../../src/cli/doctor/report/reportText.ts';
import { tokenRows } from '../../../../src/cli/doctor/report/tokenRows.ts';
import { type Circumstances, verdictOn } from '../../../../src/cli/doctor/verdict.ts';
import { cli, jwt, realm, refusedToken } from './stage.ts';

const NOW = 1_764_036_000;
const ISSUER = 'https://id.example/realms/app';

const refresh: TokenShape = {
  isJwt: true,
  length: 700,
  issuer: ISSUER,
  authorizedParty: 'web',
  typ: 'Refresh',
  sessionId: 's-1',
  issuedAtSeconds: NOW - 12,
  expiresAtSeconds: NOW + 240,
};

const access: TokenShape = { ...refresh, typ: 'Bearer', expiresAtSeconds: NOW + 48 };

const failureWith = (refreshToken: TokenShape | undefined, accessToken?: TokenShape): FailedGrant => ({
  nowSeconds: NOW,
  request: {
    method: 'POST',
    url: `${ISSUER}/protocol/openid-connect/token`,
    encoding: 'form',
    fields: {},
    queryFields: {},
    grantType: 'refresh_token',
    clientId: 'web',
    refreshToken,
    accessToken,
  },
});

/** What is marked, as `label of token`. */
const marks = (failure: FailedGrant): readonly string[] =>
  tokenRows(failure).flatMap(({ label, ...cells }) =>
    (['refresh', 'access'] as const)
      .filter((which) => cells[which].isOff)
      .map((which) => `${label} of ${which}`),
  );

describe('tokens side by side', () => {
  test('are told with times as seen from now', () => {
    expect(
      tokenRows(failureWith(refresh, access)).map(({ label, refresh: one, access: other }) => [
        label,
        one.text,
        other.text,
      ]),
    ).toEqual([
      ['issuer', ISSUER, ISSUER],
      ['client', 'web', 'web'],
      ['type', 'Refresh', 'Bearer'],
      ['session', 's-1', 's-1'],
      ['issued', '12 s ago', '12 s ago'],
      ['expires', 'in 4 min', 'in 48 s'],
    ]);
    expect(marks(failureWith(refresh, access))).toEqual([]);
  });

  test.each<readonly [string, Partial<TokenShape>, Partial<TokenShape>, readonly string[]]>([
    [
      'another issuer than the endpoint',
      { issuer: 'https://other.example' },
      { issuer: 'https://other.example' },
      ['issuer of refresh', 'issuer of access'],
    ],
    ['another client', { authorizedParty: 'api' }, {}, ['client of refresh']],
    ['an access token in the place of the refresh token', { typ: 'Bearer' }, {}, ['type of refresh']],
    ['an ID token in the place of the access token', {}, { typ: 'ID' }, ['type of access']],
    ['two sessions', {}, { sessionId: 's-2' }, ['session of refresh', 'session of access']],
    ['one that comes from the future', { issuedAtSeconds: NOW + 90 }, {}, ['issued of refresh']],
    ['one that is over', { expiresAtSeconds: NOW - 1 }, {}, ['expires of refresh']],
    ['an offline token without an end', { typ: 'Offline', expiresAtSeconds: undefined }, {}, []],
  ])('mark %s', (_what, one, other, expected) => {
    expect(marks(failureWith({ ...refresh, ...one }, { ...access, ...other }))).toEqual(expected);
  });

  test('go by the clock of the server', () => {
    const failure = { ...failureWith(refresh), server: { clockDifferenceSeconds: 300 } };
    expect(marks(failure)).toEqual(['expires of refresh']);
  });

  test('are called opaque where they are, and are left out where there are none', () => {
    const [issuer, client] = tokenRows(failureWith({ isJwt: false, length: 43 }));
    expect([issuer?.refresh.text, client?.refresh.text]).toEqual(['opaque, 43 characters', '-']);
    expect(tokenRows(failureWith(undefined))).toEqual([]);
  });

  test('lose what could steer the terminal', () => {
    const [issuer, client] = tokenRows(
      failureWith({ ...refresh, issuer: 'https://\u001b[2Jx', authorizedParty: 'a\u0007b' }),
    );
    expect([issuer?.refresh.text, client?.refresh.text]).toEqual(['https:// [2Jx', 'a b']);
  });
});

const cause = (certainty: RankedCause['certainty'], title = 'It is broken'): RankedCause => ({
  id: 'broken',
  title,
  certainty,
  evidence: ['A crack.'],
  remedy: 'Mend it.',
  check: 'Look at it.',
  docs: 'npx token-vigil cause broken',
});

describe('the verdict', () => {
  const refused = { server: { junkTokenAnswer: { status: 400, error: 'invalid_grant' } } };
  const on = (failure: FailedGrant, more: Partial<Circumstances> = {}, causes: readonly RankedCause[] = []) =>
    verdictOn(causes, {
      failure,
      isRequest: true,
      isOffline: false,
      isSpent: false,
      isOnlyRead: false,
      strangeness: undefined,
      ...more,
    });

  test('is a fault by what is shown or likely', () => {
    expect(on({}, {}, [cause('shown')])).toEqual({ kind: 'fault', summary: 'It is broken' });
    expect(on({}, {}, [cause('likely'), cause('possible')])).toEqual({
      kind: 'fault',
      summary: 'It is broken',
    });
  });

  test('says of several possible causes that they are possible', () => {
    const answer = { status: 401, error: 'invalid_client' };
    const summary =
      'the answer is 401 invalid_client. 2 causes are possible, the commonest first: It is broken';
    const two = [cause('possible'), cause('possible')];
    const { request } = failureWith(refresh);
    expect(on({ answer, request }, {}, two)).toEqual({ kind: 'fault', summary });
    expect(on({ answer }, {}, two)).toEqual({
      kind: 'cannot_tell',
      summary: `${summary}. Paste the request as well`,
    });
  });

  test('is healthy of a set-up whose client is accepted, and says what was not tried', () => {
    const { request } = failureWith(refresh);
    expect(on({ ...refused, request }, { isRequest: false })).toEqual({
      kind: 'healthy',
      summary:
        'the provider is there, and its token endpoint accepts the client. The refresh token itself was not tried; only `--spend` does that',
    });
  });

  test('is healthy of a request only if it was granted', () => {
    const { request } = failureWith(refresh);
    expect(on({ ...refused, request }).kind).toBe('cannot_tell');
    expect(on({ ...refused, request }).summary).toContain('What is left is the refresh token itself');
    expect(on({ request, answer: { status: 200 } }, { isSpent: true }).kind).toBe('healthy');
    expect(on({ request, answer: { status: 200, isMalformed: true } }, { isSpent: true }).kind).toBe(
      'cannot_tell',
    );
  });

  test.each<readonly [string, FailedGrant, Partial<Circumstances>, RegExp]>([
    [
      'an answer that nobody knows',
      { ...failureWith(refresh), answer: { status: 418, error: 'teapot' } },
      {},
      /no cause is known for the answer 418 teapot/,
    ],
    ['an endpoint that is silent', failureWith(refresh), { strangeness: 'it is silent' }, /^it is silent$/],
    [
      'a request alone',
      failureWith(refresh),
      { isOffline: true },
      /nothing is wrong with the request by itself/,
    ],
    ['tokens alone', {}, { isOffline: true }, /nothing is wrong with what is there/],
    [
      'no endpoint',
      { server: { discovery: { url: 'https://id.example/x', status: 404, isMetadata: false } } },
      {},
      /token endpoint is not known, since https:\/\/id.example\/x/,
    ],
  ])('cannot tell by %s', (_what, failure, more, summary) => {
    expect(on(failure, more)).toEqual({ kind: 'cannot_tell', summary: expect.stringMatching(summary) });
  });
});

test('the text begins with the verdict and fits the terminal, but for what is to be copied', () => {
  const text = reportText(
    {
      endpoint: 'token',
      verdict: { kind: 'fault', summary: 'It is broken' },
      causes: [
        cause('likely', 'It is broken in more ways than would ever fit into one line of this terminal'),
      ],
      failure: { ...failureWith(refresh, access), server: { clockDifferenceSeconds: -7 } },
      asked: [{ what: 'preflight', method: 'OPTIONS', url: ISSUER, noAnswer: 'timed_out' }],
      notes: [],
      corrected: "curl --request POST 'https://id.example'",
    },
    terminalFor({}, { write: () => undefined, columns: 60 }),
  );
  expect(text).toBe(`Fault: It is broken
The request goes to the token endpoint: POST
https://id.example/realms/app/protocol/openid-connect/token
The server's clock is 7 s behind this machine's.

1. It is broken in more ways than would ever fit into one
   line of this terminal (likely)
   seen    A crack.
   change  Mend it.
   check   Look at it.
   more    npx token-vigil cause broken

Tokens
  refresh token
  issuer     https://id.example/realms/app
  client     web
  type       Refresh
  session    s-1
  issued     5 s ago
  expires    in 4 min
  access token
  issuer     https://id.example/realms/app
  client     web
  type       Bearer
  session    s-1
  issued     5 s ago
  expires    in 55 s

Asked
  preflight: no answer, timed out
    OPTIONS https://id.example/realms/app

The request as it should be, secrets left out
curl --request POST 'https://id.example'
`);
});

describe('JSON', () => {
  const page = readFileSync(fileURLToPath(new URL('../../../../docs/doctor.md', import.meta.url)), 'utf8');

  test('has the shape that its page describes', async () => {
    const { issuer, endpoint } = await realm((fields) =>
      fields.has('client_id') ? refusedToken : [401, { error: 'invalid_client' }],
    );
    const token = jwt({ iss: issuer, azp: 'web', typ: 'Refresh' });
    const stdin = `curl '${endpoint}' -F grant_type=refresh_token -F client_id=web -F refresh_token=${token}`;
    const { status, out } = await cli(['doctor', '--json'], { stdin });
    const said = JSON.parse(out) as Record<string, unknown>;
    const [, told = ''] = /^```json\n(.*?)^```$/ms.exec(page) ?? [];
    expect(Object.keys(said)).toEqual(Object.keys(JSON.parse(told) as object));
    expect(said).toMatchObject({
      version: 1,
      verdict: 'fault',
      exitStatus: 1,
      request: { encoding: 'multipart', refreshToken: { typ: 'Refresh' } },
    });
    expect(status).toBe(1);
  });

  test('stays JSON where secrets are words of its own', async () => {
    const { endpoint } = await realm(() => refusedToken);
    const stdin = `curl '${endpoint}' -d grant_type=password -d client_id=web -d username=true -d password=400 -d totp=null`;
    expect(JSON.parse((await cli(['doctor', '--json'], { stdin })).out)).toMatchObject({ version: 1 });
  });

  test('the page names every option', () => {
    const names = Object.keys(doctorOptions([])).map((name) =>
      name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    );
    expect(names.filter((name) => !page.includes(`\`--${name}`))).toEqual([]);
  });
});

test('a password that is a word of ours leaves our texts whole', async () => {
  const { endpoint } = await realm(() => refusedToken);
  const stdin = `curl '${endpoint}' -d grant_type=password -d client_id=web -d username=user1 -d password=password`;
  const { out } = await cli(
    [
      'doctor',
      '--offline',
      '--status',
      '401',
      '--error',
      'invalid_grant',
      '--error-description',
      'Invalid user credentials',
    ],
    { stdin },
  );
  expect(out).toContain("'grant_type=password'");
  expect(out).not.toContain('<hidden>');
});
