import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenShapeOf } from '../../../../src/cli/request/tokenShapeOf.ts';
import { jwtOf } from './requests.ts';

const claims = {
  exp: 2_000_000_600,
  iat: 2_000_000_000,
  nbf: 2_000_000_001,
  jti: 'f5d1d2e0-0000-4000-8000-000000000000',
  iss: 'http://localhost:8080/realms/my_realm',
  aud: ['http://localhost:8080/realms/my_realm', 'account'],
  sub: '0a9d4a6c-5b7c-4a51-9c1e-2f4c9f0a7f11',
  typ: 'Refresh',
  azp: 'my_client',
  sid: 'b0f7a2a0-55a6-4a58-9b0e-3f0a4d5e6f70',
  scope: 'openid profile',
  cnf: { jkt: 'x' },
};

const shape = {
  isJwt: true,
  algorithm: 'HS512',
  headerType: 'JWT',
  hasId: true,
  isSignatureWhole: true,
  typ: 'Refresh',
  issuer: claims.iss,
  subject: claims.sub,
  authorizedParty: 'my_client',
  audience: claims.aud,
  sessionId: claims.sid,
  scope: 'openid profile',
  issuedAtSeconds: 2_000_000_000,
  notBeforeSeconds: 2_000_000_001,
  expiresAtSeconds: 2_000_000_600,
  boundTo: 'key',
};

describe('Of a token is shown', () => {
  it('what a JWT says of itself', () => {
    const token = jwtOf(claims);
    expect(tokenShapeOf(token)).toEqual({ ...shape, length: token.length });
  });

  it.each([' %s', '%s\n', '"%s"', 'Bearer %s', '%s,'])('the same, pasted as %j', (around) => {
    const token = around.replace('%s', jwtOf(claims));
    expect(tokenShapeOf(token)).toEqual({ ...shape, length: token.length });
  });

  it.each([
    ['opaque', 'Zm9vYmFy'],
    ['empty', ''],
    ['cut off', jwtOf(claims).split('.').slice(0, 2).join('.')],
    ['with a payload that is cut off', jwtOf(claims).replace(/\.[^.]{20}/, '.')],
    ['with a head that is none', `e30.${jwtOf(claims).split('.')[1]}.x`],
    ['of dots', '....'],
  ])('its length alone, if it is %s', (_what, token) => {
    expect(tokenShapeOf(token)).toEqual({ isJwt: false, length: token.length });
  });

  it.each([
    ['HS256', 32, true],
    ['HS512', 64, true],
    ['ES384', 96, true],
    ['HS512', 63, false],
    ['HS256', 64, false],
    ['RS256', 256, undefined],
  ])('whether the signature is as long as %s makes it: %i bytes, %s', (alg, bytes, isSignatureWhole) => {
    const [head, payload] = jwtOf(claims, { alg }).split('.');
    const token = [head, payload, Buffer.alloc(bytes, 1).toString('base64url')].join('.');
    expect(tokenShapeOf(token).isSignatureWhole).toBe(isSignatureWhole);
    expect(tokenShapeOf(`${token}%3D`).isSignatureWhole).toBe(isSignatureWhole && false);
  });

  it('the algorithm alone, if it is encrypted', () => {
    const token = `${jwtOf(claims, { alg: 'dir', enc: 'A256GCM' })}.x.y`;
    expect(tokenShapeOf(token)).toEqual({
      isJwt: true,
      length: token.length,
      algorithm: 'dir',
    });
  });

  it('nothing that is of another type than it should be', () => {
    const token = jwtOf({
      exp: '12',
      iat: null,
      iss: 5,
      aud: [1, 'a'],
      azp: {},
      session_state: 's',
      cnf: { 'x5t#S256': 'x' },
    });
    expect(tokenShapeOf(token)).toEqual({
      isJwt: true,
      length: token.length,
      algorithm: 'HS512',
      headerType: 'JWT',
      hasId: false,
      isSignatureWhole: true,
      audience: ['a'],
      sessionId: 's',
      boundTo: 'certificate',
    });
  });

  it('no other token that sits in it', () => {
    const inner = jwtOf({ sub: 'inner-subject' });
    const everywhere = {
      typ: inner,
      iss: `http://a/${inner}?x=${inner}`,
      azp: inner,
      aud: inner,
      sid: inner,
      sub: inner,
    };
    const token = jwtOf(everywhere, { alg: inner });
    expect(JSON.stringify(tokenShapeOf(token))).not.toContain(inner.slice(0, 20));
  });

  it('something, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((text) => jwtOf(JSON.parse(text) as object)),
        ),
        (token) => {
          expect(tokenShapeOf(token).length).toBe(token.length);
        },
      ),
    );
  });
});
