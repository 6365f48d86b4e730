import { createHash, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type DemoApiOptions, startApi } from '../../docs/demo/api.ts';
import { demoAudience } from '../../docs/demo/audience.ts';
import { type DemoProvider, type DemoProviderOptions, startProvider } from '../../docs/demo/provider.ts';

/** Hoisted above the imports, because some libraries talk while they are imported. */
const printed = vi.hoisted(() => {
  const lines: unknown[] = [];
  for (const method of ['log', 'info', 'warn', 'error'] as const)
    console[method] = (...line) => lines.push(line);
  return lines;
});

interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token: string;
  readonly expires_in: number;
  readonly refresh_expires_in?: number;
  readonly scope: string;
  readonly error?: string;
}

const appUrl = 'http://127.0.0.1:1/app';
const waiting = { timeout: 30_000, interval: 50 };

async function started(options?: DemoProviderOptions): Promise<DemoProvider> {
  const provider = await startProvider(options);
  onTestFinished(async () => {
    await provider.stop();
    expect(provider.failures).toEqual([]);
  });
  return provider;
}

async function startedApi(provider: DemoProvider, options: Partial<DemoApiOptions> = {}) {
  const api = await startApi({ issuer: provider.issuer, jwks: provider.jwks, ...options });
  onTestFinished(() => api.stop());
  const call = (path: string, token?: string, init: RequestInit = {}) => {
    const request = new Request(api.origin + path, init);
    if (token) request.headers.set('Authorization', `Bearer ${token}`);
    return fetch(request);
  };
  return { ...api, call };
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

function post(url: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers });
}

function askToken(
  { issuer }: DemoProvider,
  fields: Record<string, string>,
  headers?: Record<string, string>,
) {
  return post(`${issuer}/token`, { client_id: 'demo', ...fields }, headers);
}

async function tokensFor(provider: DemoProvider, fields: Record<string, string>): Promise<TokenAnswer> {
  return (await askToken(provider, fields)).json() as Promise<TokenAnswer>;
}

const passwordOf = (username: string, password = 'password') => ({
  grant_type: 'password',
  username,
  password,
});
const refreshOf = (refresh_token: string) => ({ grant_type: 'refresh_token', refresh_token });

const signedIn = (provider: DemoProvider, username = 'user1') => tokensFor(provider, passwordOf(username));
const refreshed = (provider: DemoProvider, { refresh_token }: TokenAnswer) =>
  tokensFor(provider, refreshOf(refresh_token));

