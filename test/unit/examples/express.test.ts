import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { listen } from '../../../docs/demo/http/listen.ts';
import { startProvider } from '../../../docs/demo/provider.ts';
import type { IdleOptions } from '../../../src/index.ts';
import { createCookie } from '../../../docs/examples/express/cookies.ts';
import { createPendingSignIns } from '../../../docs/examples/express/pendingSignIns.ts';
import { startExpressExample } from '../../support/expressExample.ts';
import { createHttpBrowser } from '../../support/httpBrowser.ts';
import { watchSecrets } from '../../support/secretWatch.ts';

/** The example server and a provider, on loopback. */
async function startExample(idle: IdleOptions = {}) {
  const provider = await startProvider({ accessTokenSeconds: 60, refreshTokenSeconds: 600 });
  onTestFinished(provider.stop);
  const example = await startExpressExample('127.0.0.1', () => ({
    ...provider.clients.confidentialBasic,
    issuer: provider.issuer,
    ...(Object.keys(idle).length > 0 && { idle }),
  }));
  return { ...example, provider };
}

const REFRESH_TOKEN = '0ed8c4d2-8a32-4b48-9f8b-0e3bb6a1e6c5';

const [ownKeys, otherKeys] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
const signedBy =
  ({ privateKey }: typeof ownKeys) =>
  (claims: JWTPayload) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);

/** A provider that quotes the refresh token in its refusals, as Spring's does, and whose userinfo can be anybody's. */
async function startStub({
  sub = 'ada',
  claims = {},
  quotedAs = 'error_description',
  sign = signedBy(ownKeys),
} = {}) {
  const server = createServer();
  const { port, stop } = await listen(server, 0);
  onTestFinished(stop);
  const issuer = `http://127.0.0.1:${port}`;
  const nonces: (string | null)[] = [];
  type Answer = readonly [status: number, body: object];
  const routes: Readonly<Record<string, (form: URLSearchParams) => Answer | Promise<Answer>>> = {
    '/.well-known/openid-configuration': () => [
      200,
      {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        id_token_signing_alg_values_supported: ['none', 'RS256'],
        userinfo_endpoint: `${issuer}/userinfo`,
        end_session_endpoint: `${issuer}/logout`,
      },
    ],
    '/keys': async () => [200, { keys: [await exportJWK(ownKeys.publicKey)] }],
    '/token': async (form) => {
      const quoted = { [quotedAs]: `Wrong client for this refresh token: ${form.get('refresh_token')}` };
      if (form.get('grant_type') === 'refresh_token') return [400, { error: 'invalid_grant', ...quoted }];
      const iat = Math.floor(Date.now() / 1000);
      const named = { iss: issuer, aud: 'web', sub: 'ada', nonce: nonces.at(-1) };
      return [
        200,
        {
          access_token: 'access-1',
          token_type: 'Bearer',
          expires_in: 300,
          refresh_token: REFRESH_TOKEN,
          id_token: await sign({ ...named, iat, exp: iat + 300, ...claims }),
        },
      ];
    },
    '/userinfo': () => [200, { sub, name: 'Somebody' }],
  };
  server.on('request', async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', issuer);
    let body = '';
    for await (const chunk of request) body += String(chunk);
    if (pathname === '/auth') {
      nonces.push(searchParams.get('nonce'));
      const answer = new URLSearchParams({ code: 'code-1', state: searchParams.get('state') ?? '' });
      return response.writeHead(303, { Location: `${searchParams.get('redirect_uri')}?${answer}` }).end();
    }
    const [status, value] = (await routes[pathname]?.(new URLSearchParams(body))) ?? [404, {}];
    return response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
  });
  return startExpressExample('127.0.0.1', () => ({ issuer, clientId: 'web', clientSecret: 's3cret' }));
}

/** Where nobody is asked for anything. */
async function signInAt({ origin }: { readonly origin: string }) {
  const browser = createHttpBrowser();
  return { browser, page: await browser.open(`${origin}/login`) };
}

type Example = Awaited<ReturnType<typeof startExample>>;

