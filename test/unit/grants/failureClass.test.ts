import { expect, it } from 'vitest';
import { failureClassOf, oauthErrorOf } from '../../../src/grants/failureClass.ts';

it.each([
  ['grant_refused', false, 'terminal'],
  ['interaction_required', false, 'interaction'],
  ['id_token_invalid', false, 'terminal'],
  ['id_token_invalid', true, 'configuration'],
  ['provider_unavailable', true, 'transient'],
  ['code_not_loaded', true, 'transient'],
  ['network_failed', true, 'unknown'],
  ['token_arrived_stale', true, 'transient'],
  ['token_arrived_stale', false, 'configuration'],
  ['client_refused', false, 'configuration'],
  ['response_invalid', true, 'configuration'],
  ['option_invalid', false, 'configuration'],
] as const)('%s, retryable: %s, is %s', (code, retryable, wanted) => {
  expect(failureClassOf({ code, retryable })).toBe(wanted);
});

it.each([
  [400, 'invalid_client', 'invalid_client'],
  [401, 'invalid_client', 'invalid_client'],
  [403, 'access_denied', 'access_denied'],
  [200, 'bad_refresh_token', 'bad_refresh_token'],
  [undefined, 'invalid_client', 'invalid_client'],
  [404, 'not_found', null],
  [404, 'Realm does not exist', null],
  [405, 'method_not_allowed', null],
  [415, 'unsupported_media_type', null],
  [403, 'Invalid origin', null],
  [400, '', null],
  [400, undefined, null],
])('with status %s the error %j is the provider’s own: %j', (status, error, wanted) => {
  expect(oauthErrorOf({ status, error })).toBe(wanted);
});