describe('the password grant', () => {
  test('gives an access token for the API, a refresh token, and the user in the ID token', async () => {
    const provider = await started();
    const answer = await signedIn(provider);
    expect(answer).toMatchObject({ expires_in: 5, refresh_expires_in: 20, scope: 'openid profile email' });
    expect(decodeJwt(answer.access_token)).toMatchObject({
      iss: provider.issuer,
      aud: demoAudience,
      sub: 'sub-1',
    });
    expect(decodeJwt(answer.id_token)).toMatchObject({
      sub: 'sub-1',
      aud: 'demo',
      name: 'Ada User',
      preferred_username: 'user1',
      email: 'user1@example.com',
      auth_time: expect.any(Number),
    });
  });

  test.each([passwordOf('user1', 'wrong'), passwordOf('nobody')])('refuses %o', async (fields) => {
    const provider = await started();
    const response = await askToken(provider, fields);
    expect([response.status, await response.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
  });

  test('takes each confidential client by its own way of authentication only', async () => {
    const provider = await started();
    const { confidentialPost, confidentialBasic } = provider.clients;
    const { clientId, clientSecret } = confidentialBasic;
    const basic = Buffer.from(`${clientId}:${encodeURIComponent(clientSecret)}`).toString('base64');
    const inForm = { client_id: confidentialPost.clientId, client_secret: confidentialPost.clientSecret };
    const statusOf = async (fields: Record<string, string>, headers?: Record<string, string>) =>
      (await askToken(provider, { ...passwordOf('user1'), ...fields }, headers)).status;

    expect(await statusOf(inForm)).toBe(200);
    expect(await statusOf({ client_id: clientId }, { Authorization: `Basic ${basic}` })).toBe(200);
    expect(await statusOf({ ...inForm, client_secret: 'wrong' })).toBe(401);
    expect(await statusOf({ client_id: clientId })).toBe(401);
  });
});

describe('refreshing', () => {
  test('rotates, gives a full new life each time, and tells who the user is', async () => {
    const provider = await started();
    const first = await signedIn(provider);
    const second = await refreshed(provider, first);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(second).toMatchObject({ expires_in: 5, refresh_expires_in: 20 });
    expect(decodeJwt(second.id_token)).toMatchObject({ sub: 'sub-1', name: 'Ada User' });
  });

  test('ends the whole family when a spent token comes again', async () => {
    const provider = await started();
    const first = await signedIn(provider);
    const second = await refreshed(provider, first);
    expect(await refreshed(provider, first)).toMatchObject({ error: 'invalid_grant' });
    expect(await refreshed(provider, second)).toMatchObject({ error: 'invalid_grant' });
  });

  test.each([
    [true, 20],
    ['zero', 0],
    [false, undefined],
  ] as const)('states refresh_expires_in as told: %s', async (stateRefreshExpiresIn, expected) => {
    const provider = await started({ stateRefreshExpiresIn });
    const first = await signedIn(provider);
    expect(first.refresh_expires_in).toBe(expected);
    expect((await refreshed(provider, first)).refresh_expires_in).toBe(expected);
  });

  test('gets shorter towards the absolute limit and is over there', async () => {
    const provider = await started({ sessionMaxSeconds: 2 });
    const lives: (number | undefined)[] = [];
    let latest = await signedIn(provider);
    await vi.waitFor(async () => {
      lives.push(latest.expires_in, latest.refresh_expires_in);
      const next = await refreshed(provider, latest);
      if (!next.error) latest = next;
      expect(next.error).toBe('invalid_grant');
    }, waiting);
    expect(Math.max(...lives.map(Number))).toBe(2);
    expect(Math.min(...lives.map(Number))).toBe(1);
  });

  test('is over for one user when that user is revoked, and for everybody when all are', async () => {
    const provider = await started();
    const [first, second] = [await signedIn(provider, 'user1'), await signedIn(provider, 'user2')];
    provider.revokeAll('sub-1');
    expect(await refreshed(provider, first)).toMatchObject({ error: 'invalid_grant' });
    const third = await refreshed(provider, second);
    expect(third.error).toBeUndefined();
    provider.revokeAll();
    expect(await refreshed(provider, third)).toMatchObject({ error: 'invalid_grant' });
  });
});

interface Page {
  readonly url: URL;
  readonly html: string;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/** What of a browser a sign-in needs: cookies, redirects and forms. It stops at the app's address without fetching it. */
function createBrowser() {
  const jar = new Map<string, Cookie>();

  function cookiesFor({ pathname }: URL): string {
    const fitting = [...jar.values()].filter(({ path }) => pathname.startsWith(path));
    return fitting.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  function keep(response: Response): void {
    for (const header of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      const path = /; path=([^;]+)/.exec(header)?.[1] ?? '/';
      if (value) jar.set(name + path, { name, value, path });
      else jar.delete(name + path);
    }
  }

  async function open(address: string | URL, form?: Record<string, string>): Promise<Page> {
    const url = new URL(address);
    if (url.href.startsWith(appUrl)) return { url, html: '' };
    const init = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
    const headers = { Cookie: cookiesFor(url), Accept: 'text/html' };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    keep(response);
    const location = response.headers.get('location');
    return location ? open(new URL(location, url)) : { url, html: await response.text() };
  }

  /** Sends the page's form with its hidden fields and these. */
  function submit({ url, html }: Page, fields: Record<string, string> = {}): Promise<Page> {
    const action = /<form[^>]* action="([^"]+)"/.exec(html)?.[1] ?? url;
    const hidden = html.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g);
    return open(action, {
      ...Object.fromEntries([...hidden].map(([, name, value]) => [name, value])),
      ...fields,
    });
  }

  return { open, submit };
}

const credentials = { username: 'user1', password: 'password' };

function authorization({ issuer }: DemoProvider, extra: Record<string, string> = {}) {
  const verifier = randomBytes(32).toString('base64url');
  const url = new URL(`${issuer}/auth`);
  url.search = new URLSearchParams({
    client_id: 'demo',
    response_type: 'code',
    redirect_uri: appUrl,
    scope: 'openid profile email',
    state: 'some-state',
    nonce: 'some-nonce',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...extra,
  }).toString();
  return { url, verifier };
}

const answerIn = ({ url }: Page) => Object.fromEntries(url.searchParams);

async function signInWithCode(provider: DemoProvider, browser = createBrowser()) {
  const { url, verifier } = authorization(provider);
  const page = await browser.open(url);
  const { code = '' } = answerIn(await browser.submit(page, credentials));
  const fields = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: appUrl };
  return { browser, tokens: await tokensFor(provider, fields) };
}

