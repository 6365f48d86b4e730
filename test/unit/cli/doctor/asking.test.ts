import { describe, expect, onTestFinished, test } from 'vitest';
import { startProvider } from '../../../../docs/demo/provider.ts';
import { cli, jwt, realm, refusedToken, serving } from './stage.ts';

const nowSeconds = () => Math.floor(Date.now() / 1000);

const claims = (issuer: string, more: object = {}) => ({
  iss: issuer,
  azp: 'web',
  typ: 'Refresh',
  sid: '0b7e0f5e-51f3-4a2c-9d0c-7c3c1c0c9b11',
  iat: nowSeconds() - 12,
  exp: nowSeconds() + 240,
  ...more,
});

const curl = (url: string, fields: Record<string, string>, ...more: string[]) =>
  [`curl '${url}'`, ...more, `--data-raw '${new URLSearchParams(fields)}'`].join(' ');

const knowsWeb = (fields: URLSearchParams) =>
  fields.get('client_id') === 'web'
    ? refusedToken
    : ([
        401,
        { error: 'invalid_client', error_description: 'Invalid client or Invalid client credentials' },
      ] as const);

test('the realm of the address is looked for, not the one in the token', async () => {
  const { issuer, origin } = await realm(knowsWeb);
  const users = `${origin}/auth/admin/realms/app/users`;
  const { first } = await cli(['doctor'], {
    stdin: `curl '${users}' -H 'Authorization: Bearer ${jwt(claims(issuer, { typ: 'Bearer' }))}'\nHTTP/1.1 404 Not Found\n\n{"error":"Unable to find matching target resource method"}`,
  });
  expect(first).toBe('Fault: The base path of the server is wrong: `/auth` is superfluous or missing');
});

describe('without --spend', () => {
  test.each([
    ['refresh token', 'refresh_token', { refresh_token: 'the-real-refresh-token' }],
    ['password', 'password', { username: 'alice', password: 'the-real-password' }],
    [
      'code',
      'authorization_code',
      { code: 'the-real-code', redirect_uri: 'http://127.0.0.1/cb', code_verifier: 'the-real-verifier' },
    ],
    ['misspelt refresh token', 'refresh_token', { refreshToken: 'the-real-refresh-token' }],
    ['padded refresh token', 'refresh_token', { refresh_token: ' the-real-refresh-token ' }],
  ])('no %s is ever sent', async (_what, grantType, fields) => {
    const { endpoint, arrived } = await realm(knowsWeb);
    const { out } = await cli(['doctor'], {
      stdin: curl(endpoint, { grant_type: grantType, client_id: 'web', ...fields }),
    });
    expect(arrived.filter(({ method }) => method === 'POST').length).toBeGreaterThan(0);
    expect(JSON.stringify(arrived)).not.toMatch(/the-real|alice/);
    expect(out).not.toMatch(/the-real/);
  });

  test('a request that names nobody is not corrected to a client that does not exist', async () => {
    const { endpoint, arrived } = await realm(knowsWeb);
    const { first } = await cli(['doctor'], {
      stdin: curl(endpoint, { grant_type: 'refresh_token', refresh_token: 'opaque' }),
    });
    expect(JSON.stringify(arrived)).not.toContain('%3Cclient_id%3E');
    expect(first).toBe('Fault: The request does not say which client sends it');
  });

  test.each(['invalid_client', 'unauthorized_client'])(
    'a client that is refused as %s is looked for at the authorization endpoint, whosever the token is',
    async (error) => {
      const { endpoint, issuer, arrived } = await realm((fields) =>
        fields.get('client_id') === 'web' ? refusedToken : [401, { error }],
      );
      await cli(['doctor'], {
        stdin: curl(endpoint, {
          grant_type: 'refresh_token',
          client_id: 'other',
          refresh_token: jwt(claims(issuer)),
        }),
      });
      expect(arrived.map(({ path }) => path)).toContainEqual(
        expect.stringMatching(/openid-connect\/auth\?.*client_id=other/),
      );
    },
  );

  test.each(['client_id', 'scope', 'audience', 'state', 'redirect_uri'])(
    'a refresh token in %s is not sent either',
    async (field) => {
      const { endpoint, arrived } = await realm(knowsWeb);
      const token = jwt(claims('http://127.0.0.1/realms/app'));
      await cli(['doctor'], {
        stdin: curl(endpoint, { grant_type: 'refresh_token', [field]: token, refresh_token: 'x' }),
      });
      expect(arrived.length).toBeGreaterThan(1);
      expect(JSON.stringify(arrived)).not.toContain(token);
    },
  );

  test('cookies stay here', async () => {
    const { endpoint, arrived } = await realm(knowsWeb);
    const command = curl(
      endpoint,
      { grant_type: 'refresh_token', client_id: 'web', refresh_token: 'x1' },
      `-b 'SESSION=the-real-cookie'`,
    );
    await cli(['doctor'], { stdin: command });
    expect(arrived.length).toBeGreaterThan(2);
    expect(JSON.stringify(arrived)).not.toContain('the-real-cookie');
  });
});

