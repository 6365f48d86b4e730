import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/explain/explain.ts';
import type { FailedGrant } from '../../../src/explain/failedGrant.ts';
import { realmUrl, tokenUrl } from './evidence.ts';

const said = (error: string, errorDescription?: string): FailedGrant => ({
  answer: { status: 400, isStatusUnknown: true, error, errorDescription },
});

/** As the answer to this grant at the token endpoint. */
const by = (grantType: string, failure: FailedGrant): FailedGrant => ({
  ...failure,
  request: { method: 'POST', url: tokenUrl, encoding: 'form', fields: {}, queryFields: {}, grantType },
});

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

describe('Sentences of Keycloak 23.0.3 and 26.7.3, as its classes hold them', () => {
  it.each([
    [
      'unauthorized_client',
      'Bearer-only client not allowed to retrieve service account',
      'bearer-only-client',
    ],
    [
      'unauthorized_client',
      'Bearer-only applications are not allowed to initiate browser login.',
      'bearer-only-client',
    ],
    ['unauthorized_client', 'Wrong client protocol.', 'saml-client'],
    ['invalid_grant', 'resource owner password credentials grant is prohibited.', 'direct-access-off'],
    ['invalid_grant', 'Client not allowed for OAuth 2.0 Device Authorization Grant', 'grant-off-for-client'],
    ['invalid_grant', 'Client not allowed OIDC CIBA Grant', 'grant-off-for-client'],
    [
      'invalid_request',
      'The associated service account for the client does not exist',
      'service-account-off',
    ],
    ['invalid_token', 'DPoP proof and token binding verification failed', 'dpop-key-differs'],
    [
      'not_allowed',
      'Client certificate missing, or its thumbprint and one in the token did NOT match',
      'certificate-differs',
    ],
    [
      'invalid_request',
      'Client certificate missing, or its thumbprint and one in the token did NOT match',
      'certificate-differs',
    ],
    ['invalid_client', 'Audience not found', 'resource-unknown'],
    [
      'invalid_client',
      "Parameter client_assertion_type has value 'a' but expected is 'b'",
      'client-assertion-refused',
    ],
    [
      'unauthorized_client',
      'Client authentication with client secret signed JWT failed: a',
      'client-assertion-refused',
    ],
    [
      'unauthorized_client',
      'Client authentication with client secret signed JWT failed: Signature on JWT token by client secret failed validation',
      'client-assertion-key',
    ],
    ['access_denied', 'Missing openid scope', 'userinfo-openid-missing'],
    ['invalid_request', 'Implicit/Hybrid flow is prohibited.', 'authorization-response-type-wrong'],
    ['invalid_scope', 'Invalid scopes: openid%20profile', 'scopes-run-together'],
    [
      'unauthorized_client',
      'Client is not allowed to initiate browser login with given response_type. Standard flow is disabled for the client.',
      'standard-flow-off',
    ],
    [
      'unauthorized_client',
      'Client is not allowed to initiate browser login with given response_type. Implicit flow is disabled for the client.',
      'authorization-response-type-wrong',
    ],
    [
      'invalid_client',
      "Client authentication with signed JWT failed: Token audience doesn't match domain. Expected audiences are any of [a] but audience from token is '[b]'",
      'client-assertion-audience',
    ],
    ['access_denied', 'Client is not within the token audience', 'exchange-not-permitted'],
    ['access_denied', 'Client not allowed to exchange', 'exchange-not-permitted'],
    ['invalid_grant', 'Invalid bearer token', 'subject-token-invalid'],
    ['invalid_request', 'Client does not support permissions', 'grant-off-for-client'],
    [
      'invalid_request',
      "Parameter 'subject_issuer' is not supported for standard token exchange",
      'grant-type-not-offered',
    ],
    ['Realm not found.', undefined, 'realm-unknown'],
    ['invalid_request', 'Client disabled.', 'client-disabled'],
  ])('%s, "%s"', (error, sentence, id) => {
    expect(explain(said(error, sentence))[0]?.id).toBe(id);
  });

  it('"Invalid token" speaks of the token that was handed in for another', () => {
    expect(explain(by(EXCHANGE, said('invalid_request', 'Invalid token')))[0]?.id).toBe(
      'subject-token-invalid',
    );
  });

  it.each([
    ['/shop/clients/1/roles', 'Unable to find matching target resource method'],
    ['/realms/shop/users', 'HTTP 404 Not Found'],
  ])('nothing at %s is no missing `/auth`: Keycloak has nothing of the kind', (path, error) => {
    const answer = { status: 404, error };
    const url = new URL(path, realmUrl).href;
    const request = { method: 'GET', url, encoding: 'none', fields: {}, queryFields: {} } as const;
    const ids = explain({ answer, request }).map(({ id }) => id);
    expect(ids[0]).toBe('path-unknown');
    expect(ids).not.toContain('base-path-wrong');
  });
});
