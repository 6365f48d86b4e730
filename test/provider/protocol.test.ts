import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type DemoProvider, startProvider } from '../../docs/demo/provider.ts';
import { isSessionError } from '../../src/errors/sessionError.ts';
import type { CodeGrantOptions } from '../../src/grants/protocol/codeGrant.ts';
import type { GrantOptions } from '../../src/grants/grantOptions.ts';
import type { Provider } from '../../src/grants/protocol/provider.ts';
import { systemClock } from '../../src/time/clock.ts';
import { wholly } from '../unit/grants/protocolFixture.ts';

const appUrl = 'http://127.0.0.1:1/app';
const credentials = { username: 'user1', password: 'password' };
const going = { redirectUri: appUrl, returnTo: '/orders', silent: false, scope: 'openid profile' } as const;

const load = async (version: 'ky' | 'ky-1') => {
  vi.resetModules();
  vi.doMock('ky', async () => vi.importActual(version));
  const [provider, password, refresh, code, revocation, end] = await Promise.all([
    import('../../src/grants/protocol/provider.ts'),
    import('../../src/grants/protocol/passwordGrant.ts'),
    import('../../src/grants/protocol/refreshGrant.ts'),
    import('../../src/grants/protocol/codeGrant.ts'),
    import('../../src/grants/protocol/revocation.ts'),
    import('../../src/grants/protocol/endSession.ts'),
  ]);
  return { ...provider, ...password, ...refresh, ...code, ...revocation, ...end };
};

const failureOf = async (promise: Promise<unknown>) => {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isSessionError(error)) throw new Error('should have failed with an error of ours', { cause: error });
  return error;
};

/** What of a browser a sign-in needs: cookies, redirects, and a form that is filled in. It stops at the app. */
const createBrowser = () => {
  const jar = new Map<string, string>();

  const open = async (url: URL, fields: Record<string, string>, init: RequestInit = {}): Promise<URL> => {
    if (url.href.startsWith(appUrl)) return url;
    const Cookie = [...jar.values()].join('; ');
    const response = await fetch(url, {
      ...init,
      headers: { Cookie, Accept: 'text/html' },
      redirect: 'manual',
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      jar.set(pair.split('=')[0]!, pair);
    }
    const location = response.headers.get('location');
    if (location) return open(new URL(location, url), fields);
    return submit(await response.text(), url, fields);
  };

  const submit = (html: string, url: URL, fields: Record<string, string>): Promise<URL> => {
    if (html.includes('role="alert"') || !html.includes('<form'))
      throw new Error(`stuck at ${url.href}: ${html}`);
    const action = /<form[^>]* action="([^"]+)"/.exec(html)?.[1] ?? url.href;
    const body = new URLSearchParams(fields);
    for (const [, name, value] of html.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g))
      body.set(name!, value!);
    return open(new URL(action, url), fields, { method: 'POST', body });
  };

  /** Goes there, fills in the forms it meets, and answers where it comes out. */
  return (url: string, fields: Record<string, string> = credentials): Promise<URL> =>
    open(new URL(url), fields);
};