describe('signing in', () => {
  test('leads through the provider and back to a page with a name on it', async () => {
    const example = await startExample();
    const { page } = await example.signIn();
    expect(page.url).toBe(`${example.origin}/`);
    expect(page.text).toContain('Hello Ada User');
  });

  test('sends an S256 challenge, state and nonce, new ones each time', async () => {
    const { origin } = await startExample();
    const ask = async () => {
      const response = await createHttpBrowser().send(`${origin}/login`);
      return new URL(response.headers.get('Location') ?? '').searchParams;
    };
    const [one, other] = [await ask(), await ask()];
    expect(one.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) {
      expect(one.get(name)).toMatch(/^[\w-]{43}$/);
      expect(one.get(name)).not.toBe(other.get(name));
    }
  });

  test('returns to the page that was asked for', async () => {
    const example = await startExample();
    const { page } = await example.signIn(undefined, '/login?return_to=/profile');
    expect(page.url).toBe(`${example.origin}/profile`);
    expect(JSON.parse(page.text)).toMatchObject({ preferred_username: 'user1' });
  });

  test.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/.//evil.example',
    'javascript:1',
    'http://evil@ORIGIN/',
    'blob:http://ORIGIN/x',
  ])('never returns to another host: %s', async (path) => {
    const example = await startExample();
    const asked = encodeURIComponent(path.replace('ORIGIN', new URL(example.origin).host));
    const { browser, page } = await example.signIn(undefined, `/login?return_to=${asked}`);
    expect(page.url).toMatch(new RegExp(`^${example.origin}/`));
    const hosts = browser.visited.map((url) => new URL(url).hostname);
    expect(new Set(hosts)).toEqual(new Set(['127.0.0.1']));
  });

  test('gives a new id, whatever id the browser came with', async () => {
    const example = await startExample();
    const browser = createHttpBrowser();
    browser.setCookie(example.origin, 'session', 'planted');
    await example.signIn(browser);
    const first = browser.cookie(example.origin, 'session');
    expect(first).toMatch(/^[\w-]{43}$/);
    await browser.open(`${example.origin}/login`);
    expect(browser.cookie(example.origin, 'session')).not.toBe(first);
    browser.setCookie(example.origin, 'session', first ?? '');
    expect((await example.refresh(browser)).status).toBe(401);
  });

  test('goes on in two tabs at once', async () => {
    const example = await startExample();
    const browser = createHttpBrowser();
    const [one, other] = [
      await browser.open(`${example.origin}/login`),
      await browser.open(`${example.origin}/login`),
    ];
    const fields = { username: 'user1', password: 'password' };
    expect((await browser.submit(one, fields)).status).toBe(200);
    expect((await browser.submit(other, fields)).status).toBe(200);
  });
});

describe('an answer of the provider', () => {
  /** The address that the provider sends the browser back to. */
  const answerOf = async (example: Example, browser = createHttpBrowser()) => {
    await example.signIn(browser);
    const response = await browser.send(`${example.origin}/login`);
    const back = await browser.send(response.headers.get('Location') ?? '');
    return new URL(back.headers.get('Location') ?? '');
  };
  const error = (status: number, code: string) => ({ status, code });
  const fetched = async (browser: ReturnType<typeof createHttpBrowser>, url: URL) => {
    const response = await browser.send(url.href);
    const { code } = (await response.json()) as { code: string };
    return error(response.status, code);
  };

  test('is worth nothing in another browser', async () => {
    const example = await startExample();
    const url = await answerOf(example);
    expect(await fetched(createHttpBrowser(), url)).toEqual(error(400, 'sign_in_cancelled'));
  });

  test('is worth nothing a second time, and the first session goes on', async () => {
    const example = await startExample();
    const browser = createHttpBrowser();
    const url = await answerOf(example, browser);
    expect((await browser.send(url.href)).status).toBe(303);
    expect(await fetched(browser, url)).toEqual(error(400, 'sign_in_cancelled'));
    expect((await example.refresh(browser)).status).toBe(200);
  });

  test.each([
    ['another state', 'state', 'made-up', error(400, 'sign_in_cancelled')],
    ['another issuer', 'iss', 'https://evil.example', error(502, 'response_invalid')],
    ['another code', 'code', 'made-up', error(403, 'sign_in_refused')],
  ])('is refused with %s', async (_what, name, value, expected) => {
    const example = await startExample();
    const browser = createHttpBrowser();
    const url = await answerOf(example, browser);
    url.searchParams.set(name, value);
    expect(await fetched(browser, url)).toEqual(expected);
  });

  test.each([
    ['somebody else', signedBy(otherKeys)],
    ['nobody', async (claims: JWTPayload) => new UnsecuredJWT(claims).encode()],
  ])('is refused with an ID token that is signed by %s', async (_who, sign) => {
    const { browser, page } = await signInAt(await startStub({ sign }));
    expect(page.status).toBe(502);
    expect(browser.cookie(page.url, 'session')).toBeUndefined();
  });

  test('that says no becomes a page that says so', async () => {
    const example = await startExample();
    const browser = createHttpBrowser();
    const form = await browser.open(`${example.origin}/login`);
    const page = await browser.submit(form, { cancel: '' });
    expect(page.status).toBe(403);
    expect(page.text).toContain('The provider answered access_denied');
    expect(page.text).toContain('<a href="/login">');
  });

  test('cannot put its own words into our page', async () => {
    const example = await startExample();
    const browser = createHttpBrowser();
    const url = await answerOf(example, browser);
    url.searchParams.delete('code');
    url.searchParams.set('error', '<script>alert(1)</script>');
    const page = await browser.open(url.href);
    expect(page.text).toContain('unknown_error');
    expect(page.text).not.toContain('alert');
  });
});

