import { expect, it } from 'vitest';
import { decodeJwt, type IdTokenClaims } from '../../../src/claims/user.ts';
import { isOtherUser } from '../../../src/grants/protocol/isOtherUser.ts';
import { jwt } from './protocolFixture.ts';

const access = (claims: object): string => jwt({ iss: 'https://id.test', aud: ['api', 'web'], ...claims });
const ada = { accessToken: access({ sub: 'ada' }), idToken: jwt({ sub: 'ada' }) };
const eve = { accessToken: access({ sub: 'eve' }), idToken: jwt({ sub: 'eve' }) };
const opaque = { accessToken: 'opaque' };
const { accessToken } = eve;

it.each([
  ['the ID tokens differ', eve, ada, true],
  ['the ID tokens differ, whatever the access tokens say', { ...opaque, idToken: eve.idToken }, ada, true],
  ['the ID tokens agree, whatever the access tokens say', { accessToken, idToken: ada.idToken }, ada, false],
  ['the ID tokens agree', ada, ada, false],
  ['the access tokens differ, without an ID token in the answer', { accessToken }, ada, true],
  ['the access tokens differ, without an ID token at hand', eve, { accessToken: ada.accessToken }, true],
  ['the access tokens agree', { accessToken: ada.accessToken }, ada, false],
  ['the access tokens are of another issuer', { accessToken: access({ sub: 'eve', iss: 'x' }) }, ada, false],
  [
    'the access tokens are of another audience',
    { accessToken: access({ sub: 'eve', aud: 'x' }) },
    ada,
    false,
  ],
  [
    'the audience is in another order',
    { accessToken: access({ sub: 'eve', aud: ['web', 'api'] }) },
    ada,
    true,
  ],
  ['the access token is opaque', opaque, ada, false],
  ['the access token at hand is opaque', { accessToken }, opaque, false],
  ['the access token names nobody', { accessToken: access({}) }, ada, false],
  ['the access token at hand names nobody', { accessToken }, { accessToken: access({}) }, false],
  ['a sub is no text', { accessToken: access({ sub: 5 }) }, ada, false],
])('where %s', (_what, tokens: { accessToken: string; idToken?: string }, held, wanted) => {
  const claims = decodeJwt(tokens.idToken) as IdTokenClaims | undefined;
  expect(isOtherUser({ tokens, claims }, held)).toBe(wanted);
});

it('takes a list of one audience for that audience', () => {
  const held = { accessToken: jwt({ iss: 'i', aud: 'api', sub: 'ada' }) };
  const tokens = { accessToken: jwt({ iss: 'i', aud: ['api'], sub: 'eve' }) };
  expect(isOtherUser({ tokens, claims: undefined }, held)).toBe(true);
});
