import type { RequestShape } from '../../../../src/explain/failedGrant.ts';
import type { Recorded } from './recorded.ts';
import { requestsTo } from './requests.ts';

const to = requestsTo('https://id.example.com/oauth/token');

interface Words {
  readonly first: string;
  readonly request?: RequestShape;
  readonly status?: number;
}

const sayingOf =
  (source: string) =>
  (error: string, description: string, { first, request, status = 400 }: Words): Recorded => ({
    status,
    error,
    description,
    first,
    source,
    ...(request && { request }),
  });

const identityServer = sayingOf('IdentityServer/IdentityServer4, src/IdentityServer4/src/Validation');
const openIddict = sayingOf('openiddict/openiddict-core, test/OpenIddict.Server.IntegrationTests');
const doorkeeper = sayingOf('doorkeeper-gem/doorkeeper, config/locales/en.yml');
const league = sayingOf('thephpleague/oauth2-server, src/Exception/OAuthServerException.php and src/Grant');
const fusionAuth = sayingOf('fusionauth.io/docs/lifecycle/authenticate-users/oauth/endpoints, error_reason');
const salesforce = sayingOf('help.salesforce.com, OAuth 2.0 Authorization Errors');
const gitHub = sayingOf(
  'docs.github.com, Troubleshooting authorization request errors and access token request errors',
);
const grpc = sayingOf('grpc-ecosystem/go-grpc-middleware, interceptors/auth/metadata.go');

const CREDENTIALS =
  'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.';
const MALFORMED =
  'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.';