describe('the code flow', () => {
  test('leads through the form to a code, and the code to tokens', async () => {
    const provider = await started();
    const browser = createBrowser();
    const { url, verifier } = authorization(provider);
    const form = await browser.open(url);
    expect(form.html).toContain('<label for="username">');
    const back = answerIn(await browser.submit(form, credentials));
    expect(back).toEqual({ code: expect.any(String), state: 'some-state', iss: provider.issuer });

    const grant = { grant_type: 'authorization_code', code: back['code'] ?? '', redirect_uri: appUrl };
    const tokens = await tokensFor(provider, { ...grant, code_verifier: verifier });
    expect(tokens).toMatchObject({ expires_in: 5, refresh_expires_in: 20, scope: 'openid profile email' });
    const claims = { sub: 'sub-1', name: 'Ada User', nonce: 'some-nonce', auth_time: expect.any(Number) };
    expect(decodeJwt(tokens.id_token)).toMatchObject(claims);
    expect((await refreshed(provider, tokens)).error).toBeUndefined();
  });

  test('says what was wrong and keeps the name', async () => {
    const provider = await started();
    const browser = createBrowser();
    const form = await browser.open(authorization(provider).url);
    const { html } = await browser.submit(form, { username: 'us"er', password: 'wrong' });
    expect(html).toContain('role="alert"');
    expect(html).toContain('value="us&quot;er"');
  });

  test('reports access_denied when the user cancels', async () => {
    const provider = await started();
    const browser = createBrowser();
    const form = await browser.open(authorization(provider).url);
    expect(answerIn(await browser.submit(form, { cancel: '' }))).toMatchObject({ error: 'access_denied' });
  });

  test('demands PKCE, by S256', async () => {
    const provider = await started();
    const { url } = authorization(provider);
    url.searchParams.delete('code_challenge');
    url.searchParams.delete('code_challenge_method');
    expect(answerIn(await createBrowser().open(url))).toMatchObject({ error: 'invalid_request' });
    const plain = authorization(provider, { code_challenge_method: 'plain' });
    expect(answerIn(await createBrowser().open(plain.url))).toMatchObject({ error: 'invalid_request' });
  });

  test('returns to listed addresses only, and by default to every address on loopback', async () => {
    const elsewhere = { redirect_uri: 'http://app.example.com/' };
    const strict = await started({ redirectUris: ['http://127.0.0.1:1/other'] });
    const loopback = await started();
    const titleAt = async ({ url }: { url: URL }) =>
      /<title>([^<]*)/.exec((await createBrowser().open(url)).html)?.[1];
    expect(await titleAt(authorization(strict))).toBe('That did not work');
    expect(await titleAt(authorization(loopback, elsewhere))).toBe('That did not work');
    const localhost = authorization(loopback, { redirect_uri: 'http://localhost:8/x' });
    expect(await titleAt(localhost)).toBe('Sign in');
  });

  test('accepts prompt=consent and offline_access without a consent screen', async () => {
    const provider = await started();
    const { browser } = await signInWithCode(provider);
    const { url } = authorization(provider, { prompt: 'consent', scope: 'openid offline_access' });
    expect(answerIn(await browser.open(url))).toMatchObject({ code: expect.any(String) });
  });
});

