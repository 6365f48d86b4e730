import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { speakOfToken } from '../../../src/gate/challenges.ts';
import { cpuMs } from '../../support/cpuMs.ts';

const ofTheToken = [
  null,
  '',
  'Bearer',
  'bEaReR',
  'Bearer realm="x"',
  'Bearer error="invalid_token"',
  'Bearer error=invalid_token',
  'Bearer ERROR = "invalid_token"',
  'Bearer error="invalid\\_token"',
  'Bearer realm="x", error="invalid_token", error_description="expired, sign in again"',
  'Bearer error_description="no error=x here"',
  'Basic realm="a, b", Bearer',
  'Basic, Bearer',
  'Bearer, Basic realm="x"',
  'Bearer realm="x", DPoP error="use_dpop_nonce"',
  'Bearer error="insufficient_scope", Bearer realm="other"',
  'Bearer realm="first", Bearer error="insufficient_scope"',
  'Negotiate YIIabc==, Bearer error="invalid_token"',
  'Digest realm="x", qop="auth", Bearer\trealm="y"',
  'Bearer realm="x \\" Basic error=\\"y\\" "',
];

const ofSomethingElse = [
  'Basic',
  'Basic realm="x"',
  'Basic realm="Bearer"',
  'Basic realm="x, Bearer"',
  'Basic realm="x \\", Bearer"',
  'Basic realm=Bearer',
  'DPoP error="invalid_token"',
  'BearerToken realm="x"',
  'Bearer error="insufficient_scope"',
  'Bearer error=insufficient_user_authentication, acr_values="gold"',
  'Bearer Error="INVALID_TOKEN"',
  'Bearer error=""',
  'Bearer error="invalid_token, insufficient_scope"',
  'Bearer error="insufficient_scope", DPoP error="invalid_token"',
  'Bearer realm="x", error="invalid_request", error_description="error=invalid_token"',
  'Basic "Bearer"',
  'Session, Cookie form-action="/login", error="invalid_token"',
];

describe('the challenges of a 401', () => {
  it.each(ofTheToken)('speak of the token: %s', (challenges) => {
    expect(speakOfToken(challenges)).toBe(true);
  });

  it.each(ofSomethingElse)('speak of something else: %s', (challenges) => {
    expect(speakOfToken(challenges)).toBe(false);
  });

  it('are read whatever they are, in time that grows with their length', () => {
    const piece = fc.constantFrom('Bearer', 'Basic', 'error', '=', ' ', ',', '"', '\\', 'invalid_token', 'x');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(typeof speakOfToken(pieces.join(''))).toBe('boolean');
      }),
    );
    const readAll = (): void => {
      for (const long of ['"', '\\"', '\\', '"\\', 'a', 'a ', 'a =', '="', ',']) {
        speakOfToken(`Bearer ${long.repeat(50_000)}`);
        speakOfToken(`Bearer ${long.repeat(50_000)}\\`);
      }
    };
    // A second look at each character would take minutes.
    expect(cpuMs(readAll)).toBeLessThan(5000);
  });
});
