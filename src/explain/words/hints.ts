import type { Saying } from './saying.ts';

const hint = (...within: readonly string[]): Pick<Saying, 'within' | 'isHint'> => ({ within, isHint: true });

const beside = (error: string, sayings: readonly Saying[]): readonly Saying[] =>
  sayings.map((saying) => Object.assign({ error }, saying));

const ofGrant: readonly Saying[] = [
  {
    ...hint('code_verifier', 'code verifier', 'PKCE'),
    means: ['pkce-verifier-wrong'],
    orIfSeen: ['pkce-verifier-missing', 'pkce-verifier-malformed'],
  },
  {
    ...hint('redirect_uri', 'redirect uri', 'redirection uri', 'callback url'),
    means: ['redirect-uri-differs'],
    orIfSeen: ['redirect-uri-nearly-right'],
  },
  {
    ...hint('refresh token has expired', 'refresh token is expired', 'refresh token expired'),
    means: ['refresh-token-expired'],
  },
  {
    ...hint('refresh token has been revoked', 'refresh token was revoked', 'refresh token is revoked'),
    means: ['refresh-token-no-longer-valid', 'session-ended'],
  },
  {
    ...hint('code has expired', 'code is expired', 'authorization code expired'),
    means: ['code-expired'],
  },
  {
    ...hint('refresh token', 'refresh_token'),
    means: ['refresh-token-expired', 'refresh-token-no-longer-valid', 'refresh-token-reused'],
  },
  { ...hint('authorization code', 'auth code', 'authcode'), means: ['code-used-or-unknown', 'code-expired'] },
  // Salesforce says no more.
  { ...hint('authentication failure'), means: ['user-credentials-wrong'] },
  { ...hint('password', 'username', 'user name', 'user credentials'), means: ['user-credentials-wrong'] },
  { ...hint('jwt', 'assertion'), means: ['assertion-refused', 'assertion-out-of-time', 'assertion-key'] },
  { ...hint('grant type'), means: ['grant-type-not-offered', 'grant-off-for-client'] },
  { ...hint('locked'), means: ['user-locked-out'] },
  { ...hint('session'), means: ['session-ended', 'session-timed-out'] },
];

const redirectUri: Saying = {
  ...hint('redirect_uri', 'redirect uri', 'redirection uri', 'reply uri', 'callback url'),
  means: ['redirect-uri-not-registered'],
  orIfSeen: ['redirect-uri-nearly-right'],
};

const faultsOfSecret = ['client-secret-empty', 'client-secret-padded', 'client-secret-not-encoded'];

const ofClient: readonly Saying[] = [
  redirectUri,
  { ...hint('assertion', 'jwt'), means: ['client-assertion-refused'] },
  {
    ...hint('client_id', 'client id', 'client identifier', 'client not found'),
    means: ['client-id-unknown'],
  },
  // Laravel Passport says no more, and neither does Keycloak's introspection.
  {
    ...hint('client authentication failed'),
    grants: [],
    means: ['client-secret-wrong', 'client-id-unknown'],
    orIfSeen: faultsOfSecret,
  },
  {
    ...hint(
      'invalid client secret',
      'wrong client secret',
      'incorrect client secret',
      'client secret is invalid',
      'client secret is incorrect',
      'client secret does not match',
    ),
    means: ['client-secret-wrong'],
    orIfSeen: faultsOfSecret,
  },
  {
    ...hint(
      'client secret is missing',
      'client secret is required',
      'no client secret',
      'missing client secret',
    ),
    means: ['client-secret-missing'],
    orIfSeen: ['client-secret-misspelt', 'client-secret-empty'],
  },
  { ...hint('client secret has expired', 'client secret is expired'), means: ['client-secret-expired'] },
  { ...hint('client secret', 'client_secret'), means: ['client-secret-wrong', 'client-secret-missing'] },
  {
    ...hint('authentication method', 'auth method', 'client_secret_basic', 'client_secret_post'),
    means: ['client-secret-method'],
  },
];

const ofUnauthorizedClient: readonly Saying[] = [
  redirectUri,
  {
    ...hint('direct access', 'resource owner', 'password grant'),
    means: ['direct-access-off', 'grant-off-for-client'],
  },
  { ...hint('grant type', 'grant_type', 'this grant'), means: ['grant-off-for-client'] },
  { ...hint('response type', 'response_type'), means: ['authorization-response-type-wrong'] },
];

const ofRequest: readonly Saying[] = [
  // WSO2 says so of a header without a secret, too.
  {
    ...hint('decoding authorization header'),
    means: ['basic-header-broken'],
    orIfSeen: ['client-secret-empty'],
  },
  redirectUri,
  { ...hint('code challenge'), means: ['authorization-pkce-missing'] },
  {
    ...hint('code_verifier', 'code verifier'),
    means: ['pkce-verifier-missing'],
    orIfSeen: ['pkce-verifier-malformed'],
  },
  {
    ...hint('grant_type', 'grant type'),
    means: ['grant-type-missing', 'grant-type-not-offered'],
    orIfSeen: ['grant-type-misspelt', 'json-body', 'multipart-body', 'parameters-in-query'],
  },
  { ...hint('refresh_token', 'refresh token'), means: ['refresh-token-missing'] },
  { ...hint('client_id', 'client id'), means: ['client-id-missing'], orIfSeen: ['client-id-misspelt'] },
  { ...hint('response_type', 'response type'), means: ['authorization-response-type-wrong'] },
  { ...hint('content-type', 'content type'), means: ['content-type-wrong', 'json-body'] },
  { ...hint('duplicate', 'more than once'), means: ['parameter-twice'] },
];

const ofScope: readonly Saying[] = [
  {
    ...hint(
      'scope must be',
      'default scope',
      'scope is required',
      'scope is missing',
      'scope required',
      'missing scope',
      'no scope',
      'scope is empty',
      'empty scope',
    ),
    means: ['scope-missing'],
  },
];

const ofToken: readonly Saying[] = [
  { ...hint('expired'), means: ['access-token-expired'] },
  { ...hint('audience'), means: ['access-token-audience-wrong'] },
  { ...hint('issuer'), means: ['access-token-issuer-differs'] },
  { ...hint('signature'), means: ['access-token-signature-wrong'] },
];

/** Whatever the code: it cannot be said of anything else. */
const ofAny: readonly Saying[] = [
  {
    ...hint(
      'code already used',
      'code already in use',
      'code was already',
      'code is already',
      'code has already been',
      'already used for userSession',
    ),
    means: ['code-used-or-unknown'],
  },
];

/**
 * Words that name what a sentence is about, whoever says it: the fields of RFC 6749 and RFC 7636, and what cannot be
 * said of anything else. They order what the code leaves open.
 */
export const hints: readonly Saying[] = [
  ...beside('invalid_grant', ofGrant),
  ...beside('invalid_client', ofClient),
  ...beside('unauthorized_client', ofUnauthorizedClient),
  ...beside('invalid_request', ofRequest),
  ...beside('invalid_scope', ofScope),
  ...beside('invalid_token', ofToken),
  ...ofAny,
];