describe('the sign-in at the provider', () => {
  test('answers prompt=none with a code while it lives, else with login_required', async () => {
    const provider = await started();
    const silently = async (browser: ReturnType<typeof createBrowser>) =>
      answerIn(await browser.open(authorization(provider, { prompt: 'none' }).url));
    expect(await silently(createBrowser())).toMatchObject({ error: 'login_required', iss: provider.issuer });

    const { browser, tokens } = await signInWithCode(provider);
    provider.revokeAll();
    expect(await silently(browser)).toMatchObject({ code: expect.any(String) });
    provider.endSessions('sub-2');
    expect(await silently(browser)).toMatchObject({ code: expect.any(String) });
    provider.endSessions();
    expect(await silently(browser)).toMatchObject({ error: 'login_required' });
    expect(await refreshed(provider, tokens)).toMatchObject({ error: 'invalid_grant' });
  });

  test('can end without the refresh tokens', async () => {
    const provider = await started();
    const { tokens } = await signInWithCode(provider);
    provider.endSessions();
    expect((await refreshed(provider, tokens)).error).toBeUndefined();
  });

  test.each([{ prompt: 'login' }, { max_age: '0' }])(
    'is asked for again by %o, with the hint filled in',
    async (extra) => {
      const provider = await started();
      const { browser } = await signInWithCode(provider);
      const { url } = authorization(provider, { ...extra, login_hint: 'user1' });
      expect((await browser.open(url)).html).toContain('value="user1"');
    },
  );

  test('is young enough for a max_age it has not reached', async () => {
    const provider = await started();
    const { browser } = await signInWithCode(provider);
    const { url } = authorization(provider, { max_age: '60' });
    expect(answerIn(await browser.open(url))).toMatchObject({ code: expect.any(String) });
  });

  test('can pass to another user', async () => {
    const provider = await started();
    const { browser, tokens } = await signInWithCode(provider);
    const { url } = authorization(provider, { prompt: 'login' });
    const form = await browser.open(url);
    const leaving = await browser.submit(form, { ...credentials, username: 'user2' });
    expect(answerIn(await browser.submit(leaving))).toMatchObject({ code: expect.any(String) });
    expect(await refreshed(provider, tokens)).toMatchObject({ error: 'invalid_grant' });
  });

  test('is over at the absolute limit', async () => {
    const provider = await started({ sessionMaxSeconds: 1 });
    const { browser } = await signInWithCode(provider);
    const { url } = authorization(provider, { prompt: 'none' });
    const over = { error: 'login_required' };
    await vi.waitFor(async () => expect(answerIn(await browser.open(url))).toMatchObject(over), waiting);
  });
});

const endSession = ({ issuer }: DemoProvider, fields: Record<string, string>) =>
  `${issuer}/session/end?${new URLSearchParams(fields).toString()}`;

describe('signing out', () => {
  test('needs no confirmation with the right hint, and ends sign-in and tokens', async () => {
    const provider = await started();
    const { browser, tokens } = await signInWithCode(provider);
    const fields = { id_token_hint: tokens.id_token, post_logout_redirect_uri: appUrl, state: 'bye' };
    const page = await browser.open(endSession(provider, fields));
    expect(page.html).toContain('.click()');
    const { url } = await browser.submit(page, { logout: 'yes' });
    expect(url.href).toBe(`${appUrl}?state=bye`);
    const silent = authorization(provider, { prompt: 'none' });
    expect(answerIn(await browser.open(silent.url))).toMatchObject({ error: 'login_required' });
    expect(await refreshed(provider, tokens)).toMatchObject({ error: 'invalid_grant' });
  });

  test('asks for confirmation without a hint, or with that of somebody else', async () => {
    const provider = await started();
    const { browser } = await signInWithCode(provider);
    const other = await signedIn(provider, 'user2');
    const withoutHint = await browser.open(endSession(provider, { client_id: 'demo' }));
    const withOther = await browser.open(endSession(provider, { id_token_hint: other.id_token }));
    expect([withoutHint.html, withOther.html]).toEqual(
      Array(2).fill(expect.stringContaining('Sign out</button>')),
    );
    expect(withoutHint.html + withOther.html).not.toContain('.click()');
  });

  test('revokes the tokens of a sign-in at the revocation endpoint', async () => {
    const provider = await started();
    const tokens = await signedIn(provider);
    const origin = 'http://127.0.0.1:5173';
    const fields = { client_id: 'demo', token: tokens.refresh_token };
    const response = await post(`${provider.issuer}/token/revocation`, fields, { Origin: origin });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
    expect(await refreshed(provider, tokens)).toMatchObject({ error: 'invalid_grant' });
  });
});

