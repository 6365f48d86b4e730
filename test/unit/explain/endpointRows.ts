import type { FailedGrant, GrantAnswer, RequestShape, TokenShape } from '../../../src/explain/failedGrant.ts';
import {
  answer,
  fieldsOf,
  html,
  invalidRequest,
  nowSeconds,
  realmUrl,
  refreshToken,
  type Row,
  server,
} from './evidence.ts';

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';

const row = (first: string, what: string, failure: FailedGrant): Row => ({ first, what, failure });

const accessToken = (changes: Partial<TokenShape> = {}): TokenShape =>
  refreshToken({ typ: 'Bearer', algorithm: 'RS256', ...changes });

/** A request that shows an access token. */
const get = (url: string, changes: Partial<RequestShape> = {}): RequestShape => ({
  method: 'GET',
  url,
  encoding: 'none',
  fields: {},
  queryFields: {},
  authorization: 'bearer',
  accessToken: accessToken(),
  headerNames: ['authorization'],
  ...changes,
});

/** A form that a client posts. */
const post = (url: string, names: readonly string[], changes: Partial<RequestShape> = {}): RequestShape => ({
  ...get(url, { authorization: undefined, accessToken: undefined }),
  method: 'POST',
  encoding: 'form',
  contentType: 'application/x-www-form-urlencoded',
  fields: fieldsOf(...names),
  ...changes,
});

/** A page that is opened. */
const open = (url: string, names: readonly string[]): RequestShape => ({
  ...get(url, { authorization: undefined, accessToken: undefined, headerNames: ['accept'] }),
  queryFields: fieldsOf(...names),
});

const oidc = `${realmUrl}/protocol/openid-connect`;
const userinfo = `${oidc}/userinfo`;
const introspect = `${oidc}/token/introspect`;
const revoke = `${oidc}/revoke`;
const logout = `${oidc}/logout`;
const auth = `${oidc}/auth`;
const users = `${server}/admin/realms/my_realm/users`;
const api = 'https://api.example.com/todos';

const bare = (status: number, changes: Partial<GrantAnswer> = {}): GrantAnswer =>
  answer(status, undefined, undefined, { contentType: undefined, ...changes });

/** What resource servers say in `WWW-Authenticate`. */
const challenged = (challengeDescription?: string, challengeError = 'invalid_token'): GrantAnswer =>
  bare(401, { challenge: 'bearer', challengeError, challengeDescription });

const now = { nowSeconds, server: { clockDifferenceSeconds: 0 } } as const;

const withToken = (url: string, changes: Partial<TokenShape>): RequestShape =>
  get(url, { accessToken: accessToken(changes) });

const anonymous = (url: string): RequestShape =>
  get(url, { authorization: undefined, accessToken: undefined });

const atApi: readonly Row[] = [
  row('access-token-not-sent', 'an API without a token', {
    answer: bare(401, { challenge: 'bearer' }),
    request: anonymous(api),
  }),
  row('access-token-not-sent', 'AWS says Unauthorized', {
    answer: answer(401, undefined, 'Unauthorized'),
    request: anonymous('https://abc.execute-api.eu-west-1.amazonaws.com/prod/todos'),
  }),
  row('access-token-scheme-wrong', 'a token without Bearer', {
    answer: bare(401, { challenge: 'bearer' }),
    request: get(api, { authorization: '(no scheme)' }),
  }),
  row('preflight-needs-token', 'OPTIONS answered 401', {
    answer: bare(401),
    request: { ...anonymous(api), method: 'OPTIONS' },
  }),
  row('access-token-expired', 'Spring: Jwt expired', {
    answer: challenged(
      'An error occurred while attempting to decode the Jwt: Jwt expired at 2026-01-01T00:00:00Z',
    ),
    request: get(api),
  }),
  row('access-token-expired', 'an access token of yesterday', {
    answer: challenged(),
    request: withToken(api, { expiresAtSeconds: nowSeconds - 86_400 }),
    ...now,
  }),
  row('access-token-of-future', 'Google: used too early', {
    answer: challenged('Token used before issued'),
    request: get(api),
  }),
  row('access-token-of-other-kind', 'an ID token at an API', {
    answer: challenged(),
    request: withToken(api, { typ: 'ID' }),
  }),
  row('access-token-malformed', 'Spring: malformed', {
    answer: challenged('An error occurred while attempting to decode the Jwt: Malformed token'),
    request: withToken(api, { isJwt: false }),
  }),
  row('access-token-signature-wrong', 'ASP.NET: no key', {
    answer: challenged('The signature key was not found; IDX10501: Signature validation failed.'),
    request: get(api),
  }),
  row('access-token-issuer-differs', 'Spring: iss', {
    answer: challenged('An error occurred while attempting to decode the Jwt: The iss claim is not valid'),
    request: get(api),
  }),
  row('access-token-audience-wrong', 'ASP.NET: audience', {
    answer: challenged("The audience 'account' is invalid"),
    request: get(api),
  }),
  row('authorization-header-dropped', 'a token was sent, and not seen', {
    answer: bare(401, { challenge: 'bearer', sender: 'Apache' }),
    request: get(api),
  }),
  row('api-scope-missing', 'insufficient_scope', {
    answer: bare(403, { challenge: 'bearer', challengeError: 'insufficient_scope', challengeScope: 'todos' }),
    request: get(api),
  }),
  row('api-role-missing', '403 with a good token', { answer: bare(403), request: get(api) }),
  row('api-csrf-token-missing', 'Spring: CSRF', {
    answer: answer(403, 'Forbidden', 'Could not verify the provided CSRF token because no token was found'),
    request: get(api, { method: 'POST' }),
  }),
  row('gateway-key-missing', 'Azure: subscription key', {
    answer: answer(
      401,
      undefined,
      'Access denied due to missing subscription key. Make sure to include subscription key',
    ),
    request: get('https://me.azure-api.net/todos'),
  }),
  row('gateway-route-unknown', 'AWS: no such route', {
    answer: answer(403, undefined, 'Missing Authentication Token'),
    request: get('https://abc.execute-api.eu-west-1.amazonaws.com/todos'),
  }),
  row('gateway-wants-signature', 'AWS: IAM', {
    answer: answer(
      403,
      undefined,
      "Authorization header requires 'Credential' parameter. Authorization header requires",
    ),
    request: get('https://abc.execute-api.eu-west-1.amazonaws.com/prod/todos'),
  }),
];