describe('--offline', () => {
  test('asks nobody', async () => {
    const fetch = () => Promise.reject(new Error('the network was used'));
    const command = curl('http://127.0.0.1:9/realms/app/protocol/openid-connect/token', {
      grant_type: 'refresh_token',
      client_id: 'web',
      refresh_token: jwt(claims('http://127.0.0.1:9/realms/app')),
    });
    const { status, first } = await cli(['doctor', '--offline'], { stdin: command, fetch });
    expect(first).toBe('Cannot tell: nothing is wrong with the request by itself; the server was not asked');
    expect(status).toBe(2);
  });

  test('finds what is wrong with the request by itself', async () => {
    const command = curl('http://127.0.0.1:9/realms/app/protocol/openid-connect/token', {
      grant_type: 'refresh_token',
      client_id: 'web',
      refresh_token: jwt(claims('http://127.0.0.1:9/realms/app', { exp: nowSeconds() - 121 })),
    });
    const { status, first, out } = await cli(['doctor', '--offline'], { stdin: command });
    expect(first).toMatch(/^Fault: .*(expired|over|active|too old)/i);
    expect(out).toMatch(/expires +! 2 min ago/);
    expect(status).toBe(1);
  });
});

describe('--spend', () => {
  test('sends the request once as it is, and shows no token of the answer', async () => {
    const tokens = { access_token: 'new-access-token', refresh_token: 'new-refresh-token', expires_in: 300 };
    const { endpoint, arrived } = await realm((fields) =>
      fields.get('refresh_token') === 'the-real-one' ? [200, tokens] : refusedToken,
    );
    const command = curl(
      endpoint,
      { grant_type: 'refresh_token', client_id: 'web', refresh_token: 'the-real-one' },
      `-H 'X-Odd: 1'`,
    );
    const { status, out, err } = await cli(['doctor', '--spend'], { stdin: command });
    const spent = arrived.filter(({ body }) => body.includes('the-real-one'));
    expect(spent).toMatchObject([{ method: 'POST', headers: { 'x-odd': '1' } }]);
    expect(out).toMatch(/^Healthy: /);
    expect(out).toContain('yours is used up now');
    expect(out + err).not.toMatch(/new-access|new-refresh|the-real/);
    expect(status).toBe(0);
  });

  test('explains the answer', async () => {
    const { endpoint } = await realm((fields) =>
      fields.get('refresh_token') === 'the-real-one'
        ? [400, { error: 'invalid_grant', error_description: 'Session not active' }]
        : refusedToken,
    );
    const command = curl(endpoint, {
      grant_type: 'refresh_token',
      client_id: 'web',
      refresh_token: 'the-real-one',
    });
    const { status, first } = await cli(['doctor', '--spend'], { stdin: command });
    expect(first).toMatch(/^Fault: .*session/i);
    expect(status).toBe(1);
  });
});

describe('a set-up', () => {
  test('is healthy if the provider is there and refuses only the junk token', async () => {
    const { issuer, arrived } = await realm(knowsWeb);
    const { status, first } = await cli(['doctor', '--issuer', issuer, '--client-id', 'web']);
    expect(first).toBe('Healthy: the provider is there, and its token endpoint accepts the client');
    expect(status).toBe(0);
    expect(arrived.map(({ method }) => method)).toEqual(['GET', 'POST']);
  });

  test('is at fault if the client is refused', async () => {
    const { issuer } = await realm(knowsWeb);
    const { status, first } = await cli(['doctor', '--issuer', issuer, '--client-id', 'wib']);
    expect(first).toMatch(/^(Fault|Cannot tell): /);
    expect(status).toBeGreaterThan(0);
  });

  test('is at fault if the issuer is not what the server states, to the letter', async () => {
    const { issuer } = await realm(knowsWeb);
    const { status, first, out } = await cli(['doctor', '--issuer', `${issuer}/`, '--client-id', 'web']);
    expect(first).toBe('Fault: The issuer is not the one that the server states');
    expect(out).toContain(`--issuer ${issuer}`);
    expect(status).toBe(1);
  });

  test('sends its secrets to no host that the user did not name', async () => {
    const elsewhere = await serving((_arrived, reply) =>
      reply.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}'),
    );
    const here = await serving((_arrived, reply, origin) =>
      reply
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ issuer: origin, token_endpoint: `${elsewhere.origin}/token` })),
    );
    const env = { TOKEN_VIGIL_CLIENT_SECRET: 'the-real-secret', TOKEN_VIGIL_REFRESH_TOKEN: 'the-real-token' };
    const setUp = ['doctor', '--issuer', here.origin, '--client-id', 'web'];
    const shy = await cli([...setUp, '--spend'], { env });
    expect(elsewhere.arrived).toEqual([]);
    expect(shy.out).toContain('token endpoint on another host');
    expect(shy.status).toBe(2);

    const told = await cli([...setUp, '--token-endpoint', `${elsewhere.origin}/token`], { env });
    expect(elsewhere.arrived).toHaveLength(1);
    expect(elsewhere.arrived[0]?.body).toContain('the-real-secret');
    expect(elsewhere.arrived[0]?.body).not.toContain('the-real-token');
    expect(told.status).toBe(0);
  });

  test.each([302, 307])('does not follow a redirect (%d) of a secret', async (status) => {
    const elsewhere = await serving((_arrived, reply) => reply.end());
    const here = await serving((arrived, reply, origin) => {
      if (arrived.method === 'GET')
        return reply.end(JSON.stringify({ issuer: origin, token_endpoint: `${origin}/token` }));
      return reply.writeHead(status, { location: `${elsewhere.origin}/token` }).end();
    });
    const env = { TOKEN_VIGIL_CLIENT_SECRET: 'the-real-secret' };
    await cli(['doctor', '--issuer', here.origin, '--client-id', 'web'], { env });
    expect(here.arrived.map(({ method }) => method)).toEqual(['GET', 'POST']);
    expect(elsewhere.arrived).toEqual([]);
  });

  test.each([301, 307])('does not follow a redirect (%d) of the discovery document', async (status) => {
    const elsewhere = await serving((_arrived, reply) => reply.end());
    const here = await serving((arrived, reply) =>
      reply.writeHead(status, { location: elsewhere.origin + arrived.path }).end(),
    );
    const { err } = await cli(['doctor', '--issuer', here.origin, '--client-id', 'web']);
    expect(err).toContain('redirects, which is not followed');
    expect(here.arrived).not.toEqual([]);
    expect(elsewhere.arrived).toEqual([]);
  });
});

