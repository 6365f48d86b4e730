import { expect, it } from 'vitest';
import {
  accountAction,
  accountUrl,
  hasRole,
  keycloakRoles,
  keycloakUser,
  registration,
} from 'token-vigil/keycloak';

const idToken = { iss: 'https://id.example/realms/app', sub: '1', name: 'Ada' };
const accessToken = () => ({
  realm_access: { roles: ['reader', 7] },
  resource_access: { billing: { roles: ['payer'] }, odd: 'x' },
});

it('puts the roles of the access token beside the claims of the ID token', () => {
  expect(keycloakUser({ idToken, accessToken })).toEqual({
    ...idToken,
    realmRoles: ['reader'],
    clientRoles: { billing: ['payer'], odd: [] },
  });
});

it.each([[undefined], [{}], [{ realm_access: null, resource_access: [] }]])(
  'finds no roles in an access token like %j',
  (payload) => {
    expect(keycloakRoles({ accessToken: () => payload })).toEqual({ realmRoles: [], clientRoles: {} });
  },
);

it('answers whether a user has a role of the realm or of a client', () => {
  const user = keycloakUser({ idToken, accessToken });
  expect(hasRole(user, 'reader')).toBe(true);
  expect(hasRole(user, 'payer')).toBe(false);
  expect(hasRole(user, 'payer', 'billing')).toBe(true);
  expect(hasRole(user, 'payer', 'unknown')).toBe(false);
  expect(hasRole(user, 'payer', 'constructor')).toBe(false);
  expect(hasRole(null, 'reader')).toBe(false);
});

it('links to the account page, and from there back to the app', () => {
  expect(accountUrl('https://id.example/realms/app')).toBe('https://id.example/realms/app/account/');
  expect(
    accountUrl('https://id.example/realms/app/', { clientId: 'web', returnTo: 'https://app.example/a?b=c' }),
  ).toBe(
    'https://id.example/realms/app/account/?referrer=web&referrer_uri=https%3A%2F%2Fapp.example%2Fa%3Fb%3Dc',
  );
  expect(() => accountUrl('app')).toThrow('The issuer must be an absolute URL, not "app"');
});

it('makes sign-in options of an account action', () => {
  expect(accountAction('UPDATE_PASSWORD')).toEqual({ parameters: { kc_action: 'UPDATE_PASSWORD' } });
});

it.each([
  ['from 26.1 on', { prompt_values_supported: ['none', 'create'] }, { prompt: 'create' }],
  [
    'before 26.1',
    {},
    { authorizationEndpoint: 'https://id.example/realms/app/protocol/openid-connect/registrations' },
  ],
])('registers as Keycloak does it %s', async (_, metadata, expected) => {
  const asked: string[] = [];
  const fetch = async (url: RequestInfo | URL) => {
    asked.push((url as URL).href);
    return Response.json(metadata);
  };
  expect(await registration('https://id.example/realms/app', { fetch })).toEqual(expected);
  expect(asked).toEqual(['https://id.example/realms/app/.well-known/openid-configuration']);
});

it('registers by the standard where the metadata cannot be read', async () => {
  const fetch = () => Promise.reject(new TypeError('Failed to fetch'));
  expect(await registration('https://id.example/realms/app', { fetch })).toEqual({ prompt: 'create' });
});
