import { describe, expect, it } from 'vitest';
import { passwordGrant } from '../../../src/grants/protocol/passwordGrant.ts';
import { createProvider } from '../../../src/grants/protocol/provider.ts';
import { refreshGrant } from '../../../src/grants/protocol/refreshGrant.ts';
import {
  claimsAt,
  clientId,
  configWith,
  everythingOf,
  failureOf,
  jwt,
  partsWith,
  secrets,
  tokenAnswer,
  wholly,
} from './protocolFixture.ts';

const nowMs = Date.now();
const { accessToken, refreshToken } = secrets;
const tokenParameters = { resource: 'https://api.example.com' };

const answering = (answer: object, config = {}) => {
  const parts = partsWith(() => tokenAnswer(answer));
  return { ...parts, provider: createProvider(configWith(config), parts) };
};

describe('the password grant', () => {
  it('sends name and password as a form, with the scope of the session', async () => {
    const { provider, sent } = answering({}, { scope: 'openid profile', tokenParameters });
    await passwordGrant(provider, { username: 'user1', password: 'p&ß=+' });
    expect(Object.fromEntries(sent[0]!.form)).toEqual({
      grant_type: 'password',
      client_id: clientId,
      username: 'user1',
      password: 'p&ß=+',
      scope: 'openid profile',
      ...tokenParameters,
    });
  });

  it('asks for the scope of the sign-in, and by default for openid and the profile', async () => {
    const { provider, sent } = answering({});
    await passwordGrant(provider, { username: 'user1', password: 'password', scope: 'email' });
    await passwordGrant(provider, { username: 'user1', password: 'password', scope: undefined });
    expect(sent.map(({ form }) => form.get('scope'))).toEqual(['email', 'openid profile']);
  });

  it('does not quote an issuer that holds a token of the same answer', async () => {
    const iss = 'https://id.example.com/planted-short';
    const { provider } = answering({
      refresh_token: 'planted-short',
      id_token: jwt(claimsAt(nowMs, { iss })),
    });
    const error = await failureOf(passwordGrant(provider, { username: 'user1', password: 'password' }));
    expect(error).toMatchObject({
      code: 'id_token_invalid',
      message: expect.stringContaining('"iss"') as string,
    });
    expect(everythingOf(error)).not.toContain('planted-short');
  });

  it('answers tokens, facts and claims', async () => {
    const claims = claimsAt(nowMs, { nonce: 'any' });
    const idToken = jwt(claims);
    const { provider } = answering({ id_token: idToken, scope: 'openid', session_state: 'x' });
    const { sentAt: _sentAt, ...answer } = await passwordGrant(provider, {
      username: 'user1',
      password: 'password',
    });
    expect(answer).toEqual({
      tokens: { accessToken, refreshToken: secrets.newRefreshToken, idToken },
      facts: { expires_in: 300, refresh_expires_in: 1800, scope: 'openid' },
      claims,
    });
  });
});

describe('the refresh grant', () => {
  it('sends the refresh token, the client and no scope', async () => {
    const { provider, sent } = answering({}, { tokenParameters });
    await refreshGrant(provider, { accessToken, refreshToken });
    expect(Object.fromEntries(sent[0]!.form)).toEqual({
      grant_type: 'refresh_token',
      client_id: clientId,
      refresh_token: refreshToken,
      ...tokenParameters,
    });
  });

  it('leaves out what the answer leaves out', async () => {
    const { provider } = answering({
      refresh_token: undefined,
      expires_in: undefined,
      refresh_expires_in: undefined,
    });
    const { tokens, facts, claims } = await wholly(
      refreshGrant(provider, { accessToken, refreshToken, idToken: 'a.b.c' }),
    );
    expect(tokens).toEqual({ accessToken, refreshToken: undefined, idToken: undefined });
    expect(facts).toEqual({ expires_in: undefined, refresh_expires_in: undefined, scope: undefined });
    expect(claims).toBeUndefined();
  });

  it('takes a life in words of digits for a number', async () => {
    const { provider } = answering({ expires_in: '300' });
    const { facts } = await wholly(refreshGrant(provider, { accessToken, refreshToken }));
    expect(facts.expires_in).toBe(300);
  });

  const original = { nonce: 'n-1', azp: clientId };
  const old = claimsAt(nowMs - 60_000, original);
  const renewing = (renewed: object, before: object = old) =>
    refreshGrant(answering({ id_token: jwt(claimsAt(nowMs, { ...original, ...renewed })) }).provider, {
      accessToken,
      refreshToken,
      idToken: jwt(before),
    });

  it.each([
    ['the same claims', {}, old],
    ['no nonce', { nonce: undefined }, old],
    ['another sub, which is judged later', { sub: 'sub-2' }, old],
    ['another sub and another nonce', { sub: 'sub-2', nonce: 'n-2' }, old],
    ['another sub and another azp', { sub: 'sub-2', azp: 'other' }, old],
    ['another sub and an audience less', { sub: 'sub-2' }, { ...old, aud: [clientId, 'api'] }],
    ['the audience as a list', { aud: [clientId] }, old],
    ['a further audience', { aud: [clientId, 'api'] }, old],
    ['a sub beyond ASCII', { sub: 'jürgen ✓' }, { ...old, sub: 'jürgen ✓' }],
  ])('accepts an ID token with %s', async (_what, renewed, before) => {
    await expect(wholly(renewing(renewed, before))).resolves.toBeDefined();
  });

  it.each([
    ['azp', { azp: undefined }, old],
    ['azp', {}, { ...old, azp: undefined }],
    ['iss', {}, { ...old, iss: 'https://id.example.com/realms/before' }],
    ['iss', { sub: 'sub-2' }, { ...old, iss: 'https://id.example.com/realms/before' }],
    ['aud', {}, { ...old, aud: [clientId, 'api'] }],
    ['aud', { sub: 'sub-2' }, { ...old, aud: 'api' }],
    ['azp', { azp: 'other' }, old],
    ['nonce', { nonce: 'n-2' }, old],
    ['nonce', { nonce: 'n-1' }, { ...old, nonce: undefined }],
  ])('refuses an ID token with another %s', async (claim, renewed, before) => {
    expect(await failureOf(wholly(renewing(renewed, before)))).toMatchObject({
      code: 'id_token_invalid',
      message: expect.stringContaining(`another ${claim}`) as string,
    });
  });

  it('cannot compare with an ID token that is unreadable or missing', async () => {
    for (const idToken of [undefined, 'opaque', `a.${btoa('null')}.c`]) {
      const { provider } = answering({ id_token: jwt(claimsAt(nowMs)) });
      const renewal = refreshGrant(provider, { accessToken, refreshToken, idToken });
      await expect(wholly(renewal)).resolves.toBeDefined();
    }
  });
});
