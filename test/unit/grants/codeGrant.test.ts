import { calculatePKCECodeChallenge } from 'oauth4webapi';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { beginCodeGrant, finishCodeGrant, type Transaction } from '../../../src/grants/protocol/codeGrant.ts';
import { createProvider } from '../../../src/grants/protocol/provider.ts';
import {
  claimsAt,
  clientId,
  configWith,
  endpoints,
  everythingOf,
  failureOf,
  issuer,
  json,
  jwt,
  partsWith,
  secrets,
  tokenAnswer,
} from './protocolFixture.ts';

const redirectUri = 'https://app.example.com/';
const returnTo = 'https://app.example.com/orders/7?tab=2';
const going = { redirectUri, returnTo, silent: false } as const;

const withAnswer = (answer: () => Response = tokenAnswer, config = {}) => {
  const parts = partsWith(answer);
  return { ...parts, provider: createProvider(configWith(config), parts) };
};

const paramsOf = (url: string) => Object.fromEntries(new URL(url).searchParams);

describe('beginning a code grant', () => {
  it('takes no answer that a page cannot read', async () => {
    const { provider, sent } = withAnswer();
    const begin = (response_mode: string) =>
      beginCodeGrant(provider, { ...going, parameters: { response_mode } });
    expect(await failureOf(begin('fragment'))).toMatchObject({ code: 'option_invalid' });
    expect(paramsOf((await begin('query')).url)).toMatchObject({ response_mode: 'query' });
    expect(sent).toEqual([]);
  });

  it('goes to the authorization endpoint with PKCE, state and nonce', async () => {
    const { provider, clock } = withAnswer();
    const { url, transaction } = await beginCodeGrant(provider, going);
    expect(url.startsWith(`${endpoints.authorization_endpoint}&`)).toBe(true);
    expect(paramsOf(url)).toEqual({
      tenant: '1',
      client_id: clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: 'openid profile',
      state: transaction.state,
      nonce: transaction.nonce,
      code_challenge: await calculatePKCECodeChallenge(transaction.codeVerifier),
      code_challenge_method: 'S256',
    });
    expect(transaction).toEqual({
      state: expect.stringMatching(/^[\w-]{43}$/) as string,
      nonce: expect.stringMatching(/^[\w-]{43}$/) as string,
      codeVerifier: expect.stringMatching(/^[\w-]{43}$/) as string,
      redirectUri,
      returnTo,
      silent: false,
      createdAtMs: clock.wallMs(),
    });
    expect(new Set([transaction.state, transaction.nonce, transaction.codeVerifier]).size).toBe(3);
    expect(url).not.toContain(transaction.codeVerifier);
    expect(JSON.parse(JSON.stringify(transaction))).toEqual(transaction);
  });

  it('goes to another authorization endpoint of the same origin where that is asked for', async () => {
    const { origin } = new URL(endpoints.authorization_endpoint);
    const authorizationEndpoint = `${origin}/registrations`;
    const { url } = await beginCodeGrant(withAnswer().provider, { ...going, authorizationEndpoint });
    expect(url.startsWith(`${authorizationEndpoint}?`)).toBe(true);
    expect(paramsOf(url)).toMatchObject({ client_id: clientId, code_challenge_method: 'S256' });
  });

  it.each(['https://elsewhere.example.com/registrations', '/registrations', ''])(
    'goes to no authorization endpoint like %j',
    async (authorizationEndpoint) => {
      const failed = beginCodeGrant(withAnswer().provider, { ...going, authorizationEndpoint });
      await expect(failed).rejects.toMatchObject({
        code: 'option_invalid',
        message: 'signIn: `authorizationEndpoint` must be a URL of https://id.example.com',
      });
    },
  );

  it('asks by the prompt among the further parameters where no other is named', async () => {
    const parameters = { prompt: 'consent' };
    for (const [prompt, asked] of [
      [undefined, 'consent'],
      ['login', 'login'],
    ]) {
      const { url } = await beginCodeGrant(withAnswer().provider, { ...going, prompt, parameters });
      expect(paramsOf(url)).toMatchObject({ prompt: asked });
    }
  });

  it('passes on what providers know', async () => {
    const asked = {
      prompt: 'login',
      login_hint: 'user1',
      acr_values: 'gold',
      ui_locales: 'de en',
      id_token_hint: 'a.b.c',
    };
    const parameters = {
      kc_action: 'UPDATE_PASSWORD',
      client_id: 'evil',
      state: 'evil',
      redirect_uri: 'https://evil',
    };
    const { url, transaction } = await beginCodeGrant(withAnswer().provider, {
      ...going,
      ...asked,
      scope: 'openid email',
      max_age: 0,
      parameters,
    });
    expect(paramsOf(url)).toMatchObject({
      ...asked,
      kc_action: 'UPDATE_PASSWORD',
      max_age: '0',
      scope: 'openid email',
      client_id: clientId,
      state: transaction.state,
      redirect_uri: redirectUri,
    });
    expect(transaction.maxAge).toBe(0);
  });

  it('carries no password, whatever the options hold', async () => {
    const asked = { ...going, username: 'user1', password: secrets.password };
    const { url } = await beginCodeGrant(withAnswer().provider, asked);
    expect(url).not.toContain(secrets.password);
    expect(url).not.toContain('user1');
  });

  it.each(['frame', 'redirect'] as const)('asks silently by %s', async (silent) => {
    const { url, transaction } = await beginCodeGrant(withAnswer().provider, {
      ...going,
      silent,
      prompt: 'login',
    });
    expect(paramsOf(url)).toMatchObject({ prompt: 'none' });
    expect(transaction.silent).toBe(silent);
  });

  it('sends no nonce where no ID token is asked for', async () => {
    const { url, transaction } = await beginCodeGrant(withAnswer().provider, { ...going, scope: 'email' });
    expect(paramsOf(url)).not.toHaveProperty('nonce');
    expect(transaction).not.toHaveProperty('nonce');
  });

  it('takes digest and randomness from outside', async () => {
    let count = 0;
    const parts = partsWith(() => tokenAnswer(), {
      digest: (verifier) => Promise.resolve(`digest of ${verifier}`),
      random: () => `random-${++count}`,
    });
    const { url } = await beginCodeGrant(createProvider(configWith(), parts), going);
    expect(paramsOf(url)).toMatchObject({
      state: 'random-1',
      nonce: 'random-2',
      code_challenge: 'digest of random-3',
    });
  });

  it('says which endpoint is missing', async () => {
    const config = { endpoints: { token_endpoint: endpoints.token_endpoint } };
    expect(await failureOf(beginCodeGrant(withAnswer(tokenAnswer, config).provider, going))).toMatchObject({
      code: 'option_invalid',
      message: expect.stringContaining('authorization_endpoint') as string,
    });
  });

  describe('without a secure context', () => {
    afterEach(() => vi.unstubAllGlobals());

    it.each([
      ['no digests', { getRandomValues: crypto.getRandomValues.bind(crypto) }],
      ['no cryptography at all', undefined],
    ])('says that it needs one, where there are %s', async (_what, platform) => {
      vi.stubGlobal('crypto', platform);
      const parts = partsWith(() => tokenAnswer(), { random: () => 'x'.repeat(43) });
      expect(await failureOf(beginCodeGrant(createProvider(configWith(), parts), going))).toMatchObject({
        code: 'platform_unsupported',
        message: expect.stringContaining('https') as string,
      });
    });
  });
});

