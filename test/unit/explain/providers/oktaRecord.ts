import type { Recorded } from './recorded.ts';
import { requestsTo } from './requests.ts';

const to = requestsTo('https://contoso.okta.com/oauth2/default/v1/token');

/** What Okta answers. */
export const oktaRecord: readonly Recorded[] = [
  {
    status: 401,
    error: 'invalid_client',
    description: 'The client secret supplied for a confidential client is invalid.',
    request: to.machine,
    first: 'client-secret-wrong',
    source: 'okta/okta-developer-docs, guides: implement OAuth for Okta',
  },
  {
    status: 401,
    error: 'invalid_client',
    description: "Invalid value for 'client_id' parameter.",
    request: to.machine,
    first: 'client-id-unknown',
    source: 'okta/okta-developer-docs, reference/api/oauth-clients',
  },
  {
    status: 401,
    error: 'invalid_client',
    description: 'No client credentials found.',
    request: to.withoutSecret,
    first: 'client-secret-missing',
    source: 'public code that records the answer of Okta to a request without credentials',
  },
  {
    status: 400,
    error: 'invalid_request',
    description:
      'Cannot supply multiple client credentials. Use one of the following: credentials in the Authorization header, credentials in the post body, or a client_assertion in the post body.',
    request: { ...to.machine, authorization: 'basic', basicClientId: 'my_client', hasBasicSecret: true },
    first: 'client-authenticated-twice',
    source: 'public code that quotes the answer of Okta to an assertion beside a Basic header',
  },
  {
    status: 401,
    error: 'invalid_client',
    description: 'The client_assertion token has an expiration too far into the future.',
    request: to.withAssertion,
    first: 'client-assertion-too-long',
    source: 'public guides to the Okta provider of Terraform with private_key_jwt',
  },
  {
    status: 401,
    error: 'invalid_client',
    description: 'The client_assertion token is expired.',
    request: to.withAssertion,
    first: 'client-assertion-expired',
    source: 'public code that records the answer of Okta, and guides to private_key_jwt',
  },
  {
    status: 401,
    error: 'invalid_client',
    description: 'The audience claim for client_assertion must be the endpoint invoked for the request.',
    request: to.withAssertion,
    first: 'client-assertion-audience',
    source:
      'public code: a specification of Auth::ClientCredentials::Service that records the answer of Okta',
  },
  {
    status: 401,
    error: 'invalid_client',
    description: 'The client_assertion signature is invalid.',
    request: to.withAssertion,
    first: 'client-assertion-key',
    source: 'public code: tests of CIBA with Okta, `authenticateWithCiba`',
  },
  {
    status: 400,
    error: 'invalid_scope',
    description:
      "The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
    request: to.withoutScope,
    first: 'scope-missing',
    source: 'github.com/requests/requests-oauthlib/issues/463',
  },
  {
    status: 400,
    error: 'invalid_scope',
    description: 'One or more scopes are not configured for the authorization server resource.',
    request: to.machine,
    first: 'scope-unknown',
    source: 'public code: tests of OAuth of the .NET driver of Snowflake, and others',
  },
  {
    status: 400,
    error: 'invalid_scope',
    description: 'Custom scopes are not allowed for this request',
    first: 'scope-unknown',
    source: 'support.okta.com: custom scopes are not allowed for this request',
  },
  {
    status: 400,
    error: 'access_denied',
    description: 'Policy evaluation failed for this request, please check the policy configurations.',
    request: to.machine,
    first: 'access-policy-missing',
    source: 'public code: tests of `PersistentAuth` of Databricks, and others',
  },
  {
    status: 400,
    error: 'access_denied',
    description: 'User is not assigned to the client application.',
    first: 'user-not-assigned',
    source: 'public code: several sign-in pages that recognise this sentence of Okta',
  },
  {
    status: 403,
    error: 'invalid_request',
    description:
      'Browser requests to the token endpoint must be part of at least one whitelisted redirect_uri.',
    request: { ...to.exchange, origin: 'https://app.example.com' },
    first: 'origin-not-allowed',
    source: 'public code: a desktop app that removes `Origin: file://` because of this sentence of Okta',
  },
  {
    status: 400,
    error: 'invalid_grant',
    description: 'The authorization code is invalid or has expired.',
    request: to.exchange,
    first: 'code-used-or-unknown',
    source: 'public code: Errors::Authentication::AuthnOidc, and tests of the Go driver of Snowflake',
  },
  {
    status: 400,
    error: 'invalid_grant',
    description: 'The refresh token is invalid or expired.',
    request: to.refresh,
    first: 'refresh-token-no-longer-valid',
    source:
      'public code that quotes the sentence; okta/okta-developer-docs, reference/api/oidc describes the case',
  },
];
