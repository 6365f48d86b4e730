import type { Recorded } from './recorded.ts';
import { requestsTo } from './requests.ts';

const to = requestsTo('https://contoso.eu.auth0.com/oauth/token');

const grantRefused = (grant: string): Recorded => ({
  status: 403,
  error: 'unauthorized_client',
  description: `Grant type '${grant}' not allowed for the client.`,
  first: 'grant-off-for-client',
  source: 'public reports of the sentence, in which the code is not always told',
});

/** What Auth0 answers. */
export const auth0Record: readonly Recorded[] = [
  {
    status: 401,
    error: 'access_denied',
    description: 'Unauthorized',
    request: to.machine,
    first: 'client-secret-wrong',
    source: 'public code: several clients of Auth0 record this answer to a wrong secret',
  },
  {
    status: 401,
    error: 'access_denied',
    description: 'Unauthorized',
    request: to.withoutSecret,
    first: 'client-secret-missing',
    source: 'github.com/auth0-samples/auth0-angular-samples/issues/201',
  },
  {
    status: 400,
    error: 'invalid_request',
    description: 'Unknown client: my_client',
    first: 'client-id-unknown',
    source: 'public documentation of apps that quotes this answer of Auth0',
  },
  {
    status: 403,
    error: 'invalid_grant',
    description: 'Wrong email or password.',
    request: to.password,
    first: 'user-credentials-wrong',
    source: 'public code: several clients of Auth0 record this answer',
  },
  {
    status: 429,
    error: 'too_many_attempts',
    description: 'Your account has been blocked after multiple consecutive login attempts.',
    request: to.password,
    first: 'user-locked-out',
    source: 'public documentation of an API in front of Auth0 that records this answer',
  },
  {
    status: 403,
    error: 'mfa_required',
    description: 'Multifactor authentication required',
    request: to.password,
    first: 'second-factor-needed',
    source: 'auth0.com/docs/libraries/error-messages; public code that records the answer',
  },
  {
    status: 403,
    error: 'invalid_grant',
    description: 'Unknown or invalid refresh token.',
    request: to.refresh,
    first: 'refresh-token-no-longer-valid',
    source: 'public code: AuthenticationException of the Android library of Auth0',
  },
  {
    status: 403,
    error: 'invalid_grant',
    description: "The refresh_token was generated for a user who doesn't exist anymore.",
    request: to.refresh,
    first: 'user-gone',
    source: 'public code: AuthenticationException of the Android library of Auth0',
  },
  {
    status: 403,
    error: 'invalid_grant',
    description: 'Invalid authorization code',
    request: to.exchange,
    first: 'code-used-or-unknown',
    source: 'community.auth0.com/t/authorisation-code-flow-error-403/73029',
  },
  {
    status: 403,
    error: 'invalid_grant',
    description: 'Failed to verify code verifier',
    request: to.exchangeWithProof,
    first: 'pkce-verifier-wrong',
    source: 'public code: tests of the Go library of Auth0, `LoginWithAuthCodeWithPKCE`',
  },
  {
    status: 403,
    error: 'unauthorized_client',
    description: "Grant type 'password' not allowed for the client.",
    request: to.password,
    first: 'grant-off-for-client',
    source: 'auth0.com/docs/clients/client-grant-types, which the answer names as its `error_uri`',
  },
  {
    status: 403,
    error: 'unauthorized_client',
    description:
      'The redirect URI is wrong. You sent http://localhost:4201, and we expected http://localhost:4200',
    request: { ...to.exchange, redirectUri: 'http://localhost:4201' },
    first: 'redirect-uri-nearly-right',
    source: 'public code: a guide to NextAuth that quotes this answer of Auth0',
  },
  {
    status: 403,
    error: 'unauthorized_client',
    description:
      'The redirect URI is wrong. You sent http://localhost:8080, and we expected https://3d4834530bf2.ngrok.app',
    request: to.exchange,
    first: 'redirect-uri-differs',
    source: 'public code: a Ruby specification that records the answer of Auth0',
  },
  {
    status: 403,
    error: 'access_denied',
    description:
      'Client is not authorized to access "https://api.example.com". You need to create a "client-grant" associated to this API.',
    request: to.machine,
    first: 'client-not-granted-api',
    source: 'public code: documentation of Cimpress and tests of client grants',
  },
  {
    status: 403,
    error: 'access_denied',
    description: 'Service not found: https://api.example.com',
    request: to.machine,
    first: 'resource-unknown',
    source: 'public code: several apps quote this answer of Auth0',
  },
  ...[
    'http://auth0.com/oauth/grant-type/password-realm',
    'urn:ietf:params:oauth:grant-type:device_code',
    'authorization_code',
    'client_credentials',
    'password',
    'refresh_token',
  ].map(grantRefused),
  {
    status: 403,
    error: 'unauthorized_client',
    description:
      'Callback URL mismatch. The provided redirect_uri is not in the list of allowed callback URLs.',
    first: 'redirect-uri-not-registered',
    source: 'public reports of the error page',
  },
];
