import type { Recorded } from './recorded.ts';
import { requestsTo } from './requests.ts';

const to = requestsTo('https://oauth2.googleapis.com/token');
const JWT_BEARER = { ...to.onBehalf, fields: {}, grantType: 'urn:ietf:params:oauth:grant-type:jwt-bearer' };

/** What Google answers. */
export const googleRecord: readonly Recorded[] = [
  {
    status: 400,
    error: 'invalid_grant',
    description: 'Token has been expired or revoked.',
    request: to.refresh,
    first: 'refresh-token-no-longer-valid',
    source: 'public code: many clients of Google record this answer',
  },
  {
    status: 400,
    error: 'invalid_grant',
    description: 'Malformed auth code.',
    request: to.exchange,
    first: 'code-malformed',
    source: 'public code: tests of a scanner for Google OAuth credentials, and others',
  },
  {
    status: 400,
    error: 'invalid_grant',
    description: 'Malformed auth code.',
    request: {
      ...to.exchange,
      fields: {
        ...to.exchange.fields,
        code: { count: 1, isEmpty: false, isPadded: false, isEncodedTwice: true },
      },
    },
    first: 'code-encoded-twice',
    source: 'public code that records the answer; the shape of the request is ours',
  },
  {
    status: 400,
    error: 'invalid_grant',
    description: 'Code was already redeemed.',
    request: to.exchange,
    first: 'code-used-or-unknown',
    source: 'public code: a client in Lisp that records the answer',
  },
  {
    status: 401,
    error: 'invalid_client',
    description: 'The provided client secret is invalid.',
    request: to.exchange,
    first: 'client-secret-wrong',
    source: 'public code: tests of a scanner for Google OAuth credentials, and others',
  },
  {
    status: 401,
    error: 'invalid_client',
    description: 'Unauthorized',
    request: to.refresh,
    first: 'client-secret-wrong',
    source: 'public reports of invalid_client, Unauthorized at oauth2.googleapis.com',
  },
  {
    status: 401,
    error: 'invalid_client',
    description: 'The OAuth client was not found.',
    request: to.exchange,
    first: 'client-id-unknown',
    source: 'developers.google.com/identity/protocols/oauth2/web-server, authorization errors',
  },
  {
    status: 401,
    error: 'deleted_client',
    description: 'The OAuth client was deleted.',
    request: to.refresh,
    first: 'client-id-unknown',
    source: 'developers.google.com/identity/protocols/oauth2/web-server, authorization errors',
  },
  {
    status: 400,
    error: 'invalid_request',
    description: 'client_secret is missing.',
    request: { ...to.exchange, fields: to.password.fields },
    first: 'client-secret-missing',
    source: 'public code: several desktop apps with PKCE quote this answer of Google',
  },
  {
    status: 400,
    error: 'invalid_request',
    description: 'Could not determine client ID from request.',
    request: { ...to.refresh, clientId: undefined, fields: {} },
    first: 'client-id-missing',
    source: 'public code: several clients of Google record this answer',
  },
  {
    status: 400,
    error: 'invalid_request',
    description: 'Could not determine client ID from request.',
    request: {
      ...to.refresh,
      clientId: undefined,
      fields: {},
      authorization: 'basic',
      basicClientId: 'my_client',
      hasBasicSecret: true,
    },
    first: 'authorization-dropped',
    source: 'public code: several clients of Google record this answer',
  },
  {
    status: 400,
    error: 'redirect_uri_mismatch',
    description: 'Bad Request',
    request: to.exchange,
    first: 'redirect-uri-differs',
    source: 'public reports of redirect_uri_mismatch, Bad Request at oauth2.googleapis.com',
  },
  {
    status: 400,
    error: 'redirect_uri_mismatch',
    description:
      'The redirect URI in the request, http://localhost:8000/oauth2callback, does not match the ones authorized for the OAuth client.',
    first: 'redirect-uri-not-registered',
    source: 'public reports of "Error 400: redirect_uri_mismatch" on the sign-in page',
  },
  {
    status: 400,
    error: 'redirect_uri_mismatch',
    first: 'redirect-uri-not-registered',
    source: 'developers.google.com/identity/protocols/oauth2/web-server, authorization errors',
  },
  {
    status: 400,
    error: 'invalid_grant',
    description:
      'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.',
    request: JWT_BEARER,
    first: 'assertion-out-of-time',
    source: 'developers.google.com/identity/protocols/oauth2/service-account, JWT error codes',
  },
  {
    status: 400,
    error: 'invalid_grant',
    description: 'Invalid JWT Signature.',
    request: JWT_BEARER,
    first: 'assertion-key',
    source: 'developers.google.com/identity/protocols/oauth2/service-account, JWT error codes',
  },
  {
    status: 401,
    error: 'unauthorized_client',
    description:
      'Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.',
    request: JWT_BEARER,
    first: 'delegation-not-authorized',
    source: 'developers.google.com/identity/protocols/oauth2/service-account, JWT error codes',
  },
  {
    status: 401,
    error: 'unauthorized_client',
    description: 'Unauthorized client or scope in request.',
    request: JWT_BEARER,
    first: 'delegation-not-authorized',
    source: 'public reports of service accounts with setSubject, for the older token endpoint',
  },
  {
    status: 400,
    error: 'invalid_request',
    description: 'Invalid impersonation "sub" field: x',
    request: JWT_BEARER,
    first: 'delegation-not-authorized',
    source: 'public reports of service accounts that impersonate an address that is no user',
  },
  {
    status: 400,
    error: 'redirect_uri_mismatch',
    description:
      'The redirect URI in the request, http://localhost:8000/cb, does not match the ones authorized for the OAuth client.',
    first: 'redirect-uri-not-registered',
    source: 'github.com/async-labs/builderbook, and many public reports of the error page',
  },
  {
    status: 400,
    error: 'redirect_uri_mismatch',
    description:
      'The redirect URI in the request, urn:ietf:wg:oauth:2.0:oob, can only be used by a Client ID for native application. It is not allowed for the WEB client type.',
    first: 'redirect-uri-not-registered',
    source: 'public reports since Google ended the out-of-band flow',
  },
  {
    status: 403,
    error: 'PERMISSION_DENIED',
    description: 'Request had insufficient authentication scopes.',
    first: 'api-scope-missing',
    source: 'cloud.google.com/apis/design/errors, and public reports of googleapi: Error 403',
  },
  {
    status: 401,
    error: 'UNAUTHENTICATED',
    description:
      'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
    first: 'access-token-expired',
    source: 'public reports of every API of Google',
  },
  {
    status: 401,
    error: 'UNAUTHENTICATED',
    description:
      'Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
    first: 'access-token-not-sent',
    source: 'public reports of every API of Google',
  },
  {
    status: 400,
    error: 'invalid_grant',
    description: 'Account has been deleted',
    request: to.refresh,
    first: 'user-gone',
    source: 'public code: clients of Google that record this answer',
  },
  {
    status: 400,
    error: 'admin_policy_enforced',
    first: 'blocked-by-policy',
    source: 'developers.google.com/identity/protocols/oauth2/web-server, authorization errors',
  },
  {
    status: 403,
    error: 'org_internal',
    first: 'user-not-in-tenant',
    source: 'developers.google.com/identity/protocols/oauth2/web-server, authorization errors',
  },
];
