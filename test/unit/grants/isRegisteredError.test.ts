import { expect, it } from 'vitest';
import { isRegisteredError } from '../../../src/grants/protocol/isRegisteredError.ts';

it.each([
  'invalid_request',
  'unauthorized_client',
  'access_denied',
  'unsupported_response_type',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
  'interaction_required',
  'login_required',
  'account_selection_required',
  'consent_required',
  'invalid_request_uri',
  'invalid_request_object',
  'request_not_supported',
  'request_uri_not_supported',
  'registration_not_supported',
  'unmet_authentication_requirements',
  'invalid_target',
  'invalid_authorization_details',
  'invalid_client',
  'invalid_grant',
  'unsupported_grant_type',
  'invalid_dpop_proof',
])('%s is registered', (error) => {
  expect(isRegisteredError(error)).toBe(true);
});

it.each([
  '',
  '404',
  'not_found',
  'Access_Denied',
  'access_denied ',
  'xaccess_denied',
  'login',
  'invalid_',
  'toString',
])("%j is the app's own", (error) => {
  expect(isRegisteredError(error)).toBe(false);
});