const readable = (response: Response) => response.headers.get('access-control-allow-origin');

describe('pages of other origins', () => {
  const welcome = 'http://127.0.0.1:5173';

  test('may read the documents, tokens and user information if they are listed', async () => {
    const provider = await started({ origins: [welcome] });
    const { access_token } = await signedIn(provider);
    const headers = { Origin: welcome, ...bearer(access_token) };
    const documents = ['/.well-known/openid-configuration', '/jwks', '/me'];
    const answers = await Promise.all(documents.map((path) => fetch(provider.issuer + path, { headers })));
    expect(answers.map(readable)).toEqual([welcome, welcome, welcome]);
    expect(readable(await askToken(provider, passwordOf('user1'), { Origin: welcome }))).toBe(welcome);
  });

  test('are refused before the grant if they are not listed, so that nothing is spent', async () => {
    const provider = await started({ origins: [welcome] });
    const tokens = await signedIn(provider);
    const response = await askToken(provider, refreshOf(tokens.refresh_token), {
      Origin: 'http://127.0.0.1:9',
    });
    expect([response.status, readable(response)]).toEqual([400, null]);
    expect((await refreshed(provider, tokens)).error).toBeUndefined();
  });
});

describe('discovery', () => {
  test('names the issuer by the host that was chosen, and keys that verify', async () => {
    const provider = await started({ host: 'localhost' });
    const document = `${provider.issuer}/.well-known/openid-configuration`;
    const metadata = (await (await fetch(document)).json()) as Record<string, string>;
    expect(metadata).toMatchObject({ issuer: `http://localhost:${provider.port}` });
    const { id_token } = await signedIn(provider);
    const keys = createRemoteJWKSet(new URL(metadata['jwks_uri'] ?? ''));
    await expect(
      jwtVerify(id_token, keys, { issuer: provider.issuer, audience: 'demo' }),
    ).resolves.toBeDefined();
  });

  test('leads to user information', async () => {
    const provider = await started();
    const { access_token } = await signedIn(provider);
    const known = await fetch(`${provider.issuer}/me`, { headers: bearer(access_token) });
    expect(await known.json()).toMatchObject({ sub: 'sub-1', email: 'user1@example.com' });
    expect((await fetch(`${provider.issuer}/me`, { headers: bearer('junk') })).status).toBe(401);
  });
});

