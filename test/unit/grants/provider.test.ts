import { customFetch } from 'oauth4webapi';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { drainMicrotasks } from '../../../src/testing/virtualClock.ts';
import {
  claimsAt,
  clientId,
  configWith,
  endpoints,
  failureOf,
  type GrantsOverKy,
  grantsOver,
  issuer,
  json,
  jwt,
  partsWith,
  secrets,
  type Sent,
  tokenAnswer,
  wholly,
} from './protocolFixture.ts';

const metadata = { issuer, ...endpoints, id_token_signing_alg_values_supported: ['RS256'] };
const isDiscovery = ({ url }: Sent): boolean => url.endsWith('/.well-known/openid-configuration');
const discovering = (sent: Sent): Response => (isDiscovery(sent) ? json(metadata) : tokenAnswer());
const byDiscovery = { issuer, clientId };
/** As another realm or an npm package makes it: of the standard's shape and name, and no instance of the global class. */
const ownResponse = (response: Response): Response =>
  new Proxy(response, {
    getPrototypeOf: () => ({ [Symbol.toStringTag]: 'Response' }),
    get(of, name) {
      const value: unknown = Reflect.get(of, name);
      return typeof value === 'function' ? value.bind(of) : value;
    },
  });

const hourMs = 60 * 60 * 1000;