const atUserinfo: readonly Row[] = [
  row('userinfo-openid-missing', 'Missing openid scope', {
    answer: bare(403, {
      challenge: 'bearer',
      challengeError: 'insufficient_scope',
      challengeDescription: 'Missing openid scope',
    }),
    request: withToken(userinfo, { scope: 'email profile' }),
  }),
  row('userinfo-issuer-differs', 'asked by another host', {
    answer: challenged('Token verification failed'),
    request: withToken(userinfo, { issuer: realmUrl.replace('127.0.0.1', 'localhost') }),
  }),
  row('userinfo-token-of-other-realm', 'a token of another realm', {
    answer: challenged(),
    request: withToken(userinfo, { issuer: `${server}/realms/other` }),
  }),
  row('userinfo-session-over', 'the session is gone', {
    answer: challenged("User session not found or doesn't have client attached on it"),
    request: get(userinfo),
  }),
  row('access-token-expired', 'userinfo with an old token', {
    answer: challenged('Token verification failed'),
    request: withToken(userinfo, { expiresAtSeconds: nowSeconds - 86_400 }),
    ...now,
  }),
  row('userinfo-audience-wrong', 'a token for an API at the userinfo endpoint of Auth0', {
    answer: challenged('unauthorized'),
    request: get('https://me.eu.auth0.com/userinfo'),
  }),
  row('access-token-not-sent', 'userinfo without a token', {
    answer: invalidRequest('Missing token'),
    request: anonymous(userinfo),
  }),
];

