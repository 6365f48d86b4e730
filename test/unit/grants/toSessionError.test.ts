import { beforeAll, describe, expect, it } from 'vitest';
import { isSessionError, SessionError, type SessionErrorCode } from '../../../src/errors/sessionError.ts';
import { failureClassOf } from '../../../src/grants/failureClass.ts';
import { tidied, toSessionError } from '../../../src/grants/protocol/toSessionError.ts';
import {
  claimsAt,
  clientId,
  configWith,
  everythingOf,
  failureOf,
  type GrantsOverKy,
  grantsOver,
  json,
  jwt,
  partsWith,
  secrets,
  tokenAnswer,
  wholly,
} from './protocolFixture.ts';

interface Row {
  readonly what: string;
  readonly answer: () => Response | Promise<Response>;
  readonly code: SessionErrorCode;
  readonly class: ReturnType<typeof failureClassOf>;
  readonly status?: number | undefined;
  readonly error?: string;
  readonly retryable?: true;
  readonly retryAfterMs?: number | undefined;
}

const nowMs = Date.now();
const tokens = { access_token: secrets.accessToken, refresh_token: secrets.newRefreshToken };
const html = (status: number): Response =>
  new Response(`<h1>${secrets.newRefreshToken}</h1>`, { status, headers: { 'content-type': 'text/html' } });
const refusal = (status: number, error: string, headers: Record<string, string> = {}): Response =>
  json({ error, error_description: `Why ${secrets.newRefreshToken}`, ...tokens }, { status, headers });
const throwing = (thrown: unknown) => (): Promise<Response> => Promise.reject(thrown);
const withIdToken = (claims: object, header?: object) => (): Response =>
  tokenAnswer({ id_token: jwt(claimsAt(nowMs, claims), header) });
const brokenBody = (): Response =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(`{"access_token":"${secrets.accessToken}`));
        controller.error(new TypeError('terminated'));
      },
    }),
    { headers: { 'content-type': 'application/json' } },
  );

const refused = { code: 'client_refused', class: 'configuration' } as const;
const unavailable = { code: 'provider_unavailable', class: 'transient', retryable: true } as const;
const needsUser = { code: 'interaction_required', class: 'interaction' } as const;
const malformed = {
  code: 'response_invalid',
  class: 'configuration',
  retryable: true,
  status: undefined,
} as const;
const wrongIdToken = { code: 'id_token_invalid', class: 'terminal' } as const;
const lost = { code: 'network_failed', class: 'unknown', retryable: true } as const;

/** The rows of pages with these statuses. */
const pages = (statuses: number[], kind: typeof refused | typeof unavailable): Row[] =>
  statuses.map((status) =>
    Object.assign({ what: `${status} page`, answer: () => html(status), status }, kind),
  );

