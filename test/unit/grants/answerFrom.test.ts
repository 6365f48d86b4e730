import { describe, expect, it } from 'vitest';
import { isSessionError } from '../../../src/errors/sessionError.ts';
import { answerFrom } from '../../../src/grants/protocol/answerFrom.ts';
import type { TokenAnswer } from '../../../src/grants/protocol/tokenAnswer.ts';
import type { TokenResponse } from '../../../src/grants/tokenResponse.ts';
import { everythingOf, jwt } from './protocolFixture.ts';

const sentAt = { wallMs: 1_000_000, monotonicMs: 1000 };

const read = (fields: unknown, mayBeOlder?: true): TokenAnswer =>
  answerFrom(fields as TokenResponse, sentAt, mayBeOlder && { mayBeOlder });

const lifeOf = (fields: object, mayBeOlder?: true): number | undefined =>
  read({ access_token: 'a', ...fields }, mayBeOlder).facts.expires_in;

const refusalOf = (fields: unknown) => {
  try {
    read(fields);
  } catch (thrown) {
    if (isSessionError(thrown)) return thrown;
  }
  return expect.fail('should have been refused');
};

describe('a whole answer', () => {
  it('becomes tokens, facts and claims, dated from its request', () => {
    const idToken = jwt({ sub: 'ada' });
    const fields = {
      access_token: 'a',
      token_type: 'BEARER',
      expires_in: 300,
      refresh_token: 'r',
      refresh_expires_in: 1800,
      id_token: idToken,
      scope: 'openid',
      session_state: 5,
    };
    expect(read(fields)).toEqual({
      tokens: { accessToken: 'a', refreshToken: 'r', idToken },
      facts: { expires_in: 300, refresh_expires_in: 1800, scope: 'openid' },
      sentAt,
      claims: { sub: 'ada' },
    });
  });

  it.each([
    ['absent', undefined],
    ['null', null],
    ['empty', ''],
  ])('has every text optional: %s', (_what, nothing) => {
    const fields = {
      access_token: 'a',
      token_type: nothing,
      refresh_token: nothing,
      id_token: nothing,
      scope: nothing,
    };
    expect(read(fields)).toEqual({
      tokens: { accessToken: 'a', refreshToken: undefined, idToken: undefined },
      facts: { expires_in: undefined, refresh_expires_in: undefined, scope: undefined },
      sentAt,
      claims: undefined,
    });
  });
});

describe('a life', () => {
  it.each([
    [300, 300],
    [299.5, 299.5],
    ['300', 300],
    ['300.0', 300],
    ['299.25', 299.25],
    [0, 0],
    ['0', 0],
    [null, undefined],
    [undefined, undefined],
    [315_360_000, 315_360_000],
    [1_800_000_300_000, 315_360_000],
    [Number.MAX_VALUE, 315_360_000],
    ['9223372036854775807', 315_360_000],
  ])('of %j is %j s', (stated, wanted) => {
    expect(lifeOf({ expires_in: stated })).toBe(wanted);
    expect(read({ access_token: 'a', refresh_expires_in: stated }).facts.refresh_expires_in).toBe(wanted);
  });

  it.each([
    '',
    'soon',
    'Infinity',
    'NaN',
    '-1',
    '+300',
    ' 300',
    '300s',
    '0x10',
    '1e3',
    '9'.repeat(400),
    -1,
    -0.5,
    Number.NaN,
    Infinity,
    -Infinity,
    true,
    [300],
    {},
    { value: 300 },
  ])('of %j is refused by name', (stated) => {
    for (const field of ['expires_in', 'refresh_expires_in']) {
      expect(refusalOf({ access_token: 'a', [field]: stated })).toMatchObject({
        code: 'response_invalid',
        retryable: true,
        message: expect.stringContaining(`\`${field}\` is missing or malformed`) as string,
      });
    }
  });

  it.each([
    ['exp and iat alone', { iat: 100, exp: 160 }, undefined, 60],
    ['nbf where there is no iat', { nbf: 100, exp: 160 }, undefined, 60],
    ['iat rather than nbf', { iat: 100, nbf: 130, exp: 160 }, undefined, 60],
    ['the smaller of both', { iat: 100, exp: 160 }, 300, 60],
    ['the smaller of both, stated', { iat: 100, exp: 400 }, 60, 60],
    ['what is stated as no life', { iat: 100, exp: 160 }, 0, 0],
    ['no exp', { iat: 100 }, undefined, undefined],
    ['exp alone', { exp: 160 }, 300, 300],
    ['no life left', { iat: 160, exp: 160 }, 300, 300],
    ['less than no life', { iat: 161, exp: 160 }, undefined, undefined],
    ['texts', { iat: '100', exp: '160' }, 300, 300],
    ['null', { iat: null, nbf: null, exp: null }, 300, 300],
    ['null in place of iat', { iat: null, nbf: 100, exp: 160 }, 300, 60],
    ['no end', { iat: 100, exp: Number.MAX_VALUE }, undefined, 315_360_000],
  ])('is also what the access token says: %s', (_what, claims, expires_in, wanted) => {
    expect(lifeOf({ access_token: jwt(claims), expires_in })).toBe(wanted);
  });

  it.each([
    ['by what the token is older', { iat: 100, exp: 160 }, { iat: 140 }, 60, 20],
    ['of a stated life too', { iat: 100 }, { iat: 140 }, 60, 20],
    ['not below nothing', { iat: 100, exp: 160 }, { iat: 190 }, 60, 0],
    ['not where the token is newer', { iat: 100, exp: 160 }, { iat: 40 }, 60, 60],
    ['not without an iat', { nbf: 100, exp: 160 }, { iat: 140 }, 60, 60],
    ["not without the server's clock", { iat: 100, exp: 160 }, {}, 60, 60],
    ['not where none is known', { iat: 100 }, { iat: 140 }, undefined, undefined],
  ])(
    'is shortened where the tokens can be older than the answer: %s',
    (_what, claims, id, expires_in, wanted) => {
      const fields = { access_token: jwt(claims), id_token: jwt({ sub: 'ada', ...id }), expires_in };
      expect(lifeOf(fields, true)).toBe(wanted);
    },
  );

  it('is not shortened for tokens of the token endpoint', () => {
    const fields = { access_token: jwt({ iat: 100, exp: 160 }), id_token: jwt({ sub: 'ada', iat: 140 }) };
    expect(lifeOf(fields)).toBe(60);
  });
});

