import type { RequestShape } from '../../../../src/explain/failedGrant.ts';
import { fieldsOf } from '../evidence.ts';

/** A token request without a fault, at this address. */
const asked = (url: string, grantType: string, ...names: readonly string[]): RequestShape => ({
  method: 'POST',
  url,
  encoding: 'form',
  contentType: 'application/x-www-form-urlencoded',
  fields: fieldsOf('grant_type', 'client_id', ...names),
  queryFields: {},
  grantType,
  clientId: 'my_client',
  headerNames: ['content-type'],
});

/** The requests that are asked most, at this address. */
export const requestsTo = (url: string) => ({
  exchange: asked(url, 'authorization_code', 'client_secret', 'code', 'redirect_uri'),
  exchangeWithProof: asked(
    url,
    'authorization_code',
    'client_secret',
    'code',
    'redirect_uri',
    'code_verifier',
  ),
  refresh: asked(url, 'refresh_token', 'client_secret', 'refresh_token'),
  password: asked(url, 'password', 'username', 'password'),
  machine: asked(url, 'client_credentials', 'client_secret', 'scope'),
  withoutSecret: asked(url, 'client_credentials', 'scope'),
  withoutScope: asked(url, 'client_credentials', 'client_secret'),
  withAssertion: asked(url, 'client_credentials', 'client_assertion', 'client_assertion_type', 'scope'),
  device: asked(url, 'urn:ietf:params:oauth:grant-type:device_code', 'device_code'),
  onBehalf: asked(url, 'urn:ietf:params:oauth:grant-type:jwt-bearer', 'client_secret', 'assertion'),
});