describe.each(['ky', 'ky-1'] as const)('a provider over %s', (version) => {
  let grants: GrantsOverKy;
  beforeAll(async () => {
    grants = await grantsOver(version);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const providerWith = (
    answer: (sent: Sent) => Response | Promise<Response>,
    config: Parameters<GrantsOverKy['createProvider']>[0] = configWith(),
  ) => {
    const parts = partsWith(answer);
    return { ...parts, provider: grants.createProvider(config, parts) };
  };

  it('asks for its metadata once, when it is needed', async () => {
    const { provider, sent } = providerWith(discovering, byDiscovery);
    expect(sent).toHaveLength(0);
    await Promise.all([grants.refreshGrant(provider, secrets), grants.refreshGrant(provider, secrets)]);
    await grants.refreshGrant(provider, secrets);
    expect(sent.filter(isDiscovery)).toHaveLength(1);
    expect(sent).toHaveLength(4);
  });

  it('asks for its metadata again after a failure, whose class is that of a grant', async () => {
    const statuses = [503, 404];
    const { provider } = providerWith((sent) => {
      const status = isDiscovery(sent) ? statuses.shift() : undefined;
      return status ? new Response('{}', { status }) : discovering(sent);
    }, byDiscovery);
    expect(await failureOf(provider.metadata())).toMatchObject({ code: 'provider_unavailable', status: 503 });
    expect(await failureOf(provider.metadata())).toMatchObject({ code: 'client_refused', status: 404 });
    expect(await provider.metadata()).toMatchObject(metadata);
  });

  it('says which issuer a foreign metadata document states', async () => {
    const { provider } = providerWith(
      () => json({ ...metadata, issuer: 'https://other.example.com' }),
      byDiscovery,
    );
    expect(await failureOf(provider.metadata())).toMatchObject({
      code: 'option_invalid',
      message: `The provider's metadata says that the issuer is https://other.example.com, but \`issuer\` is ${issuer}. Correct \`issuer\``,
    });
  });

  it.each([
    [400, 'invalid_grant', { code: 'grant_refused', error: 'invalid_grant' }],
    [401, 'invalid_client', { code: 'client_refused', error: 'invalid_client' }],
    [503, undefined, { code: 'provider_unavailable', retryAfterMs: 120_000 }],
  ])('reads a %s %s of a fetch that has a `Response` of its own', async (status, error, wanted) => {
    const response = json({ error }, { status, headers: { 'retry-after': '120' } });
    const { provider } = providerWith(() => ownResponse(response));
    expect(await failureOf(grants.refreshGrant(provider, secrets))).toMatchObject({ status, ...wanted });
  });

  it('takes stated endpoints in place of discovery', async () => {
    const { provider, sent } = providerWith(() =>
      tokenAnswer({ id_token: jwt(claimsAt(Date.now()), { alg: 'ES256' }) }),
    );
    await grants.refreshGrant(provider, secrets);
    expect(sent.map(({ url }) => url)).toEqual([endpoints.token_endpoint]);
  });

  it('adds stated endpoints to discovered ones where the token endpoint is not among them', async () => {
    const end = 'https://id.example.com/v2/logout';
    const config = { ...byDiscovery, endpoints: { end_session_endpoint: end } };
    const { provider, sent } = providerWith(discovering, config);
    expect(await provider.metadata()).toMatchObject({ ...metadata, end_session_endpoint: end });
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['http://localhost:8080', undefined, undefined],
    ['http://127.0.0.1:8080', undefined, undefined],
    ['http://[::1]:8080', undefined, undefined],
    ['http://id.localhost', undefined, undefined],
    ['http://id.example.com', true, undefined],
    ['http://id.example.com', undefined, 'option_invalid'],
    ['http://localhost.example.com', undefined, 'option_invalid'],
    ['http://127.0.0.1.example.com', undefined, 'option_invalid'],
  ])('plain http at %s, allowed: %s', async (plain, allowed, code) => {
    const config = { issuer: plain, clientId, ...(allowed && { allowInsecureRequests: allowed }) };
    const { provider, sent } = providerWith(() => json({ ...metadata, issuer: plain }), config);
    const error: unknown = await provider.metadata().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect((error as { code?: string } | undefined)?.code).toBe(code);
    expect(sent).toHaveLength(code ? 0 : 1);
  });

  it('says which address may not do without TLS', async () => {
    const { provider } = providerWith(discovering, { issuer: 'http://id.example.com', clientId });
    expect(await failureOf(provider.metadata())).toMatchObject({
      message:
        "The provider's address must be an https URL: http://id.example.com/.well-known/openid-configuration",
    });
  });

  it.each([
    ['http://localhost:8080', 'http://127.0.0.1:9090/token', undefined],
    ['http://localhost:8080', 'https://id.example.com/token', undefined],
    ['http://localhost:8080', 'http://id.example.com/token', 'option_invalid'],
    ['http://localhost:8080', 'ftp://localhost:8080/token', 'option_invalid'],
    ['https://id.example.com', 'http://localhost:8080/token', 'option_invalid'],
  ])('with the issuer %s sends no tokens to %s unless it may', async (plain, token_endpoint, code) => {
    const { provider, sent } = providerWith(
      (request) =>
        isDiscovery(request) ? json({ ...metadata, issuer: plain, token_endpoint }) : tokenAnswer(),
      { issuer: plain, clientId },
    );
    const error: unknown = await grants.refreshGrant(provider, secrets).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect((error as { code?: string } | undefined)?.code).toBe(code);
    expect(sent.filter((request) => !isDiscovery(request))).toHaveLength(code ? 0 : 1);
  });

  const openPage = `Open ${issuer}/.well-known/openid-configuration: it must show JSON with this issuer. If it does not, correct \`issuer\` (Keycloak: the realm's name, \`/auth\` superfluous or missing); if it does, the provider must allow this origin (Keycloak: Web Origins)`;

  it.each<[string, () => Response | Promise<Response>, string]>([
    ['refused by CORS', () => Promise.reject(new TypeError('Failed to fetch')), 'network_failed'],
    ['of an unknown realm', () => json({ error: 'Realm does not exist' }, { status: 404 }), 'client_refused'],
    [
      'an HTML page',
      () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
      'response_invalid',
    ],
    ['without an issuer', () => json({ ...metadata, issuer: undefined }), 'response_invalid'],
    ['of an issuer that is no text', () => json({ ...metadata, issuer: [issuer] }), 'response_invalid'],
    ['of an empty issuer', () => json({ ...metadata, issuer: '' }), 'response_invalid'],
  ])('says which page to open where the metadata is %s', async (_what, answer, code) => {
    const error = await failureOf(providerWith(answer, byDiscovery).provider.metadata());
    expect(error).toMatchObject({
      code,
      message: expect.stringMatching(/^Reading the provider's metadata at /) as string,
    });
    expect((error as Error).message.endsWith(`. ${openPage}`)).toBe(true);
  });

  it.each([
    ['a list', [metadata]],
    ['null', null],
    ['a text', JSON.stringify(issuer)],
    ['a number', 5],
  ])('takes no metadata for read that are %s', async (_what, document) => {
    const error = await failureOf(providerWith(() => json(document), byDiscovery).provider.metadata());
    expect(error).toMatchObject({
      code: 'response_invalid',
      message: `Reading the provider's metadata at ${issuer} failed: 200. ${openPage}`,
    });
  });

  it('says that metadata are without an issuer', async () => {
    const { provider } = providerWith(() => json({ ...metadata, issuer: undefined }), byDiscovery);
    expect(String(await failureOf(provider.metadata()))).toContain('`issuer` is missing or malformed');
  });

  it('says of a provider that is down that it is', async () => {
    const error = await failureOf(
      providerWith(() => new Response('', { status: 503 }), byDiscovery).provider.metadata(),
    );
    expect(error).toMatchObject({ message: expect.stringMatching(/503\. Try again later$/) as string });
  });

  it.each([
    [
      'https://login.example.com/common/v2.0',
      'https://login.example.com/{tenantid}/v2.0',
      1,
      "This provider has an issuer for each tenant: set `issuer` to the tenant's own, https://login.example.com/<tenant id>/v2.0",
    ],
    [
      'https://login.example.com/{tenantid}/v2.0',
      'https://login.example.com/{tenantid}/v2.0',
      0,
      "This provider has an issuer for each tenant: set `issuer` to the tenant's own, https://login.example.com/<tenant id>/v2.0",
    ],
    [
      `${issuer}/.well-known/openid-configuration`,
      issuer,
      0,
      `\`issuer\` is the address of its metadata: set it to ${issuer}`,
    ],
    [
      issuer,
      'no address',
      1,
      `The provider's metadata says that the issuer is no address, but \`issuer\` is ${issuer}. Correct \`issuer\``,
    ],
    [
      `${issuer}/`,
      issuer,
      1,
      `The provider's metadata says that the issuer is ${issuer}, but \`issuer\` is ${issuer}/. Correct \`issuer\``,
    ],
  ])('refuses the issuer %s where the metadata says %s', async (asked, stated, requests, message) => {
    const { provider, sent } = providerWith(() => json({ ...metadata, issuer: stated }), {
      issuer: asked,
      clientId,
    });
    expect(await failureOf(provider.metadata())).toMatchObject({ code: 'option_invalid', message });
    expect(sent).toHaveLength(requests);
  });

  it('reads its metadata as JSON, beneath the issuer with or without a slash, and from nowhere else', async () => {
    for (const asked of [issuer, `${issuer}/`]) {
      const { provider, sent } = providerWith(() => json({ ...metadata, issuer: asked }), {
        issuer: asked,
        clientId,
      });
      await provider.metadata();
      const { url, headers, redirect } = sent[0]!.request;
      expect({ url, accept: headers.get('accept'), redirect }).toEqual({
        url: `${issuer}/.well-known/openid-configuration`,
        accept: 'application/json',
        redirect: 'manual',
      });
    }
  });

  it('takes an issuer for the same with and without the slash that a host ends with', async () => {
    const config = { issuer: 'https://id.example.com', clientId };
    const { provider } = providerWith(() => json({ ...metadata, issuer: 'https://id.example.com/' }), config);
    expect(await provider.metadata()).toMatchObject({ issuer: 'https://id.example.com/' });
  });

  it('shortens what a metadata document says', async () => {
    const long = `https://id.example.com/${'very long '.repeat(100)}${'x'.repeat(50)}`;
    const { provider } = providerWith(() => json({ ...metadata, issuer: long }), byDiscovery);
    const { message } = (await failureOf(provider.metadata())) as Error;
    expect(message.length).toBeLessThan(400);
  });

  it('names the issuer that an ID token is of, which is the one to set', async () => {
    const iss = 'https://login.example.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0';
    const { provider } = providerWith(() => tokenAnswer({ id_token: jwt(claimsAt(Date.now(), { iss })) }));
    expect(await failureOf(wholly(grants.refreshGrant(provider, secrets)))).toMatchObject({
      code: 'id_token_invalid',
      message: expect.stringContaining(`: ${iss}. Check issuer and client id`) as string,
    });
  });

  it.each([
    ['RS256', ['RS256', 'none', 'HS256'], true],
    ['none', ['RS256', 'none', 'HS256'], false],
    ['HS256', ['RS256', 'none', 'HS256'], false],
    ['None', ['None'], false],
    ['hs256', ['hs256'], false],
    ['ES256', ['RS256'], false],
    ['RS256', undefined, true],
    ['ES256', undefined, true],
    ['HS256', undefined, false],
    ['none', 'none', false],
    ['RS256', null, true],
    ['RS256', [], false],
  ])('an ID token signed by %s, where %j is listed, is accepted: %s', async (alg, listed, isAccepted) => {
    const document = { ...metadata, id_token_signing_alg_values_supported: listed };
    const { provider } = providerWith(
      (sent) =>
        isDiscovery(sent) ? json(document) : tokenAnswer({ id_token: jwt(claimsAt(Date.now()), { alg }) }),
      byDiscovery,
    );
    const code: unknown = await wholly(grants.refreshGrant(provider, secrets)).then(
      () => undefined,
      (error: unknown) => (error as { code: unknown }).code,
    );
    expect(code).toBe(isAccepted ? undefined : 'id_token_invalid');
  });

  it.each([null, undefined])('has no endpoint where the metadata says %s', async (value) => {
    const document = { ...metadata, end_session_endpoint: value, revocation_endpoint: value };
    const { provider } = providerWith(() => json(document), byDiscovery);
    expect(await provider.endpoint('end_session_endpoint')).toBeUndefined();
    expect(await grants.revoke(provider, secrets)).toBe(false);
  });

  it.each(['', 'https:', 'nowhere', 5, ['https://id.example.com/a/b c'], {}])(
    'refuses an endpoint that is %j',
    async (value) => {
      const document = { ...metadata, end_session_endpoint: value };
      const { provider } = providerWith(() => json(document), byDiscovery);
      const error = await failureOf(
        provider
          .endpoint('end_session_endpoint')
          .then((url) => (url instanceof URL ? Promise.reject(url) : url)),
      );
      expect(error instanceof URL || (error as { code: string }).code === 'option_invalid').toBe(true);
    },
  );

  it('does not follow an http endpoint of an https issuer', async () => {
    const token_endpoint = 'http://id.example.com/token';
    const { provider, sent } = providerWith(
      () => tokenAnswer(),
      configWith({ endpoints: { token_endpoint } }),
    );
    expect(await failureOf(grants.refreshGrant(provider, secrets))).toMatchObject({ code: 'option_invalid' });
    expect(sent).toHaveLength(0);
  });

  it.each([false, true])(
    'gives no endpoint that a page must not be sent to, plain http allowed: %s',
    async (allowInsecureRequests) => {
      const end_session_endpoint = 'javascript:alert(1)';
      const config = configWith({ allowInsecureRequests, endpoints: { ...endpoints, end_session_endpoint } });
      const { provider } = providerWith(() => tokenAnswer(), config);
      expect(await failureOf(grants.endSessionUrl(provider, {}))).toMatchObject({
        code: 'option_invalid',
        message: "The provider's end_session_endpoint must be an https URL: javascript:alert(1)",
      });
    },
  );

  it('sends a token request that stays out of caches, cookies and referrers', async () => {
    const { provider, sent } = providerWith(() => tokenAnswer());
    await grants.refreshGrant(provider, secrets);
    const { request } = sent[0]!;
    const { method, cache, credentials, referrerPolicy, redirect, keepalive } = request;
    expect({ method, cache, credentials, referrerPolicy, redirect, keepalive }).toEqual({
      method: 'POST',
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'manual',
      keepalive: false,
    });
    expect(request.headers.get('content-type')).toBe('application/x-www-form-urlencoded;charset=UTF-8');
    expect(request.headers.has('authorization')).toBe(false);
  });

  it('tries a request once, whatever the answer', async () => {
    for (const answer of [
      () => new Response('', { status: 503 }),
      () => Promise.reject(new TypeError('Failed to fetch')),
    ]) {
      const { provider, sent } = providerWith(answer);
      await failureOf(grants.refreshGrant(provider, secrets));
      expect(sent).toHaveLength(1);
    }
  });

  it('asks for its metadata once, whatever the answer', async () => {
    for (const answer of [
      () => new Response('', { status: 503 }),
      () => Promise.reject(new TypeError('Failed to fetch')),
    ]) {
      const { provider, sent } = providerWith(answer, byDiscovery);
      await failureOf(provider.metadata());
      expect(sent).toHaveLength(1);
    }
  });

  it.each([
    [{}, { client_id: clientId, client_secret: null, authorization: null }],
    [
      { clientSecret: 's/ecret', clientAuthentication: 'client_secret_post' as const },
      { client_id: clientId, client_secret: 's/ecret', authorization: null },
    ],
    [
      { clientSecret: 's/ecret', clientAuthentication: 'client_secret_basic' as const },
      { client_id: null, client_secret: null, authorization: `Basic ${btoa(`${clientId}:s%2Fecret`)}` },
    ],
    [
      { clientSecret: 's/ecret' },
      { client_id: null, client_secret: null, authorization: `Basic ${btoa(`${clientId}:s%2Fecret`)}` },
    ],
  ])('proves the client with %o', async (config, wanted) => {
    const { provider, sent } = providerWith(() => tokenAnswer(), configWith(config));
    await grants.refreshGrant(provider, secrets);
    const { form, request } = sent[0]!;
    expect({
      client_id: form.get('client_id'),
      client_secret: form.get('client_secret'),
      authorization: request.headers.get('authorization'),
    }).toEqual(wanted);
  });

  it('dates an answer from when its request was sent, not from discovery and not from the answer', async () => {
    const { provider, clock } = providerWith((sent) => {
      clock.suspend(isDiscovery(sent) ? 5000 : 2000);
      return discovering(sent);
    }, byDiscovery);
    const began = { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() };
    const { sentAt } = await wholly(grants.refreshGrant(provider, secrets));
    expect(sentAt).toEqual({ wallMs: began.wallMs + 5000, monotonicMs: began.monotonicMs + 5000 });
  });

  it('dates a request from its hand-off to the transport', async () => {
    const { provider, clock } = providerWith(() => tokenAnswer());
    const began = clock.wallMs();
    const sentAt = await provider.ask('Asking', async (http, when) => {
      clock.suspend(3000);
      await http[customFetch](endpoints.token_endpoint, { method: 'POST' });
      clock.suspend(1000);
      return when();
    });
    expect(sentAt.wallMs).toBe(began + 3000);
  });

  it.each([5 * hourMs, -5 * hourMs, 400 * 24 * hourMs])(
    'accepts an ID token %i ms from our clock',
    async (offMs) => {
      const claims = claimsAt(Date.now() + offMs);
      const { provider } = providerWith(() => tokenAnswer({ id_token: jwt(claims) }));
      expect(await grants.refreshGrant(provider, secrets)).toMatchObject({ claims });
    },
  );

  it('takes the middle of the request for the moment of issue', async () => {
    const iat = Math.floor(Date.now() / 1000) - 7 * 3600;
    const answerWith = (more: object) => {
      const { provider, clock } = providerWith(
        () => {
          clock.suspend(100_000);
          return tokenAnswer({ id_token: jwt(claimsAt(iat * 1000, more)) });
        },
        configWith({ tokenTimeout: 1_000_000 }),
      );
      clock.suspend(1_000_000);
      return wholly(grants.refreshGrant(provider, secrets));
    };
    await expect(answerWith({ exp: iat + 30 })).resolves.toBeDefined();
    expect(await failureOf(answerWith({ exp: iat + 10 }))).toMatchObject({ code: 'id_token_invalid' });
    await expect(answerWith({ nbf: iat + 70 })).resolves.toBeDefined();
    expect(await failureOf(answerWith({ nbf: iat + 90 }))).toMatchObject({ code: 'id_token_invalid' });
  });

  it.each([
    ['never answers', () => new Promise<Response>(() => {})],
    ['stops in the middle of its answer', () => new Response(new ReadableStream())],
    ['stops in the middle of an error', () => new Response(new ReadableStream(), { status: 503 })],
  ])('gives up a provider that %s, on the session clock', async (_how, answer) => {
    const parts = partsWith(answer);
    const { clock } = parts;
    let signal: AbortSignal | undefined;
    const fetch: typeof globalThis.fetch = async (request) => {
      ({ signal } = request as Request);
      return answer();
    };
    const provider = grants.createProvider(configWith(), { ...parts, fetch });
    let error: unknown;
    const failed = failureOf(grants.refreshGrant(provider, secrets)).then((thrown) => (error = thrown));
    await clock.advance(9999);
    await drainMicrotasks();
    expect(error).toBeUndefined();
    await clock.advance(1);
    await failed;
    expect(error).toMatchObject({ code: 'network_failed', retryable: true, cause: { name: 'TimeoutError' } });
    expect(signal?.aborted).toBe(true);
    expect(clock.pendingTimers).toBe(0);
  });

  it('gives up a metadata document whose error never ends', async () => {
    const body = new ReadableStream();
    const { provider, clock } = providerWith(() => new Response(body, { status: 503 }), byDiscovery);
    const failed = failureOf(provider.metadata());
    await vi.waitFor(() => expect(body.locked).toBe(true));
    await clock.advance(10_000);
    expect(await failed).toMatchObject({ code: 'network_failed' });
  });

  it('heeds no time but that of the session', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    let isSettled = false;
    const { provider } = providerWith(() => new Promise(() => {}));
    void failureOf(grants.refreshGrant(provider, secrets)).then(() => (isSettled = true));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(isSettled).toBe(false);
  });

  it('leaves no timer behind', async () => {
    const { provider, clock } = providerWith(() => tokenAnswer());
    await grants.refreshGrant(provider, secrets);
    expect(clock.pendingTimers).toBe(0);
  });

  it('needs no more microtasks for a renewal than a drain of the virtual clock allows, and nothing else', async () => {
    const parts = partsWith(() => tokenAnswer());
    const answer = tokenAnswer({ id_token: jwt(claimsAt(Date.now())) });
    const provider = grants.createProvider(configWith(), { ...parts, fetch: () => Promise.resolve(answer) });
    let isDone = false;
    void grants.refreshGrant(provider, secrets).then(() => (isDone = true));
    await drainMicrotasks();
    expect(isDone).toBe(true);
  });

  it('revokes the refresh token, or else the access token', async () => {
    const { provider, sent } = providerWith(() => new Response(null));
    expect(await grants.revoke(provider, secrets, { keepalive: true })).toBe(true);
    expect(await grants.revoke(provider, { accessToken: 'planted-access' }, {})).toBe(true);
    expect(sent.map(({ url, form, request }) => [url, Object.fromEntries(form), request.keepalive])).toEqual([
      [
        endpoints.revocation_endpoint,
        { token: secrets.refreshToken, token_type_hint: 'refresh_token', client_id: clientId },
        true,
      ],
      [
        endpoints.revocation_endpoint,
        { token: secrets.accessToken, token_type_hint: 'access_token', client_id: clientId },
        false,
      ],
    ]);
  });

  describe("ending the provider's session", () => {
    const logout = `${issuer}/protocol/openid-connect/logout`;
    const endingAt = (end_session_endpoint: string) =>
      configWith({ endpoints: { ...endpoints, end_session_endpoint } });
    const withLogout = endingAt(logout);
    const { end_session_endpoint: _end, ...withoutEnd } = endpoints;
    const noContent = () => new Response(null, { status: 204 });

    it('hands the refresh token to the logout of Keycloak, whose revocation ends other devices too', async () => {
      const { provider, sent } = providerWith(noContent, withLogout);
      expect(await grants.revoke(provider, secrets, { endsSession: true })).toBe(true);
      expect(sent.map(({ url, form }) => [url, form.get('refresh_token'), form.get('client_id')])).toEqual([
        [logout, secrets.refreshToken, clientId],
      ]);
    });

    it.each([
      ['at another provider', configWith(), secrets, { endsSession: true }],
      ['at one with another place there', endingAt(`${logout}/confirm`), secrets, { endsSession: true }],
      ['at one that ends no sessions', configWith({ endpoints: withoutEnd }), secrets, { endsSession: true }],
      ['with an access token alone', withLogout, { accessToken: 'planted-access' }, { endsSession: true }],
      ['where the session is to live on', withLogout, secrets, { endsSession: false }],
      ['where nothing is said of the session', withLogout, secrets, {}],
    ])('revokes %s', async (_where, config, tokens, options) => {
      const { provider, sent } = providerWith(() => new Response(null), config);
      expect(await grants.revoke(provider, tokens, options)).toBe(true);
      expect(sent.map(({ url }) => url)).toEqual([endpoints.revocation_endpoint]);
    });
  });

  it.each<[string, () => Response | Promise<Response>, boolean]>([
    ['a 200 that reports an unknown token', () => json({ error: 'invalid_token' }), true],
    ['a refusal', () => json({ error: 'unsupported_token_type' }, { status: 400 }), false],
    ['a 503', () => new Response('', { status: 503 }), false],
    ['no connection', () => Promise.reject(new TypeError('Failed to fetch')), false],
  ])('never fails to revoke: %s', async (_what, answer, wanted) => {
    expect(await grants.revoke(providerWith(answer).provider, secrets, {})).toBe(wanted);
  });

  it('revokes nothing at a provider without revocation', async () => {
    const config = configWith({ endpoints: { token_endpoint: endpoints.token_endpoint } });
    const { provider, sent } = providerWith(() => tokenAnswer(), config);
    expect(await grants.revoke(provider, secrets)).toBe(false);
    expect(sent).toHaveLength(0);
  });

  it('says where to sign out', async () => {
    const { provider } = providerWith(() => tokenAnswer());
    const url = await grants.endSessionUrl(provider, {
      idToken: 'a.b.c',
      to: 'https://app.example.com/',
      state: 's',
    });
    expect(url).toBe(
      `${endpoints.end_session_endpoint}?client_id=web&post_logout_redirect_uri=https%3A%2F%2Fapp.example.com%2F&state=s&id_token_hint=a.b.c`,
    );
    expect(await grants.endSessionUrl(provider, {})).toBe(`${endpoints.end_session_endpoint}?client_id=web`);
  });

  it('knows no place to sign out at a provider without one', async () => {
    const config = configWith({ endpoints: { token_endpoint: endpoints.token_endpoint } });
    expect(
      await grants.endSessionUrl(providerWith(() => tokenAnswer(), config).provider, {}),
    ).toBeUndefined();
  });
});
