import { expect, it } from 'vitest';
import { secretsIn } from '../../../src/grants/protocol/secretsIn.ts';

const given = {
  refresh_token: 'a refresh token',
  code: 'a code',
  code_verifier: 'a verifier',
  client_secret: 'a client secret',
  password: 'a password',
  client_assertion: 'an assertion',
  otp: '123456',
};
const open = {
  grant_type: 'password',
  client_id: 'web',
  token_type_hint: 'refresh_token',
  code_page: '1252',
};

it('are the values of a form by their names', () => {
  const body = new URLSearchParams({ ...given, ...open });
  expect(secretsIn({ body }).filter(Boolean)).toEqual(Object.values(given));
});

it('are a Basic credential and the password in it', () => {
  const credential = btoa('web:a%20client%20secret');
  const headers = { authorization: `Basic ${credential}` };
  expect(secretsIn({ headers }).filter(Boolean)).toEqual([credential, 'a%20client%20secret']);
});

it('are none where nothing was sent', () => {
  expect(secretsIn({}).filter(Boolean)).toEqual([]);
});