describe('for a page', () => {
  const setUp = async (allowed: string | undefined, ...more: string[]) => {
    const { issuer, arrived } = await realm(knowsWeb, allowed);
    const found = await cli([
      'doctor',
      '--issuer',
      issuer,
      '--client-id',
      'web',
      '--origin',
      'https://app.example',
      ...more,
    ]);
    return { ...found, arrived };
  };

  test('the preflight is asked and the real answer is looked at', async () => {
    const { status, arrived } = await setUp('https://app.example');
    expect(arrived.map(({ method }) => method)).toEqual(expect.arrayContaining(['OPTIONS', 'POST']));
    expect(arrived.filter(({ method }) => method !== 'GET').map(({ headers }) => headers['origin'])).toEqual([
      'https://app.example',
      'https://app.example',
    ]);
    expect(status).toBe(0);
  });

  test('it is a fault if the page may not read the answer', async () => {
    const { status, first } = await setUp(undefined);
    expect(first).toMatch(/^Fault: .*origin/i);
    expect(status).toBe(1);
  });
});

test('the clock of the server is compared with ours', async () => {
  const { issuer } = await realm(knowsWeb);
  const nowMs = () => Date.now() - 90_000;
  const { out } = await cli(['doctor', '--issuer', issuer, '--client-id', 'web'], { nowMs });
  expect(out).toMatch(/The server's clock is (89|90|91) s ahead of this machine's/);
});

test('what the server answered to the user is explained without spending anything', async () => {
  const { endpoint } = await realm(knowsWeb);
  const command = curl(endpoint, {
    grant_type: 'refresh_token',
    client_id: 'web',
    refresh_token: jwt(claims('x')),
  });
  const known = ['--status', '400', '--error', 'invalid_grant', '--error-description', 'Session not active'];
  const { status, out } = await cli(['doctor', '--offline', ...known], { stdin: command });
  expect(out).toMatch(/^Fault: /);
  expect(out).toMatch(/session/i);
  expect(status).toBe(1);
});

describe('another provider than Keycloak', () => {
  const started = async () => {
    const provider = await startProvider();
    onTestFinished(() => provider.stop());
    return provider;
  };

  test('is healthy with a public client', async () => {
    const { issuer } = await started();
    const { status, first } = await cli([
      'doctor',
      '--issuer',
      issuer,
      '--client-id',
      'demo',
      '--origin',
      'http://127.0.0.1:3000',
    ]);
    expect(first).toMatch(/^Healthy: /);
    expect(status).toBe(0);
  });

  test('is healthy with a confidential client and its secret, not without', async () => {
    const { issuer, clients } = await started();
    const { clientId, clientSecret } = clients.confidentialPost;
    const setUp = ['doctor', '--issuer', issuer, '--client-id', clientId];
    expect((await cli(setUp, { env: { TOKEN_VIGIL_CLIENT_SECRET: clientSecret } })).status).toBe(0);
    expect((await cli(setUp)).first).toMatch(/^(Fault|Cannot tell): /);
  });

  test('has opaque tokens, which are called so', async () => {
    const { issuer } = await started();
    const env = { TOKEN_VIGIL_REFRESH_TOKEN: 'aNBXcx2eMQz1q0ImFQt6tXPkLx0DrMYyYpA_qKcGkJ5' };
    const { status, out } = await cli(['doctor', '--issuer', issuer, '--client-id', 'demo'], { env });
    expect(out).toContain('opaque, 43 characters');
    expect(out).not.toContain(env.TOKEN_VIGIL_REFRESH_TOKEN);
    expect(status).toBe(0);
  });
});