describe.each(['ky', 'ky-1'] as const)('the grants over %s, against a real provider', (version) => {
  let grants: Awaited<ReturnType<typeof load>>;
  let server: DemoProvider;
  beforeAll(async () => {
    grants = await load(version);
    server = await startProvider({ accessTokenSeconds: 60, refreshTokenSeconds: 120 });
  });
  afterEach(() => {
    server.faults.token = undefined;
    server.faults.skewSeconds = 0;
  });
  afterAll(async () => {
    vi.doUnmock('ky');
    await server.stop();
  });

  const open = (more: Partial<GrantOptions> = {}): Provider =>
    grants.createProvider(
      { issuer: server.issuer, clientId: server.clients.demo.clientId, ...more },
      {
        clock: systemClock,
        fetch: (...asked) => fetch(...asked),
        loadOptional: () => import('../../src/grants/optionalParts.ts'),
      },
    );

  const signInByCode = async (
    provider: Provider,
    browser = createBrowser(),
    asked: Partial<CodeGrantOptions> = {},
  ) => {
    const { url, transaction } = await grants.beginCodeGrant(provider, { ...going, ...asked });
    return grants.finishCodeGrant(provider, transaction, await browser(url));
  };

  it('signs in with a password, and not with a wrong one', async () => {
    const { tokens, facts, claims } = await grants.passwordGrant(open(), credentials);
    expect(claims).toMatchObject({ iss: server.issuer, sub: 'sub-1', aud: 'demo' });
    expect(facts).toMatchObject({ expires_in: 60, refresh_expires_in: 120, scope: 'openid profile' });
    expect(Object.values(tokens).every((token) => typeof token === 'string')).toBe(true);
    const error = await failureOf(grants.passwordGrant(open(), { ...credentials, password: 'wrong' }));
    expect(error).toMatchObject({ code: 'sign_in_refused', status: 400, error: 'invalid_grant' });
  });

  it.each(['confidentialPost', 'confidentialBasic'] as const)(
    'signs in and renews as a client that is %s',
    async (kind) => {
      const clientAuthentication = kind === 'confidentialPost' ? 'client_secret_post' : 'client_secret_basic';
      const provider = open({ ...server.clients[kind], clientAuthentication });
      const { tokens } = await grants.passwordGrant(provider, credentials);
      expect(await grants.refreshGrant(provider, tokens)).toMatchObject({ claims: { sub: 'sub-1' } });
    },
  );

  it('says that a client secret is wrong, and keeps it out of the error', async () => {
    const provider = open({ ...server.clients.confidentialBasic, clientSecret: 'planted' });
    const error = await failureOf(grants.passwordGrant(provider, credentials));
    expect(error).toMatchObject({
      code: 'client_refused',
      status: 401,
      error: 'invalid_client',
      retryable: false,
    });
    expect(error.message).not.toContain('planted');
  });

  it('renews, and is refused with a spent or revoked token', async () => {
    const provider = open();
    const { tokens } = await grants.passwordGrant(provider, credentials);
    const renewed = await wholly(grants.refreshGrant(provider, tokens));
    expect(renewed.tokens.refreshToken).not.toBe(tokens.refreshToken);
    expect(renewed.claims?.sub).toBe('sub-1');
    const spent = { code: 'grant_refused', status: 400, error: 'invalid_grant', retryable: false };
    expect(await failureOf(grants.refreshGrant(provider, tokens))).toMatchObject(spent);
    expect(await failureOf(grants.refreshGrant(provider, renewed.tokens))).toMatchObject(spent);
  });

  it('signs in by code and PKCE through the form of the provider', async () => {
    const provider = open();
    const { tokens, claims } = await signInByCode(provider);
    expect(claims).toMatchObject({ sub: 'sub-1', name: 'Ada User' });
    expect(decodeJwt(tokens.accessToken)).toMatchObject({ sub: 'sub-1' });
    expect((await wholly(grants.refreshGrant(provider, tokens))).claims?.sub).toBe('sub-1');
  });

  it('redeems a code once', async () => {
    const provider = open();
    const { url, transaction } = await grants.beginCodeGrant(provider, going);
    const answer = await createBrowser()(url);
    await grants.finishCodeGrant(provider, transaction, answer);
    const error = await failureOf(grants.finishCodeGrant(provider, transaction, answer));
    expect(error).toMatchObject({ code: 'sign_in_refused', error: 'invalid_grant' });
  });

  it('redeems no code with the verifier of another sign-in', async () => {
    const provider = open();
    const { url, transaction } = await grants.beginCodeGrant(provider, going);
    const other = await grants.beginCodeGrant(provider, going);
    const mixed = { ...transaction, codeVerifier: other.transaction.codeVerifier };
    const error = await failureOf(grants.finishCodeGrant(provider, mixed, await createBrowser()(url)));
    expect(error).toMatchObject({ code: 'sign_in_refused', error: 'invalid_grant' });
  });

  it('signs in silently where the provider knows the user, and needs the user where it does not', async () => {
    const provider = open();
    const browser = createBrowser();
    const silent = { silent: 'frame' } as const;
    expect(await failureOf(signInByCode(provider, browser, silent))).toMatchObject({
      code: 'interaction_required',
      error: 'login_required',
    });
    await signInByCode(provider, browser);
    expect((await signInByCode(provider, browser, silent)).claims?.sub).toBe('sub-1');
  });

  it('hears that the user refused', async () => {
    const provider = open();
    const { url, transaction } = await grants.beginCodeGrant(provider, going);
    const answer = await createBrowser()(url, { cancel: '' });
    expect(await failureOf(grants.finishCodeGrant(provider, transaction, answer))).toMatchObject({
      code: 'sign_in_refused',
      error: 'access_denied',
    });
  });

  it('demands a recent authentication', async () => {
    const { claims } = await signInByCode(open(), createBrowser(), { max_age: 60 });
    expect(claims?.['auth_time']).toBeTypeOf('number');
  });

  it('revokes', async () => {
    const provider = open();
    const { tokens } = await grants.passwordGrant(provider, credentials);
    expect(await grants.revoke(provider, tokens, { keepalive: true })).toBe(true);
    expect(await failureOf(grants.refreshGrant(provider, tokens))).toMatchObject({ code: 'grant_refused' });
    expect(await grants.revoke(provider, tokens)).toBe(true);
  });

  it('signs out at the provider, which then asks again', async () => {
    const provider = open();
    const browser = createBrowser();
    const { tokens } = await signInByCode(provider, browser);
    const url = await grants.endSessionUrl(provider, { idToken: tokens.idToken, to: appUrl, state: 'bye' });
    expect((await browser(url!, { logout: 'yes' })).href).toBe(`${appUrl}?state=bye`);
    const silent = signInByCode(provider, browser, { silent: 'frame' });
    expect(await failureOf(silent)).toMatchObject({ error: 'login_required' });
  });

  it.each([5 * 3600, -5 * 3600])('signs in and renews with a clock that is %i s off', async (skewSeconds) => {
    server.faults.skewSeconds = skewSeconds;
    const provider = open();
    const { tokens } = await grants.passwordGrant(provider, credentials);
    await expect(grants.refreshGrant(provider, tokens)).resolves.toBeDefined();
    await expect(signInByCode(provider, createBrowser(), { max_age: 60 })).resolves.toBeDefined();
  });

  it.each([
    [
      { status: 503, retryAfterSeconds: 7 },
      { code: 'provider_unavailable', status: 503, retryAfterMs: 7000 },
    ],
    [{ html: true }, { code: 'response_invalid', status: 200 }],
    [{ drop: 'before' as const }, { code: 'network_failed', cause: expect.any(TypeError) as unknown }],
    [{ drop: 'after' as const }, { code: 'network_failed', cause: expect.any(TypeError) as unknown }],
  ])('names a token endpoint with the fault %o', async (fault, wanted) => {
    const provider = open();
    const { tokens } = await grants.passwordGrant(provider, credentials);
    const before = server.log.count();
    server.faults.token = fault;
    expect(await failureOf(grants.refreshGrant(provider, tokens))).toMatchObject({
      retryable: true,
      ...wanted,
    });
    expect(server.log.count()).toBeLessThanOrEqual(before + 1);
  });

  it('gives up a slow token endpoint', async () => {
    const provider = open({ tokenTimeout: 100 });
    const { tokens } = await grants.passwordGrant(provider, credentials);
    server.faults.token = { delayMs: 1000, count: 1 };
    const error = await failureOf(grants.refreshGrant(provider, tokens));
    expect(error).toMatchObject({ code: 'network_failed', cause: { name: 'TimeoutError' } });
  });

  it('says that nobody answers', async () => {
    const provider = open({ issuer: 'http://127.0.0.1:1' });
    const error = await failureOf(grants.passwordGrant(provider, credentials));
    expect(error).toMatchObject({ code: 'network_failed', retryable: true });
  });

  it('met no error of the provider itself', () => {
    expect(server.failures).toEqual([]);
  });
});