const rows: Row[] = [
  ...[400, 401, 403].map((status) => ({
    what: `${status} invalid_grant`,
    answer: () => refusal(status, 'invalid_grant'),
    code: 'grant_refused' as const,
    class: 'terminal' as const,
    status,
    error: 'invalid_grant',
  })),
  ...['invalid_client', 'unauthorized_client', 'unsupported_grant_type', 'invalid_request'].map((error) =>
    Object.assign({ what: error, answer: () => refusal(400, error), status: 400, error }, refused),
  ),
  ...[
    'login_required',
    'interaction_required',
    'consent_required',
    'account_selection_required',
    'mfa_required',
    'invalid_scope',
  ].map((error) =>
    Object.assign({ what: error, answer: () => refusal(400, error), status: 400, error }, needsUser),
  ),
  {
    what: '401 invalid_client',
    answer: () => refusal(401, 'invalid_client'),
    ...refused,
    status: 401,
    error: 'invalid_client',
  },
  {
    what: '401 with a challenge and a body',
    answer: () => refusal(401, 'invalid_client', { 'www-authenticate': 'Basic realm="app"' }),
    ...refused,
    status: 401,
    error: 'invalid_client',
  },
  {
    what: '401 with a challenge and invalid_grant',
    answer: () => refusal(401, 'invalid_grant', { 'www-authenticate': 'Basic realm="app"' }),
    code: 'grant_refused',
    class: 'terminal',
    status: 401,
    error: 'invalid_grant',
  },
  {
    what: '401 with a challenge and no body',
    answer: () => new Response(null, { status: 401, headers: { 'www-authenticate': 'Basic realm="app"' } }),
    ...refused,
    status: 401,
  },
  {
    what: '404 of a wrong realm',
    answer: () => json({ error: 'Realm does not exist' }, { status: 404 }),
    ...refused,
    status: 404,
    error: 'Realm does not exist',
  },
  ...pages([403, 404, 405, 415], refused),
  ...pages([408, 425, 429, 500, 502, 503, 504], unavailable),
  {
    what: '500 with an OAuth body',
    answer: () => refusal(500, 'invalid_grant'),
    ...unavailable,
    status: 500,
    error: 'invalid_grant',
  },
  {
    what: '429 with Retry-After',
    answer: () => refusal(429, 'slow_down', { 'retry-after': '7' }),
    ...unavailable,
    status: 429,
    error: 'slow_down',
    retryAfterMs: 7000,
  },
  ...[
    ['31536000', 86_400_000],
    ['9'.repeat(400), 86_400_000],
    ['Infinity', 86_400_000],
    ['0', undefined],
    ['-5', undefined],
    ['soon', undefined],
  ].map(([value, retryAfterMs]) =>
    Object.assign(
      {
        what: `503 with Retry-After: ${String(value).slice(0, 20)}`,
        answer: () => new Response('', { status: 503, headers: { 'retry-after': String(value) } }),
        status: 503,
        retryAfterMs: retryAfterMs as number | undefined,
      },
      unavailable,
    ),
  ),
  {
    what: '503 with a date as Retry-After',
    answer: () =>
      json('{}', {
        status: 503,
        headers: { 'retry-after': 'Wed, 21 Oct 2026 07:28:30 GMT', date: 'Wed, 21 Oct 2026 07:28:00 GMT' },
      }),
    ...unavailable,
    status: 503,
    retryAfterMs: 30_000,
  },
  {
    what: '503 with a moment that is now as Retry-After',
    answer: () =>
      json('{}', {
        status: 503,
        headers: { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT', date: 'Wed, 21 Oct 2026 07:28:00 GMT' },
      }),
    ...unavailable,
    status: 503,
  },
  {
    what: 'a redirect',
    answer: () => new Response(null, { status: 302, headers: { location: 'https://elsewhere.example.com' } }),
    ...malformed,
    status: 302,
  },
  { what: '200 page', answer: () => html(200), ...malformed, status: 200 },
  { what: 'broken JSON', answer: () => json(`x${JSON.stringify(tokens)}`), ...malformed, status: 200 },
  { what: 'a list', answer: () => json([tokens]), ...malformed, status: 200 },
  { what: 'no access_token', answer: () => tokenAnswer({ access_token: undefined }), ...malformed },
  { what: 'an unknown token_type', answer: () => tokenAnswer({ token_type: 'mac' }), ...malformed },
  { what: 'expires_in in words', answer: () => tokenAnswer({ expires_in: 'soon' }), ...malformed },
  {
    what: 'an ID token that is none',
    answer: () => tokenAnswer({ id_token: 'planted-id.token' }),
    ...wrongIdToken,
  },
  { what: 'an unreadable ID token', answer: () => tokenAnswer({ id_token: 'a.b.c' }), ...wrongIdToken },
  { what: 'an encrypted ID token', answer: () => tokenAnswer({ id_token: 'a.b.c.d.e' }), ...wrongIdToken },
  {
    what: 'an ID token of another issuer',
    answer: withIdToken({ iss: 'https://evil.example.com' }),
    ...wrongIdToken,
  },
  { what: 'an ID token for another client', answer: withIdToken({ aud: 'other' }), ...wrongIdToken },
  { what: 'an ID token for several', answer: withIdToken({ aud: [clientId, 'other'] }), ...wrongIdToken },
  { what: 'an ID token without sub', answer: withIdToken({ sub: undefined }), ...wrongIdToken },
  {
    what: 'an ID token that is over',
    answer: withIdToken({ exp: Math.floor(nowMs / 1000) - 60 }),
    ...wrongIdToken,
  },
  { what: 'an unsigned ID token', answer: withIdToken({}, { alg: 'none' }), ...wrongIdToken },
  { what: 'an ID token signed by a secret', answer: withIdToken({}, { alg: 'HS256' }), ...wrongIdToken },
  { what: 'a body that breaks off', answer: brokenBody, ...lost },
  { what: 'no connection (Chromium)', answer: throwing(new TypeError('Failed to fetch')), ...lost },
  {
    what: 'no connection (Node)',
    answer: throwing(
      new TypeError('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) }),
    ),
    ...lost,
  },
  { what: 'an abort', answer: throwing(new DOMException('aborted', 'AbortError')), ...lost },
  {
    what: 'an error of a transport that holds the request',
    answer: throwing(Object.assign(new Error(secrets.refreshToken), { request: secrets })),
    ...lost,
  },
  {
    what: 'a TypeError that holds the request',
    answer: throwing(Object.assign(new TypeError('Failed to fetch'), { config: secrets })),
    ...lost,
  },
  {
    what: 'a TypeError over an error that holds the request',
    answer: throwing(
      new TypeError('Failed to fetch', { cause: Object.assign(new Error('inner'), { request: secrets }) }),
    ),
    ...lost,
  },
  { what: 'no error at all', answer: throwing(secrets.refreshToken), ...lost },
];

const config = configWith({ clientSecret: secrets.clientSecret });
const basic = Buffer.from(`${clientId}:${encodeURIComponent(secrets.clientSecret)}`).toString('base64');
const planted = [...Object.values(secrets), basic, 'planted'];

describe.each(['ky', 'ky-1'] as const)('a failed renewal over %s', (version) => {
  let grants: GrantsOverKy;
  beforeAll(async () => {
    grants = await grantsOver(version);
  });

  const renewalWith = (answer: Row['answer']): Promise<unknown> => {
    const provider = grants.createProvider(config, partsWith(answer));
    return failureOf(wholly(grants.refreshGrant(provider, secrets)));
  };

  it.each(rows)('$what: $code', async ({ what: _what, answer, class: wanted, ...known }) => {
    const error = await renewalWith(answer);
    if (!isSessionError(error)) throw error;
    const { code, status, error: said, retryable, retryAfterMs } = error;
    expect({ code, status, error: said, retryable, retryAfterMs }).toEqual({
      status: undefined,
      error: undefined,
      retryable: false,
      retryAfterMs: undefined,
      ...known,
    });
    expect(failureClassOf(error)).toBe(wanted);
  });

  it.each(rows)('$what: nothing secret in the error', async ({ answer }) => {
    const shown = everythingOf(await renewalWith(answer));
    for (const secret of planted) expect(shown).not.toContain(secret);
    expect(shown).not.toMatch(/\b(Request|Response|Headers|URLSearchParams) {/);
  });

  it('says what failed, where, why and what to do', async () => {
    const error = await renewalWith(() =>
      json({ error: 'invalid_grant', error_description: 'Session not active' }, { status: 400 }),
    );
    expect(error).toMatchObject({
      message:
        'Renewing the session at https://id.example.com/realms/app failed: 400, invalid_grant, Session not active. Sign in again',
      errorDescription: 'Session not active',
    });
  });

  it('says what failed and where of an answer with tokens as well', async () => {
    expect(await renewalWith(() => tokenAnswer({ expires_in: 'soon' }))).toMatchObject({
      message: `Renewing the session at ${config.issuer} failed: \`expires_in\` is missing or malformed. Does something else answer in place of the provider?`,
    });
  });

  it('quotes whole sentences, with one full stop', async () => {
    const said = { error: 'invalid_grant', error_description: 'Not active. Sign in.' };
    expect(await renewalWith(() => json(said, { status: 400 }))).toMatchObject({
      message: `Renewing the session at ${config.issuer} failed: 400, invalid_grant, Not active. Sign in. Sign in again`,
    });
  });

  it('names the secret that can be wrong, and the grant', async () => {
    for (const error of ['invalid_client', 'unauthorized_client']) {
      expect(await renewalWith(() => refusal(401, error))).toMatchObject({
        message: expect.stringContaining('`clientSecret`') as string,
        grantType: 'refresh_token',
      });
    }
  });

  it('keeps the native error as cause, and only it', async () => {
    const { cause } = (await renewalWith(throwing(new TypeError('Failed to fetch')))) as Error;
    expect(cause).toEqual(new TypeError('Failed to fetch'));
    const aborted = (await renewalWith(throwing(new DOMException('aborted', 'AbortError')))) as Error;
    expect(aborted.cause).toMatchObject({ name: 'AbortError', message: 'aborted' });
    expect(await renewalWith(() => refusal(400, 'invalid_grant'))).not.toHaveProperty('cause');
  });

  it('names what the network said', async () => {
    const inner = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    expect(await renewalWith(throwing(new TypeError('fetch failed', { cause: inner })))).toMatchObject({
      message: expect.stringContaining('failed: fetch failed (ECONNREFUSED). Check the connection') as string,
    });
  });

  it('shortens what the provider says', async () => {
    const error = await renewalWith(() =>
      json({ error: 'invalid_request', error_description: 'very long '.repeat(100) }, { status: 400 }),
    );
    expect(error).toMatchObject({ errorDescription: 'very long '.repeat(20) });
  });

  it('calls wrong credentials a refused sign-in, whichever status comes with them', async () => {
    for (const status of [400, 401]) {
      const provider = grants.createProvider(
        config,
        partsWith(() => refusal(status, 'invalid_grant')),
      );
      const asked = grants.passwordGrant(provider, { username: 'user1', password: secrets.password });
      const error = await failureOf(asked);
      expect(error).toMatchObject({
        code: 'sign_in_refused',
        status,
        error: 'invalid_grant',
        grantType: 'password',
        message: expect.stringContaining('Signing in with a password at https://') as string,
      });
      expect(everythingOf(error)).not.toContain('planted');
    }
  });
});

let grants: GrantsOverKy;
beforeAll(async () => {
  grants = await grantsOver('ky');
});

describe('what a server or a transport echoes', () => {
  const uuid = '0ed8c4d2-8a32-4b48-9f8b-0e3bb6a1e6c5';
  const sentValues = {
    refresh_token: uuid,
    client_secret: 's/ecret ümlaut',
    password: 'hunter2-secret',
    code: 'code-a1b2',
    assertion: 'assertion-of-mine',
  };
  const told = Object.keys(sentValues).flatMap((name) =>
    [
      (text: string) => text,
      encodeURIComponent,
      (text: string) => Buffer.from(text).toString('base64'),
      (text: string) => JSON.stringify({ text }),
    ].map((encode) => (form: URLSearchParams) => encode(form.get(name) ?? sentValues.client_secret)),
  );
  const guarded = configWith({
    clientSecret: sentValues.client_secret,
    tokenParameters: { assertion: sentValues.assertion },
  });

  const everyRequest = async (answer: (form: URLSearchParams) => Response | Promise<Response>) => {
    const provider = grants.createProvider(
      guarded,
      partsWith(({ form }) => answer(form)),
    );
    const transaction = {
      state: 'state-of-mine',
      nonce: 'nonce-of-mine',
      codeVerifier: 'verifier-of-mine'.repeat(3),
      redirectUri: 'https://app.example.com/',
      returnTo: '/',
      silent: false as const,
      createdAtMs: nowMs,
    };
    const back = new URL(`https://app.example.com/?state=state-of-mine&code=${sentValues.code}`);
    const held = { accessToken: 'planted-access', refreshToken: uuid };
    return Promise.all([
      failureOf(wholly(grants.refreshGrant(provider, held))),
      failureOf(grants.passwordGrant(provider, { username: 'ada', password: sentValues.password })),
      failureOf(grants.finishCodeGrant(provider, transaction, back)),
    ]);
  };

  const parts = (value: string) => [value, encodeURIComponent(value), Buffer.from(value).toString('base64')];
  const secretOf = ['hunter2-secret', uuid, sentValues.code, 's/ecret ümlaut', 'assertion-of-mine'].flatMap(
    parts,
  );

  it.each<[string, (text: string) => Response | Promise<Response>]>([
    [
      'as description',
      (text) => json({ error: 'invalid_grant', error_description: `No: ${text}` }, { status: 400 }),
    ],
    ['as error', (text) => json({ error: text, error_description: 'x' }, { status: 400 })],
    ['as error with 200', (text) => json({ error: text, error_description: text })],
    ['as error of a 500', (text) => json({ error: text, error_description: text }, { status: 500 })],
    ['as a page', (text) => new Response(text, { status: 200, headers: { 'content-type': 'text/html' } })],
    [
      'as content type',
      (text) => new Response('', { headers: { 'content-type': text.replaceAll(/[^\w-]/g, '') } }),
    ],
    ['as reason', (text) => new Response('', { status: 400, statusText: text.replaceAll(/[^\w-]/g, '') })],
    ['as token type', (text) => json({ access_token: 'a', token_type: text })],
    ['as life', (text) => json({ access_token: 'a', expires_in: text })],
    ['as ID token', (text) => json({ access_token: 'a', id_token: text })],
    ['as issuer', (text) => json({ access_token: 'a', expires_in: 'x', issuer: text })],
    [
      'as challenge',
      (text) =>
        json(
          { error: 'invalid_client' },
          { status: 401, headers: { 'www-authenticate': `Basic realm="${text.replaceAll(/[^\w-]/g, '')}"` } },
        ),
    ],
    [
      'as Retry-After',
      (text) => json({}, { status: 503, headers: { 'retry-after': text.replaceAll(/[^\w-]/g, '') } }),
    ],
    ['thrown as native error', (text) => Promise.reject(new TypeError(`transport says ${text}`))],
    ['thrown as abort', (text) => Promise.reject(new DOMException(`aborted ${text}`, 'AbortError'))],
    ['thrown as the name of an abort', (text) => Promise.reject(new DOMException('aborted', text))],
    [
      'thrown as reason beneath',
      (text) => Promise.reject(new TypeError('x', { cause: Object.assign(new Error('y'), { code: text }) })),
    ],
    [
      'thrown as an error of ours',
      (text) => Promise.reject(new SessionError('network_failed', text, { cause: text })),
    ],
    [
      'thrown as an error of a copy',
      (text) =>
        Promise.reject(Object.assign(new Error(text), { name: 'SessionError', code: 'network_failed' })),
    ],
    [
      'thrown as an error of oauth4webapi',
      (text) => Promise.reject(Object.assign(new Error(text), { code: 'OAUTH_X' })),
    ],
    [
      'thrown as an OAuth error',
      (text) => Promise.reject(Object.assign(new Error(text), { error: text, error_description: text })),
    ],
    ['thrown as a text', (text) => Promise.reject(text)],
  ])('%s is in no error', async (_where, answer) => {
    for (const tell of told) {
      for (const error of await everyRequest((form) => answer(tell(form)))) {
        const shown = everythingOf(error);
        for (const secret of secretOf) expect(shown).not.toContain(secret);
      }
    }
  });

  it('leaves the rest of what it says', async () => {
    const [renewal] = await everyRequest(() =>
      json(
        { error: 'invalid_grant', error_description: `Wrong client for this refresh token: ${uuid}` },
        { status: 400 },
      ),
    );
    expect(renewal).toMatchObject({
      code: 'grant_refused',
      error: 'invalid_grant',
      errorDescription: 'Wrong client for this refresh token: …',
    });
  });

  it('takes the sentence along with a short password, and keeps the code', async () => {
    const said = (error_description: string) =>
      partsWith(() => json({ error: 'invalid_grant', error_description }, { status: 400 }));
    const signIn = (description: string) =>
      failureOf(
        grants.passwordGrant(grants.createProvider(configWith(), said(description)), {
          username: 'ada',
          password: 'admin',
        }),
      );
    expect(await signIn('Bad credentials for ada / admin')).toMatchObject({
      code: 'sign_in_refused',
      error: 'invalid_grant',
      errorDescription: undefined,
      message: expect.stringMatching(/failed: 400, invalid_grant\. Sign in again$/) as string,
    });
    expect(await signIn('Account is not fully set up')).toMatchObject({
      errorDescription: 'Account is not fully set up',
    });
  });

  it('is read for a while only', async () => {
    const [renewal] = await everyRequest(() =>
      json({ error: 'x', error_description: 'very long '.repeat(100_000) }, { status: 400 }),
    );
    expect((renewal as SessionError).errorDescription).toBe('very long '.repeat(20));
  });

  it.each([
    [5, undefined],
    [['invalid_grant'], undefined],
    [{ code: 'invalid_grant' }, undefined],
    [null, undefined],
    [true, undefined],
    ['', undefined],
  ])('is no OAuth error where it is %j', async (said, wanted) => {
    for (const error of await everyRequest(() =>
      json({ error: said, error_description: said }, { status: 400 }),
    )) {
      expect(error).toMatchObject({
        code: 'client_refused',
        status: 400,
        error: wanted,
        errorDescription: wanted,
      });
    }
  });

  it('is read behind a byte order mark', async () => {
    const [renewal] = await everyRequest(
      () =>
        new Response('\uFEFF{"error":"invalid_grant"}', {
          status: 400,
          headers: { 'content-type': 'application/json' },
        }),
    );
    expect(renewal).toMatchObject({ code: 'grant_refused', error: 'invalid_grant' });
  });
});

describe('invalid_scope', () => {
  it.each([
    [{}, 'interaction_required'],
    [{ tokenParameters: { resource: 'x' } }, 'interaction_required'],
    [{ tokenParameters: { scope: 'openid' } }, 'client_refused'],
  ])('at a renewal with %j is %s', async (more, code) => {
    const provider = grants.createProvider(
      configWith(more),
      partsWith(() => refusal(400, 'invalid_scope')),
    );
    expect(await failureOf(wholly(grants.refreshGrant(provider, secrets)))).toMatchObject({ code });
  });

  it('at a sign-in is a matter of configuration', async () => {
    const provider = grants.createProvider(
      configWith(),
      partsWith(() => refusal(400, 'invalid_scope')),
    );
    expect(
      await failureOf(grants.passwordGrant(provider, { username: 'a', password: 'bcdefg' })),
    ).toMatchObject({
      code: 'client_refused',
      message: expect.stringContaining('Check `scope`') as string,
    });
  });
});

describe('somebody else’s words', () => {
  const long = `${'x'.repeat(49)} `.repeat(19);

  it.each([
    ['what is no text', 5, undefined],
    ['an empty one', '', undefined],
    ['a word as long as a token', `see ${'a'.repeat(40)}!`, 'see …!'],
    ['a word that is shorter', `see ${'a'.repeat(39)}!`, `see ${'a'.repeat(39)}!`],
    ['a short sentence', 'word '.repeat(50), 'word '.repeat(40)],
    ['what is just read', `${long}${'word '.repeat(10)}`, `${'… '.repeat(19)}${'word '.repeat(10)}`],
    [
      'a word that reading ends in',
      `${long}${'word '.repeat(9)}cut-through`,
      `${'… '.repeat(19)}${'word '.repeat(9)}…`,
    ],
  ])('are shortened: %s', (_what, text, shown) => {
    expect(tidied(text, [])).toBe(shown);
  });
});

describe('an ID token that is refused', () => {
  const sent = ['admin', 'a-longer-secret'];
  const messageFor = (cause: unknown): string => {
    const thrown = Object.assign(new Error('unexpected claim'), { code: 'OAUTH_JWT_X', cause });
    return toSessionError(thrown, { secrets: sent }).message;
  };

  it.each([
    ['of another issuer', { claim: 'iss', claims: { iss: 'https://id.test/a' } }, ': https://id.test/a'],
    // A short secret is in an address by chance.
    [
      'beside a short secret',
      { claim: 'iss', claims: { iss: 'https://id.test/admin' } },
      ': https://id.test/admin',
    ],
    ['that quotes a secret', { claim: 'iss', claims: { iss: 'https://id.test/a-longer-secret' } }, ': …'],
    ['of an issuer that is no address', { claim: 'iss', claims: { iss: 'nowhere' } }, ''],
    ['of no issuer', { claim: 'iss', claims: {} }, ''],
    ['for the want of claims', { claim: 'iss' }, ''],
    ['for another claim', { claim: 'aud', claims: { iss: 'https://id.test/a' } }, ''],
    ['for no claim', undefined, ''],
  ])('names the issuer that would be right, and nothing else: %s', (_what, cause, named) => {
    expect(messageFor(cause)).toBe(
      `The request failed: unexpected claim${named}. Check issuer and client id`,
    );
  });
});

describe('whatever else is thrown', () => {
  it.each([
    [
      { response: new Response('', { status: 404 }) },
      '404. Check issuer and client, or ask `npx token-vigil doctor`',
    ],
    [{ response: new Response('', { status: 503 }) }, '503. Try again later'],
    [
      { response: new Response('', { status: 302 }) },
      '302. Does something else answer in place of the provider?',
    ],
    [
      { code: 'ERR_INVALID_ARG_VALUE', message: 'no URL' },
      'no URL. Check `issuer`, `clientId`, `endpoints` and, for plain http, `allowInsecureRequests`',
    ],
  ])('is told with what to do next: %#', (thrown, message) => {
    expect(toSessionError(thrown).message).toBe(`The request failed: ${message}`);
  });

  it('passes an error of ours unchanged', () => {
    const ours = toSessionError(undefined);
    expect(ours).toMatchObject({ code: 'network_failed', retryable: true });
    expect(toSessionError(ours)).toBe(ours);
  });

  it.each([
    ['of the platform', new TypeError('Failed to fetch')],
    ['of a transport', new Error('Failed to fetch')],
  ])('survives errors that cause themselves, %s', (_whose, circular) => {
    circular.cause = circular;
    const error = toSessionError(circular);
    expect(error.code).toBe('network_failed');
    expect(everythingOf(error).length).toBeLessThan(10_000);
  });

  it('finds the error of the platform beneath four others, and looks no deeper', () => {
    const beneath = (depth: number): Error =>
      depth === 0
        ? new TypeError('Failed to fetch')
        : new Error('of a transport', { cause: beneath(depth - 1) });
    expect(toSessionError(beneath(4)).cause).toEqual(new TypeError('Failed to fetch'));
    expect(toSessionError(beneath(5))).not.toHaveProperty('cause');
  });

  it.each([
    ['is a connection that broke', new TypeError('terminated'), 'network_failed'],
    ['is no answer of a provider', new SyntaxError('Unexpected end of JSON input'), 'response_invalid'],
  ])('of the library over a body that cannot be read %s', (_what, cause, code) => {
    const unread = Object.assign(new Error('failed to parse', { cause }), { code: 'OAUTH_PARSE_ERROR' });
    expect(toSessionError(unread)).toMatchObject({ code, retryable: true });
  });

  it('is quoted where it is of the library alone', () => {
    const thrownWith = (code: string) => toSessionError(Object.assign(new Error('said so'), { code }));
    expect(thrownWith('OAUTH_X')).toMatchObject({
      code: 'response_invalid',
      message: expect.stringContaining('said so') as string,
    });
    expect(thrownWith('NO_OAUTH_X')).toMatchObject({
      code: 'network_failed',
      message: expect.not.stringContaining('said so') as string,
    });
  });
});