describe('sign-ins that have left', () => {
  const pending = (state: string) => ({ state, nonce: '', codeVerifier: '', returnTo: '/' });

  test('are forgotten after ten minutes', () => {
    let nowMs = 0;
    const kept = createPendingSignIns(() => nowMs);
    kept.keep('browser', pending('a'));
    kept.keep('browser', pending('b'));
    nowMs = 600_000;
    expect(kept.take('browser', 'a')).toBeDefined();
    nowMs++;
    expect(kept.take('browser', 'b')).toBeUndefined();
  });

  test('are at most ten thousand: the oldest give way', () => {
    const kept = createPendingSignIns(() => 0);
    for (let count = 0; count <= 10_000; count++) kept.keep('browser', pending(`${count}`));
    expect(kept.take('browser', '0')).toBeUndefined();
    expect(kept.take('browser', '1')).toBeDefined();
  });
});

describe('the refresh', () => {
  test('answers with an instant, not with tokens', async () => {
    const example = await startExample();
    const { browser } = await example.signIn();
    const answer = await example.refresh(browser);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      user: { sub: 'sub-1', name: 'Ada User' },
      freshUntil: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
  });

  test('of a session that the provider has ended is a 401 that says what to do, and the server goes on', async () => {
    const example = await startExample();
    const { browser } = await example.signIn();
    example.provider.revokeAll();
    const answer = await example.refresh(browser);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({
      code: 'grant_refused',
      message: 'The session is over. The provider answered 400 invalid_grant.',
      next: 'Sign in again.',
      signIn: '/login',
      retryable: false,
    });
    const after = await example.refresh(browser);
    expect(after.status).toBe(401);
    expect(await after.json()).toMatchObject({ code: 'signed_out' });
    expect((await browser.open(`${example.origin}/`)).text).toContain('Nobody is signed in');
  });

  test('during an outage is a 503, and the session lives on', async () => {
    const example = await startExample();
    const { browser } = await example.signIn();
    example.provider.faults.token = { status: 503 };
    const answer = await example.refresh(browser);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'provider_unavailable', retryable: true });
    example.provider.faults.token = undefined;
    expect((await example.refresh(browser)).status).toBe(200);
  });

  test('with a client that the provider does not accept any more is a 502 that blames no user', async () => {
    const example = await startExample();
    const { browser } = await example.signIn();
    example.provider.faults.token = { status: 401, error: 'invalid_client' };
    const answer = await example.refresh(browser);
    expect(answer.status).toBe(502);
    expect(await answer.json()).toMatchObject({ code: 'client_refused', retryable: false });
  });

  test('by a stranger is a 401', async () => {
    expect((await (await startExample()).refresh()).status).toBe(401);
  });
});

describe('signing out', () => {
  test('revokes the tokens, ends at the provider and forgets the user', async () => {
    const example = await startExample();
    const { browser, page } = await example.signIn();
    const old = browser.cookie(example.origin, 'session') ?? '';
    const left = await browser.submit(page, {});
    expect(left.url).toContain(example.provider.issuer);
    const leaving = browser.visited
      .map((url) => new URL(url).searchParams)
      .find((each) => each.has('id_token_hint'));
    expect(leaving?.get('id_token_hint')).toMatch(/^eyJ/);
    expect(leaving?.get('state')).toMatch(/^[\w-]{43}$/);
    expect(leaving?.get('post_logout_redirect_uri')).toBe(`${example.origin}/`);
    expect(browser.cookie(example.origin, 'session')).toBeUndefined();
    browser.setCookie(example.origin, 'session', old);
    expect((await example.refresh(browser)).status).toBe(401);
  });

  test.each(['/', '/?state=another'])('ends at the front page, with whatever state: %s', async (path) => {
    const { origin } = await startExample();
    const page = await createHttpBrowser().open(origin + path);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Nobody is signed in');
  });

  test('leaves out a hint that makes the address too long', async () => {
    const example = await startStub({ claims: { groups: 'x'.repeat(6000) } });
    const { browser } = await signInAt(example);
    const left = await browser.send(`${example.origin}/logout`, {
      method: 'POST',
      headers: { Origin: example.origin },
    });
    const { searchParams } = new URL(left.headers.get('Location') ?? '');
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: 'web',
      post_logout_redirect_uri: `${example.origin}/`,
      state: expect.stringMatching(/^[\w-]{43}$/),
    });
  });

  test('works without a session, and without a provider', async () => {
    const { origin, provider } = await startExample();
    await provider.stop();
    const answer = await createHttpBrowser().send(`${origin}/logout`, {
      method: 'POST',
      headers: { Origin: origin },
    });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('Location')).toBe(`${origin}/`);
  });
});