describe('faults', () => {
  test('answer with a status as often as told, and spend nothing', async () => {
    const provider = await started();
    const tokens = await signedIn(provider);
    provider.faults.token = { status: 503, retryAfterSeconds: 7, count: 2 };
    const ask = () => askToken(provider, refreshOf(tokens.refresh_token), { Origin: 'http://127.0.0.1:1' });
    const [first, second] = [await ask(), await ask()];
    expect([first.status, second.status]).toEqual([503, 503]);
    expect(first.headers.get('retry-after')).toBe('7');
    expect(first.headers.get('access-control-expose-headers')).toContain('Retry-After');
    expect((await refreshed(provider, tokens)).error).toBeUndefined();
    expect(provider.log.count('refresh_token')).toBe(3);
  });

  test('stay until they are taken away', async () => {
    const provider = await started();
    provider.faults.token = { status: 401, error: 'invalid_client' };
    expect(await signedIn(provider)).toEqual({ error: 'invalid_client' });
    expect(await signedIn(provider)).toEqual({ error: 'invalid_client' });
    provider.faults.token = undefined;
    expect((await signedIn(provider)).error).toBeUndefined();
  });

  test('answer with a page', async () => {
    const provider = await started();
    provider.faults.token = { html: true, count: 1 };
    const response = await askToken(provider, passwordOf('user1'));
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
  });

  test('cut the connection before the grant: nothing is spent', async () => {
    const provider = await started();
    const tokens = await signedIn(provider);
    provider.faults.token = { drop: 'before', count: 1 };
    await expect(refreshed(provider, tokens)).rejects.toThrow(TypeError);
    expect((await refreshed(provider, tokens)).error).toBeUndefined();
  });

  test('cut the connection after the grant: the token is spent and its answer lost', async () => {
    const provider = await started();
    const tokens = await signedIn(provider);
    provider.faults.token = { drop: 'after', count: 1 };
    await expect(refreshed(provider, tokens)).rejects.toThrow(TypeError);
    expect(await refreshed(provider, tokens)).toMatchObject({ error: 'invalid_grant' });
    expect(provider.log.requests.map(({ grant, status }) => [grant, status])).toEqual([
      ['password', 200],
      ['refresh_token', 200],
      ['refresh_token', 400],
    ]);
  });

  test('hold an answer back', async () => {
    const provider = await started();
    provider.faults.token = { delayMs: 60 };
    await signedIn(provider);
    const [request] = provider.log.requests;
    expect((request?.answeredAtMs ?? 0) - (request?.arrivedAtMs ?? 0)).toBeGreaterThanOrEqual(59);
  });

  test('set the clock wrong in all tokens', async () => {
    const provider = await started();
    provider.faults.skewSeconds = 3600;
    const { access_token, id_token } = await refreshed(provider, await signedIn(provider));
    const issuedAt = Date.now() / 1000 + 3600;
    for (const token of [access_token, id_token]) {
      const { iat = 0, exp = 0 } = decodeJwt(token);
      expect(Math.abs(iat - issuedAt)).toBeLessThan(3);
      expect(exp - iat).toBe(5);
    }
    expect(Math.abs(Number(decodeJwt(id_token)['auth_time']) - issuedAt)).toBeLessThan(3);
    const api = await startedApi(provider, { nowMs: provider.nowMs });
    expect((await api.call('/items', access_token)).status).toBe(200);
  });
});

describe('stopping', () => {
  test('cuts an answer that is held back, and frees the port', async () => {
    const provider = await started();
    provider.faults.token = { delayMs: 60_000, count: 1 };
    const held = signedIn(provider).catch((error: unknown) => error);
    await vi.waitFor(() => expect(provider.faults.token).toBeUndefined(), waiting);
    await provider.stop();
    expect(await held).toBeInstanceOf(TypeError);
    const again = await started({ port: provider.port });
    expect(again.issuer).toBe(provider.issuer);
  });
});