it('a scope that holds a token, or what was sent, is as good as absent', () => {
  const fields = { access_token: 'first-token', refresh_token: 'other-value', id_token: jwt({ sub: 'ada' }) };
  const scopeOf = (scope: string): string | undefined =>
    answerFrom({ ...fields, scope }, sentAt, { secrets: ['', 'id', 'admin', 'sent-password'] }).facts.scope;
  for (const secret of [...Object.values(fields), 'sent-password'])
    expect(scopeOf(`openid ${secret}`)).toBeUndefined();
  // Part of a word by chance.
  expect(scopeOf('openid administration')).toBe('openid administration');
});

describe('what is refused', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'planted'],
    ['a list', ['planted']],
    ['an empty object', {}],
    ['no access token', { refresh_token: 'planted' }],
    ['null for one', { access_token: null }],
    ['an empty one', { access_token: '' }],
    ['a number', { access_token: 5 }],
    ['an object', { access_token: { token: 'planted' } }],
  ])('for the want of an access token: %s', (_what, fields) => {
    const error = refusalOf(fields);
    expect(error).toMatchObject({
      code: 'response_invalid',
      message:
        'The request failed: `access_token` is missing or malformed. Does something else answer in place of the provider?',
    });
    expect(everythingOf(error)).not.toContain('planted');
  });

  it.each(['refresh_token', 'id_token', 'scope', 'token_type'])('a %s that is no text, by name', (field) => {
    for (const value of [5, 0, true, false, ['planted'], {}]) {
      const error = refusalOf({ access_token: 'a', [field]: value });
      expect(error.code).toBe('response_invalid');
      expect(error.message).toContain(`\`${field}\` is missing or malformed`);
      expect(everythingOf(error)).not.toContain('planted');
    }
  });

  it.each(['planted\ntoken', 'planted token', 'plantéd', 'planted\u0000'])(
    'an access token that no header may have: %j',
    (access_token) => {
      const error = refusalOf({ access_token });
      expect(error).toMatchObject({
        code: 'response_invalid',
        message: expect.stringContaining('no header may have, such as a line break') as string,
      });
      expect(everythingOf(error)).not.toContain('planted');
    },
  );

  it.each([
    ['DPoP', 'DPoP'],
    ['mac', 'mac'],
    ['N_A', 'N_A'],
    ['Bearer ', 'another'],
    ['bearer token', 'another'],
    ['XPoP', 'another'],
    ['PoP planted', 'another'],
    ['planted', 'another'],
  ])('a token of the type %j, as %s', (token_type, name) => {
    const error = refusalOf({ access_token: 'a', token_type });
    expect(error).toMatchObject({
      code: 'response_invalid',
      message: expect.stringContaining(`the token's type is ${name}, and only Bearer is supported`) as string,
    });
    expect(everythingOf(error)).not.toContain('planted');
  });

  it.each(['access_token', 'refresh_token', 'id_token'])(
    'a type that quotes the %s, without quoting it',
    (field) => {
      const error = refusalOf({ access_token: 'a', [field]: 'planted', token_type: 'planted' });
      expect(error.message).toContain("the token's type is another");
      expect(everythingOf(error)).not.toContain('planted');
    },
  );

  it.each([
    ['no JWT', 'planted'],
    ['without a sub', jwt({ planted: 1 })],
    ['of an empty sub', jwt({ sub: '' })],
    ['of a sub that is a number', jwt({ sub: 5 })],
    ['that says null', `a.${btoa('null')}.c`],
  ])('an ID token %s', (_what, id_token) => {
    const error = refusalOf({ access_token: 'a', id_token });
    expect(error).toMatchObject({ code: 'id_token_invalid', retryable: false });
    expect(everythingOf(error)).not.toContain('planted');
  });
});

describe('an OAuth error in place of tokens', () => {
  it.each([
    ['invalid_grant', 'grant_refused'],
    ['invalid_client', 'client_refused'],
    ['login_required', 'interaction_required'],
    ['temporarily_unavailable', 'provider_unavailable'],
    ['bad_refresh_token', 'client_refused'],
  ])('%s is told as %s', (error, code) => {
    expect(refusalOf({ error, error_description: 'Because' })).toMatchObject({
      code,
      error,
      errorDescription: 'Because',
      status: undefined,
      message: expect.stringContaining(`The request failed: ${error}, Because. `) as string,
    });
  });

  it('quotes no token of the same answer', () => {
    const said = { error: 'invalid_grant', error_description: 'Spent: planted-refresh' };
    expect(refusalOf({ ...said, refresh_token: 'planted-refresh' }).errorDescription).toBe('Spent: …');
  });

  it('is none where tokens came, or where it is no text', () => {
    expect(read({ access_token: 'a', error: 'invalid_grant' }).tokens.accessToken).toBe('a');
    expect(refusalOf({ error: 5 }).code).toBe('response_invalid');
  });
});