test('a provider that cannot be reached is a page that says so', async () => {
  const { origin, provider } = await startExample();
  await provider.stop();
  const page = await createHttpBrowser().open(`${origin}/login`);
  expect(page.status).toBe(503);
  expect(page.text).toContain('The provider could not be reached');
});

describe('what browsers may do', () => {
  test.each(['/refresh_token', '/logout', '/presence'])(
    '%s takes no foreign page and no GET',
    async (path) => {
      const example = await startExample();
      const { browser } = await example.signIn();
      const from = (headers: HeadersInit) => browser.send(example.origin + path, { method: 'POST', headers });
      for (const headers of [{ Origin: 'http://127.0.0.1:1' }, { Origin: 'null' }, {}]) {
        const answer = await from(headers);
        expect(answer.status).toBe(403);
        expect(await answer.json()).toMatchObject({ code: 'foreign_origin' });
      }
      expect((await browser.send(example.origin + path)).status).toBe(404);
      expect((await example.refresh(browser)).status).toBe(200);
    },
  );

  test('cookies are out of reach of scripts and of other sites', async () => {
    const example = await startExample();
    const { browser } = await example.signIn();
    const ours = browser.setCookieLines.filter((line) => /^(session|sign-in)=/.test(line));
    expect(ours.length).toBeGreaterThan(1);
    for (const line of ours) expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  test('over https cookies are `Secure` and bound to the host', () => {
    const headers: string[][] = [];
    const cookie = createCookie('session', 'https://app.example.com');
    cookie.write({ cookie: (...args: string[]) => headers.push(args) } as never, 'value');
    expect(headers).toEqual([['__Host-session', 'value', expect.objectContaining({ secure: true })]]);
  });

  test('pages are not cached, not framed, and take nothing from elsewhere', async () => {
    const { origin } = await startExample();
    const { headers } = await createHttpBrowser().send(origin);
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('X-Powered-By')).toBeNull();
  });
});

test('no token, code, secret or cookie is in any log or page', async () => {
  const secrets = watchSecrets();
  const printed = (['log', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name));

  const example = await startExample();
  const { browser, page } = await example.signIn();
  const shown = [
    page,
    await browser.open(`${example.origin}/profile`),
    await browser.open(`${example.origin}/page.js`),
  ];
  const answers = [await (await example.refresh(browser)).text()];
  example.provider.faults.token = { html: true };
  answers.push(await (await example.refresh(browser)).text());
  example.provider.faults.token = undefined;
  example.provider.revokeAll();
  answers.push(await (await example.refresh(browser)).text());
  secrets.add(browser.cookie(example.origin, 'session') ?? '');
  secrets.add(example.provider.clients.confidentialBasic.clientSecret);

  const hidden = [...secrets];
  expect(hidden.length).toBeGreaterThan(8);
  expect(example.log.length).toBeGreaterThan(6);
  const seen = [
    ...example.log,
    ...answers,
    ...shown.map(({ text, headers }) => text + JSON.stringify([...headers])),
  ];
  expect(hidden.filter((value) => seen.join('\n').includes(value))).toEqual([]);
  for (const spy of printed) expect(spy).not.toHaveBeenCalled();
});

test.each(['error_description', 'error', 'error_uri'])(
  'a refresh token that the provider quotes as %s reaches neither browser nor log',
  async (quotedAs) => {
    const example = await startStub({ quotedAs });
    const { browser } = await signInAt(example);
    const answer = await example.refresh(browser);
    const seen = (await answer.text()) + JSON.stringify([...answer.headers]) + example.log.join();
    expect(answer.status).toBe(quotedAs === 'error' ? 502 : 401);
    expect(seen).not.toContain(REFRESH_TOKEN);
  },
);

test('the profile of another user is not handed on', async () => {
  const [own, other] = [await startStub(), await startStub({ sub: 'bob' })];
  const profile = async (example: typeof own) =>
    (await signInAt(example)).browser.send(`${example.origin}/profile`);
  expect(await (await profile(own)).json()).toEqual({ sub: 'ada', name: 'Somebody' });
  const refused = await profile(other);
  expect(refused.status).toBe(502);
  expect(await refused.text()).not.toMatch(/bob|Somebody/);
});

test('a page that reloads by itself keeps nobody signed in', async () => {
  const example = await startExample({ after: 1500, signOutAfter: 2500 });
  const { browser } = await example.signIn();
  await vi.waitFor(
    async () => expect((await browser.open(`${example.origin}/`)).text).toContain('Nobody is signed in'),
    { timeout: 50_000, interval: 100 },
  );
  expect(example.log.join()).toContain('session over: idle');
});