const atProvider: readonly Row[] = [
  row('introspection-caller-unproven', 'a public client asks', {
    answer: answer(403, 'invalid_request', 'Client not allowed.'),
    request: post(introspect, ['token', 'client_id']),
  }),
  row('introspection-caller-unproven', 'nobody asks', {
    answer: answer(401, 'invalid_client', 'Invalid client or Invalid client credentials'),
    request: post(introspect, ['token']),
  }),
  row('authorization-pkce-missing', 'a device without a challenge', {
    answer: invalidRequest('Missing parameter: code_challenge_method'),
    request: post(`${oidc}/auth/device`, ['client_id', 'scope']),
  }),
  row('client-secret-wrong', 'an introspection with a wrong secret', {
    answer: answer(401, 'unauthorized_client', 'Invalid client or Invalid client credentials'),
    request: post(introspect, ['token', 'client_id', 'client_secret']),
  }),
  row('token-parameter-missing', 'an introspection of nothing', {
    answer: invalidRequest('Token not provided.'),
    request: post(introspect, ['client_id', 'client_secret']),
  }),
  row('introspection-issuer-differs', 'a token of another address', {
    answer: answer(200, undefined, undefined, { isInactive: true }),
    request: post(introspect, ['token', 'client_id', 'client_secret'], {
      refreshToken: accessToken({ issuer: realmUrl.replace('127.0.0.1', 'localhost') }),
    }),
  }),
  row('introspection-token-expired', 'a token of yesterday', {
    answer: answer(200, undefined, undefined, { isInactive: true }),
    request: post(introspect, ['token', 'client_id', 'client_secret'], {
      refreshToken: accessToken({ expiresAtSeconds: nowSeconds - 86_400 }),
    }),
    ...now,
  }),
  row('introspection-inactive', 'a token that is not active', {
    answer: answer(200, undefined, undefined, { isInactive: true }),
    request: post(introspect, ['token', 'client_id', 'client_secret']),
  }),
  row('token-parameter-missing', 'a revocation of nothing', {
    answer: invalidRequest('Token not provided'),
    request: post(revoke, ['client_id']),
  }),
  row('revocation-of-other-client', 'a revocation by another', {
    answer: invalidRequest('Unmatching clients'),
    request: post(revoke, ['client_id', 'token']),
  }),
  row('revocation-kind-unsupported', 'an access token that cannot be revoked', {
    answer: answer(400, 'unsupported_token_type'),
    request: post(revoke, ['client_id', 'token']),
  }),
  row('logout-redirect-uri-renamed', 'an adapter of yesterday', {
    answer: html(400),
    request: open(logout, ['redirect_uri']),
  }),
  row('logout-hint-missing', 'no hint', {
    answer: answer(400, undefined, 'Missing parameters: id_token_hint'),
    request: open(logout, ['post_logout_redirect_uri']),
  }),
  row('logout-hint-refused', 'an access token as hint', {
    answer: answer(400, undefined, 'Invalid parameter: id_token_hint'),
    request: open(logout, ['post_logout_redirect_uri', 'id_token_hint']),
  }),
  row('logout-return-not-registered', 'an address that is not registered', {
    answer: answer(400, undefined, 'Invalid redirect uri'),
    request: open(logout, ['post_logout_redirect_uri', 'id_token_hint']),
  }),
  row('logout-token-dead', 'a sign-out by POST', {
    answer: answer(400, 'invalid_grant', 'Invalid refresh token'),
    request: post(logout, ['client_id', 'refresh_token']),
  }),
  row('authorization-by-script', 'a fetch of the sign-in page', {
    noAnswer: 'hidden',
    request: { ...open(auth, ['client_id', 'response_type']), origin: 'https://app.example.com' },
  }),
  row('redirect-uri-not-registered', 'another redirect URI', {
    answer: answer(400, undefined, 'Invalid parameter: redirect_uri'),
    request: open(auth, ['client_id', 'response_type', 'redirect_uri']),
  }),
  row('authorization-client-unknown', 'another client', {
    answer: answer(400, undefined, 'Client not found.'),
    request: open(auth, ['client_id', 'response_type', 'redirect_uri']),
  }),
  row('authorization-pkce-missing', 'no challenge', {
    answer: invalidRequest('Missing parameter: code_challenge_method'),
    request: open(auth, ['client_id', 'response_type', 'redirect_uri']),
  }),
  row('authorization-response-type-wrong', 'the implicit flow', {
    answer: answer(
      400,
      'unauthorized_client',
      'Client is not allowed to initiate browser login with given response_type.',
    ),
    request: open(auth, ['client_id', 'response_type', 'redirect_uri']),
  }),
  row('authorization-scope-invalid', 'a scope that is not there', {
    answer: answer(400, 'invalid_scope', 'Invalid scopes: openid todos'),
    request: open(auth, ['client_id', 'response_type', 'redirect_uri', 'scope']),
  }),
  row('nobody-signed-in', 'nobody is signed in', {
    answer: answer(302, 'login_required'),
    request: open(auth, ['client_id', 'response_type', 'redirect_uri', 'prompt']),
  }),
  row('authorization-parameter-missing', 'no client', {
    answer: invalidRequest('Missing parameter: client_id'),
    request: open(auth, ['redirect_uri']),
  }),
  row('device-grant-off', 'a client that may not', {
    answer: answer(
      401,
      'unauthorized_client',
      'Client is not allowed to initiate OAuth 2.0 Device Authorization Grant.',
    ),
    request: post(`${oidc}/auth/device`, ['client_id']),
  }),
  row('device-not-confirmed-yet', 'waiting', { answer: answer(400, 'authorization_pending') }),
  row('device-code-expired', 'waited too long', { answer: answer(400, 'expired_token') }),
  row('device-code-unknown', 'GitHub: another code', { answer: answer(400, 'incorrect_device_code') }),
  row('device-declined', 'the user said no', {
    answer: answer(400, 'access_denied', 'The end user denied the authorization request'),
  }),
  row('device-declined', 'the user said no, without a word', {
    answer: answer(400, 'access_denied'),
    request: { ...post(`${oidc}/token`, ['client_id', 'device_code', 'grant_type']), grantType: DEVICE_CODE },
  }),
];

const atAdminApi: readonly Row[] = [
  row('admin-role-missing', 'a service account without a role', {
    answer: answer(403, 'unknown_error'),
    request: get(users),
  }),
  row('admin-token-of-other-realm', 'a token of another realm', {
    answer: answer(401, 'HTTP 401 Unauthorized'),
    request: withToken(users, { issuer: `${server}/realms/other` }),
  }),
  row('admin-issuer-differs', 'a token of another host', {
    answer: answer(401, 'HTTP 401 Unauthorized'),
    request: withToken(users, { issuer: realmUrl.replace('127.0.0.1', 'localhost') }),
  }),
  row('admin-token-refused', 'Okta', {
    answer: answer(401, 'E0000011', 'Invalid token provided'),
    request: get('https://me.okta.com/api/v1/users'),
  }),
  row('admin-role-missing', 'Graph', {
    answer: answer(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'),
    request: get('https://graph.microsoft.com/v1.0/users'),
  }),
];

/** What endpoints other than the token endpoint answer. */
export const endpointRows: readonly Row[] = [...atApi, ...atUserinfo, ...atProvider, ...atAdminApi];