describe('finishing a code grant', () => {
  const transaction: Transaction = {
    state: 's-1',
    nonce: 'n-1',
    codeVerifier: 'v'.repeat(43),
    redirectUri,
    returnTo,
    silent: false,
    createdAtMs: Date.now(),
  };
  const answerUrl = (parameters: Record<string, string>): URL =>
    new URL(`${redirectUri}?${new URLSearchParams({ state: 's-1', ...parameters }).toString()}`);
  const withCode = answerUrl({ code: secrets.code, iss: issuer });
  const idTokenWith = (more: object) => () =>
    tokenAnswer({ id_token: jwt(claimsAt(Date.now(), { nonce: 'n-1', ...more })) });

  it('redeems the code with verifier and redirect URI', async () => {
    const tokenParameters = { resource: 'https://api.example.com' };
    const { provider, sent } = withAnswer(idTokenWith({}), { tokenParameters });
    const { claims, tokens } = await finishCodeGrant(provider, transaction, withCode);
    expect(claims).toMatchObject({ sub: 'sub-1', nonce: 'n-1' });
    expect(tokens.accessToken).toBe(secrets.accessToken);
    expect(Object.fromEntries(sent[0]!.form)).toEqual({
      grant_type: 'authorization_code',
      client_id: clientId,
      code: secrets.code,
      code_verifier: transaction.codeVerifier,
      redirect_uri: redirectUri,
      ...tokenParameters,
    });
  });

  it('needs no ID token where none was asked for', async () => {
    const { nonce: _nonce, ...withoutNonce } = transaction;
    const { provider } = withAnswer();
    expect((await finishCodeGrant(provider, withoutNonce, withCode)).claims).toBeUndefined();
  });

  it.each([
    ['another nonce', idTokenWith({ nonce: 'n-2' }), 'id_token_invalid'],
    ['no nonce', idTokenWith({ nonce: undefined }), 'id_token_invalid'],
    ['no ID token', () => tokenAnswer(), 'response_invalid'],
    ['a refused code', () => json({ error: 'invalid_grant' }, { status: 400 }), 'sign_in_refused'],
    ['a refused client', () => json({ error: 'invalid_client' }, { status: 401 }), 'client_refused'],
  ])('refuses %s', async (_what, answer, code) => {
    const { provider } = withAnswer(answer);
    const error = await failureOf(finishCodeGrant(provider, transaction, withCode));
    expect(error).toMatchObject({ code, grantType: 'authorization_code' });
    expect(everythingOf(error)).not.toContain('planted');
  });

  it('checks how long ago the user authenticated, on the clock of the server', async () => {
    const serverMs = Date.now() - 6 * 60 * 60 * 1000;
    const authenticated = (secondsAgo: number) => () => {
      const auth_time = Math.floor(serverMs / 1000) - secondsAgo;
      return tokenAnswer({ id_token: jwt(claimsAt(serverMs, { nonce: 'n-1', auth_time })) });
    };
    const limited = { ...transaction, maxAge: 60 };
    const finish = (answer: () => Response) =>
      finishCodeGrant(withAnswer(answer).provider, limited, withCode);
    await expect(finish(authenticated(50))).resolves.toBeDefined();
    expect(await failureOf(finish(authenticated(200)))).toMatchObject({ code: 'id_token_invalid' });
    expect(await failureOf(finish(idTokenWith({})))).toMatchObject({ code: 'id_token_invalid' });
  });

  it.each([
    ['login_required', 'interaction_required', false],
    ['mfa_required', 'interaction_required', false],
    ['server_error', 'provider_unavailable', true],
    ['constructor', 'sign_in_refused', false],
    ['interaction_required', 'interaction_required', false],
    ['consent_required', 'interaction_required', false],
    ['account_selection_required', 'interaction_required', false],
    ['access_denied', 'sign_in_refused', false],
    ['invalid_scope', 'sign_in_refused', false],
    ['toString', 'sign_in_refused', false],
    ['temporarily_unavailable', 'provider_unavailable', true],
  ])('turns %s into %s', async (error, code, retryable) => {
    const { provider, sent } = withAnswer();
    const url = answerUrl({ error, error_description: 'Because', iss: issuer });
    expect(await failureOf(finishCodeGrant(provider, transaction, url))).toMatchObject({
      code,
      error,
      errorDescription: 'Because',
      retryable,
      status: undefined,
    });
    expect(sent).toHaveLength(0);
  });

  it('shows nothing of this sign-in that a redirect answer echoes', async () => {
    const own = { state: 'state-of-mine', nonce: 'nonce-q8w7e6', codeVerifier: 'v1'.repeat(30) };
    for (const secret of [...Object.values(own), 'code-a1b2']) {
      const url = new URL(
        `${redirectUri}?${new URLSearchParams({
          state: own.state,
          code: 'code-a1b2',
          error: 'access_denied',
          error_description: `No: ${secret}`,
        }).toString()}`,
      );
      const error = await failureOf(finishCodeGrant(withAnswer().provider, { ...transaction, ...own }, url));
      expect(error).toMatchObject({ code: 'sign_in_refused', errorDescription: 'No: …' });
      expect(everythingOf(error)).not.toContain(secret);
    }
  });

  it('says what to do in words that no error of the provider can replace', async () => {
    const url = answerUrl({ error: 'toString', iss: issuer });
    const { message } = (await failureOf(finishCodeGrant(withAnswer().provider, transaction, url))) as Error;
    expect(message).toBe(`Signing in at ${issuer} failed: toString. Sign in again`);
  });

  it.each([
    ['another issuer (RFC 9207)', answerUrl({ code: secrets.code, iss: 'https://evil.example.com' })],
    ['another state', answerUrl({ code: secrets.code, state: 'planted-state' })],
    ['an error of another issuer', answerUrl({ error: 'access_denied', iss: 'https://evil.example.com' })],
    ['neither code nor error', answerUrl({})],
    ['two codes', new URL(`${withCode.href}&code=other`)],
  ])('redeems no answer with %s', async (_what, url) => {
    const { provider, sent } = withAnswer();
    const error = await failureOf(finishCodeGrant(provider, transaction, url));
    expect(error).toMatchObject({ code: 'response_invalid' });
    expect(everythingOf(error)).not.toContain('planted');
    expect(sent).toHaveLength(0);
  });

  it('demands an issuer where the provider promises one', async () => {
    const promise = { authorization_response_iss_parameter_supported: true };
    const parts = partsWith(({ url }) =>
      url.includes('.well-known') ? json({ issuer, ...endpoints, ...promise }) : tokenAnswer(),
    );
    const provider = createProvider({ issuer, clientId }, parts);
    const url = answerUrl({ code: secrets.code });
    expect(await failureOf(finishCodeGrant(provider, transaction, url))).toMatchObject({
      code: 'response_invalid',
    });
  });
});
