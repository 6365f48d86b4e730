import { describe, expect, it } from 'vitest';
import { decodeJwt, userOf } from '../../../src/claims/user.ts';
import { jwt } from '../grants/protocolFixture.ts';

describe('decoding a JWT', () => {
  it('reads the payload, beyond ASCII and of any length', () => {
    for (const name of ['', 'a', 'ab', 'abc', 'Jürgen ✓ 𝄞']) {
      expect(decodeJwt(jwt({ name }))).toEqual({ name });
    }
  });

  it.each([
    ['nothing', undefined],
    ['an empty text', ''],
    ['an opaque token', 'opaque'],
    ['what is no Base64', 'a.%.c'],
    ['what is no JSON', `a.${btoa('{')}.c`],
    ['null', `a.${btoa('null')}.c`],
    ['a number', `a.${btoa('5')}.c`],
    ['a list', `a.${btoa('[1]')}.c`],
  ])('knows nothing of %s', (_what, token) => {
    expect(decodeJwt(token)).toBeUndefined();
  });
});

it('shows both payloads to a mapper, and to it alone', () => {
  const tokens = { accessToken: jwt({ realm: 1 }), idToken: jwt({ sub: 'ada' }) };
  expect(userOf(tokens, ({ idToken, accessToken }) => ({ idToken, access: accessToken() }))).toEqual({
    idToken: { sub: 'ada' },
    access: { realm: 1 },
  });
  expect(userOf({ accessToken: 'opaque' }, ({ idToken, accessToken }) => [idToken, accessToken()])).toEqual([
    undefined,
    undefined,
  ]);
});