describe('the API', () => {
  test('tells fresh, missing and invalid tokens apart and writes down who came', async () => {
    const provider = await started();
    const stranger = await started();
    const api = await startedApi(provider);
    const { access_token, id_token } = await signedIn(provider);
    const foreign = (await signedIn(stranger)).access_token;

    expect((await api.call('/items?secret=1', access_token)).status).toBe(200);
    const missing = await api.call('/items');
    expect([missing.status, missing.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="demo"']);
    const invalid = await Promise.all(['junk', id_token, foreign].map((token) => api.call('/items', token)));
    expect(invalid.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(invalid[0]?.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(api.ledger.summary()).toMatchObject({ total: 5, fresh: 1, missing: 1, invalid: 3, expired: 0 });
    expect(api.ledger.entries[0]).toMatchObject({
      method: 'GET',
      path: '/items',
      verdict: 'fresh',
      sub: 'sub-1',
    });
    expect(api.ledger.entries[0]?.secondsLeft).toBeGreaterThan(3);
    expect(JSON.stringify(api.ledger.entries)).not.toContain(access_token);
  });

  test('refuses and counts an expired token that really arrives', async () => {
    const provider = await started({ accessTokenSeconds: 1 });
    const api = await startedApi(provider);
    const { access_token } = await signedIn(provider);
    await vi.waitFor(async () => expect((await api.call('/items', access_token)).status).toBe(401), waiting);
    expect(api.ledger.count('expired')).toBe(1);
    expect(api.ledger.summary().leastSecondsLeft).toBeLessThan(0);
    expect(api.ledger.entries.at(-1)).toMatchObject({ verdict: 'expired', sub: 'sub-1' });
  });

  test('judges by its own clock', async () => {
    const provider = await started();
    const api = await startedApi(provider, { nowMs: () => Date.now() + 6000 });
    const { access_token } = await signedIn(provider);
    expect((await api.call('/items', access_token)).status).toBe(401);
    expect(api.ledger.count('expired')).toBe(1);
  });

  test('refuses the next fresh tokens when told to, and hides no expired one behind that', async () => {
    const provider = await started();
    const api = await startedApi(provider, { jwks: new URL(`${provider.issuer}/jwks`) });
    const { access_token } = await signedIn(provider);
    api.refuseNext(1);
    await api.call('/items');
    const refused = await api.call('/items', access_token);
    expect(refused.headers.get('www-authenticate')).toContain('invalid_token');
    expect((await api.call('/items', access_token)).status).toBe(200);
    api.refuseNext(1, 503);
    expect((await api.call('/items', access_token)).status).toBe(503);
    expect(api.ledger.summary()).toMatchObject({ missing: 1, refused: 2, fresh: 1 });
  });

  test('counts a client that says who it is separately, and keeps refusals for the others', async () => {
    const provider = await started({ accessTokenSeconds: 1 });
    const api = await startedApi(provider);
    const { access_token } = await signedIn(provider);
    const named = { headers: { 'X-Client': 'other' } };
    api.refuseNext(1);
    expect((await api.call('/items', access_token, named)).status).toBe(200);
    expect((await api.call('/items', access_token)).status).toBe(401);
    const again = () => api.call('/items', access_token, named);
    await vi.waitFor(async () => expect((await again()).status).toBe(401), waiting);
    expect(api.ledger.summary()).toMatchObject({ total: 1, refused: 1, expired: 0 });
    expect(api.ledger.summary('other')).toMatchObject({ refused: 0, expired: 1 });
  });

  test('echoes, waits, redirects and shows its book', async () => {
    const provider = await started();
    const api = await startedApi(provider);
    const { access_token } = await signedIn(provider);
    const headers = { 'Content-Type': 'application/json' };
    const echoed = await api.call('/items', access_token, { method: 'POST', body: '{"a":1}', headers });
    expect(await echoed.json()).toEqual({ a: 1 });
    expect(await (await api.call('/slow?ms=1', access_token)).json()).toEqual({ late: true });
    const redirected = await api.call('/redirect?to=/items', access_token);
    expect([redirected.redirected, redirected.status]).toEqual([true, 200]);
    expect((await api.call('/nothing', access_token)).status).toBe(404);
    expect(await (await api.call('/ledger')).json()).toMatchObject({ total: 5, fresh: 5 });
  });

  test('answers preflights for welcome origins and writes none down', async () => {
    const provider = await started();
    const api = await startedApi(provider, { origins: ['http://app.test'] });
    const preflight = (Origin: string) =>
      api.call('/items', undefined, { method: 'OPTIONS', headers: { Origin } });
    const { headers } = await preflight('http://app.test');
    expect(headers.get('access-control-allow-origin')).toBe('http://app.test');
    expect(headers.get('access-control-allow-headers')).toContain('authorization');
    expect((await preflight('http://127.0.0.1:1')).headers.get('access-control-allow-origin')).toBeNull();
    expect(api.ledger.entries).toEqual([]);
  });

  test('stops in the middle of an answer', async () => {
    const provider = await started();
    const api = await startedApi(provider);
    const { access_token } = await signedIn(provider);
    const held = api.call('/slow?ms=60000', access_token).catch((error: unknown) => error);
    await vi.waitFor(() => expect(api.ledger.count('fresh')).toBe(1), waiting);
    await api.stop();
    expect(await held).toBeInstanceOf(TypeError);
  });
});

test('nothing of all this printed a line', () => {
  expect(printed).toEqual([]);
});