/** What products say that anybody can run under a name of their own. */
export const productsRecord: readonly Recorded[] = [
  identityServer(
    'unauthorized_client',
    'Client not authorized for resource owner flow, check the AllowedGrantTypes setting',
    { first: 'grant-off-for-client', request: to.password },
  ),
  identityServer('unauthorized_client', 'Client not authorized for code flow', {
    first: 'grant-off-for-client',
    request: to.exchange,
  }),
  identityServer(
    'unauthorized_client',
    'Client not authorized for client credentials flow, check the AllowedGrantTypes setting',
    { first: 'grant-off-for-client', request: to.machine },
  ),
  identityServer('unauthorized_client', 'Invalid grant type for client: implicit', {
    first: 'grant-off-for-client',
  }),
  identityServer('invalid_grant', 'Invalid redirect_uri: https://app.example/', {
    first: 'redirect-uri-differs',
    request: to.exchange,
  }),
  identityServer('invalid_request', 'code challenge required', { first: 'authorization-pkce-missing' }),
  identityServer('invalid_grant', 'Transformed code verifier does not match code challenge', {
    first: 'pkce-verifier-wrong',
    request: to.exchangeWithProof,
  }),
  openIddict('invalid_grant', "The specified 'code_verifier' is invalid.", {
    first: 'pkce-verifier-wrong',
    request: to.exchangeWithProof,
  }),
  openIddict('invalid_request', "The mandatory 'code_challenge' parameter is missing.", {
    first: 'authorization-pkce-missing',
  }),
  openIddict('invalid_request', "The mandatory 'code_verifier' parameter is missing.", {
    first: 'pkce-verifier-missing',
    request: to.exchange,
  }),
  openIddict('invalid_request', "The specified 'redirect_uri' is not valid for this client application.", {
    first: 'redirect-uri-not-registered',
  }),
  openIddict('invalid_client', "The specified 'client_id' is invalid.", {
    first: 'client-id-unknown',
    request: to.exchange,
    status: 401,
  }),
  openIddict('invalid_client', 'The specified client credentials are invalid.', {
    first: 'client-secret-wrong',
    request: to.exchange,
    status: 401,
  }),
  openIddict('invalid_grant', 'The specified refresh token is no longer valid.', {
    first: 'refresh-token-expired',
    request: to.refresh,
  }),
  openIddict('invalid_grant', 'The specified authorization code is no longer valid.', {
    first: 'code-expired',
    request: to.exchange,
  }),
  openIddict('invalid_token', 'The specified token is no longer valid.', {
    first: 'access-token-expired',
    status: 401,
  }),
  openIddict('invalid_grant', 'The specified authorization code has already been redeemed.', {
    first: 'code-used-or-unknown',
    request: to.exchange,
  }),
  doorkeeper('invalid_client', CREDENTIALS, {
    first: 'client-secret-missing',
    request: to.withoutSecret,
    status: 401,
  }),
  doorkeeper('invalid_client', CREDENTIALS, {
    first: 'client-secret-wrong',
    request: to.exchange,
    status: 401,
  }),
  league('invalid_grant', 'The user credentials were incorrect.', {
    first: 'user-credentials-wrong',
    request: to.password,
  }),
  league('invalid_request', `${MALFORMED} (Authorization code has been revoked)`, {
    first: 'code-used-or-unknown',
    request: to.exchange,
  }),
  league('invalid_request', `${MALFORMED} (Authorization code has expired)`, {
    first: 'code-expired',
    request: to.exchange,
  }),
  league('invalid_request', `${MALFORMED} (Cannot decrypt the authorization code)`, {
    first: 'code-malformed',
    request: to.exchange,
  }),
  league('invalid_request', `${MALFORMED} (Invalid redirect URI)`, {
    first: 'redirect-uri-differs',
    request: to.exchange,
  }),
  league(
    'invalid_grant',
    'The provided authorization grant is invalid. (Failed to verify `code_verifier`.)',
    {
      first: 'pkce-verifier-wrong',
      request: to.exchangeWithProof,
    },
  ),
  league('invalid_grant', 'The refresh token is invalid. (Cannot decrypt the refresh token)', {
    first: 'refresh-token-damaged',
    request: to.refresh,
  }),
  league('invalid_grant', 'The refresh token is invalid. (Token has expired)', {
    first: 'refresh-token-expired',
    request: to.refresh,
  }),
  league('invalid_grant', 'The refresh token is invalid. (Token has been revoked)', {
    first: 'refresh-token-reused',
    request: to.refresh,
  }),
  league('invalid_grant', 'The refresh token is invalid. (Token is not linked to client)', {
    first: 'refresh-token-of-other-client',
    request: to.refresh,
  }),
  fusionAuth('invalid_client', 'client_id: x,y is not valid. (invalid_client_id)', {
    first: 'client-id-unknown',
    status: 401,
  }),
  fusionAuth(
    'invalid_request',
    'The request is missing a required parameter: client_id (missing_client_id)',
    {
      first: 'client-id-missing',
      request: { ...to.exchange, clientId: undefined, fields: {} },
    },
  ),
  fusionAuth('invalid_request', 'Invalid Authorization Code (auth_code_not_found)', {
    first: 'code-used-or-unknown',
    request: to.exchange,
  }),
  fusionAuth('invalid_request', 'Invalid Refresh Token (refresh_token_not_found)', {
    first: 'refresh-token-no-longer-valid',
    request: to.refresh,
  }),
  fusionAuth('invalid_grant', 'The code_verifier is not valid. (invalid_pkce_code_verifier)', {
    first: 'pkce-verifier-wrong',
    request: to.exchangeWithProof,
  }),
  salesforce('invalid_grant', 'expired access/refresh token', {
    first: 'refresh-token-no-longer-valid',
    request: to.refresh,
  }),
  salesforce('invalid_grant', 'expired authorization code', {
    first: 'code-expired',
    request: to.exchange,
  }),
  salesforce('invalid_grant', 'inactive user', { first: 'user-disabled', request: to.password }),
  salesforce('invalid_grant', 'ip restricted', { first: 'blocked-by-policy', request: to.password }),
  salesforce('invalid_client_id', 'client identifier invalid', {
    first: 'client-id-unknown',
    request: to.exchange,
  }),
  salesforce('redirect_uri_mismatch', 'redirect_uri must match configuration', {
    first: 'redirect-uri-not-registered',
  }),
  salesforce('invalid_grant', 'user is not admin approved to access this app', {
    first: 'user-not-assigned',
    request: to.password,
  }),
  gitHub(
    'redirect_uri_mismatch',
    'The redirect_uri MUST match the registered callback URL for this application.',
    {
      first: 'redirect-uri-not-registered',
    },
  ),
  openIddict(
    'invalid_request',
    "The authorization request was rejected because the redirect_uri was invalid: 'https://app.example.com/signin-oidc'.",
    { first: 'redirect-uri-not-registered' },
  ),
  openIddict(
    'invalid_request',
    "Client validation failed because 'https://app.example.com/signin-oidc' was not a valid redirect_uri for mvc.",
    { first: 'redirect-uri-not-registered' },
  ),
  ...['Invalid post logout URI', 'Invalid PostLogoutRedirectUri'].map((words) =>
    identityServer('invalid_request', words, { first: 'logout-return-not-registered' }),
  ),
  sayingOf('github.com/moghtech/komodo/issues/121, and oauthlib')(
    'invalid_request',
    'The request fails due to a missing, invalid, or mismatching redirection URI (redirect_uri).',
    { first: 'redirect-uri-not-registered' },
  ),
  sayingOf('github.com/microsoftgraph/microsoft-graph-docs/issues/4752')(
    'InvalidAuthenticationToken',
    'Access token validation failure. Invalid audience.',
    { first: 'access-token-audience-wrong', status: 401 },
  ),
  grpc('16', 'Bad authorization string', { first: 'access-token-scheme-wrong', status: 401 }),
  grpc('16', 'Request unauthenticated with bearer', { first: 'access-token-not-sent', status: 401 }),
  sayingOf('github.com/bshaffer/oauth2-server-php/issues/950')('invalid_token', 'Invalid Token Audience', {
    first: 'access-token-audience-wrong',
    status: 401,
  }),
  sayingOf('learn.microsoft.com/graph/resolve-auth-errors')(
    'Authorization_RequestDenied',
    'Insufficient privileges to complete the operation.',
    { first: 'admin-role-missing', status: 403 },
  ),
  gitHub('bad_verification_code', 'The code passed is incorrect or expired.', {
    first: 'code-used-or-unknown',
  }),
  sayingOf('wso2-extensions/identity-inbound-auth-oauth')(
    'invalid_callback',
    'Registered callback does not match with the provided url.',
    { first: 'redirect-uri-not-registered' },
  ),
  doorkeeper('invalid_redirect_uri', 'The redirect uri included is not valid.', {
    first: 'redirect-uri-not-registered',
  }),
  doorkeeper(
    'invalid_redirect_uri',
    "The requested redirect uri is malformed or doesn't match client redirect URI.",
    { first: 'redirect-uri-not-registered' },
  ),
  sayingOf('public reports of the sentence, by AD FS')(
    'invalid_resource',
    "MSIS9602: The received 'resource' parameter is invalid. The authorization server can not find a registered resource with the specified identifier.",
    { first: 'resource-unknown' },
  ),
];
