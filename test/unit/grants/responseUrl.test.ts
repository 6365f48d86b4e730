import { expect, it } from 'vitest';
import {
  isAtRedirectUri,
  isAuthorizationResponse,
  withoutResponse,
} from '../../../src/grants/signIn/responseUrl.ts';

const home = 'https://app.example.com/back';

it.each([
  [`${home}?state=s&code=c`, true],
  [`${home}?state=s&error=e`, true],
  [`${home}?tab=1&state=s&code=c#part`, true],
  [`${home}#part`, false],
  [`${home}?state=s`, false],
  [`${home}?code=c`, false],
  [`${home}?error=e`, false],
  [`${home}/more?state=s&code=c`, false],
  ['https://app.example.com/?state=s&code=c', false],
  ['https://other.example.com/back?state=s&code=c', false],
])('whether %s is an answer: %s', (url, wanted) => {
  expect(isAuthorizationResponse(new URL(url), home)).toBe(wanted);
});

it.each([
  ['https://app.example.com/?a=1#b', 'https://app.example.com', true],
  [`${home}?tab=2`, `${home}?tab=1`, true],
  [`${home}#part`, home, true],
  [home, 'https://app.example.com/', false],
  ['https://app.example.com/', '', false],
])('%s is the page of the redirect URI %j: %s', (url, redirectUri, wanted) => {
  expect(isAtRedirectUri(new URL(url), redirectUri)).toBe(wanted);
});

it('loses what the provider has added, and nothing else', () => {
  const added = 'state=s&code=c&error=e&error_description=d&error_uri=u&iss=i&session_state=x';
  const url = new URL(`${home}?tab=1&${added}&kc_action_status=success#part`);
  expect(withoutResponse(url).href).toBe(`${home}?tab=1&kc_action_status=success#part`);
  expect(withoutResponse(url, ['state', 'code', 'iss']).search).toBe(
    '?tab=1&error=e&error_description=d&error_uri=u&session_state=x&kc_action_status=success',
  );
  expect(url.searchParams.get('state')).toBe('s');
});

it.each([
  ['?msg=See%20you&flag&state=s', '?msg=See%20you&flag'],
  ['?a=%7E&code=c&b=1+2&st%61te=s', '?a=%7E&b=1+2'],
  ['?state=s', ''],
  ['', ''],
])("leaves the app's own parameters as they were spelt: %s", (search, left) => {
  expect(withoutResponse(new URL(home + search)).href).toBe(home + left);
});
