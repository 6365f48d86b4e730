import { clientIdFaults, type Saying, secretFaults, secretMissed } from './saying.ts';

/** IdentityServer and Duende: what they answer at sign-in, and what they log. */
const identityServer: readonly Saying[] = [
  {
    within: [
      'Client not authorized for resource owner flow',
      'Client not authorized for code flow',
      'Client not authorized for client credentials flow',
      'Invalid grant type for client',
    ],
    means: ['grant-off-for-client'],
  },
  {
    within: ['Invalid redirect_uri'],
    grants: ['authorization_code'],
    means: ['redirect-uri-differs'],
    orIfSeen: ['redirect-uri-nearly-right'],
  },
  { words: ['code challenge required'], means: ['authorization-pkce-missing'] },
  {
    within: ['Invalid post logout URI', 'Invalid PostLogoutRedirectUri'],
    means: ['logout-return-not-registered'],
  },
  { within: ['Transformed code verifier does not match code challenge'], means: ['pkce-verifier-wrong'] },
];

/** OpenIddict, which names parameters in single quotation marks. */
const openIddict: readonly Saying[] = [
  { words: ["The specified 'code_verifier' is invalid"], means: ['pkce-verifier-wrong'] },
  { words: ["The mandatory 'code_challenge' parameter is missing"], means: ['authorization-pkce-missing'] },
  { words: ["The mandatory 'code_verifier' parameter is missing"], means: ['pkce-verifier-missing'] },
  {
    words: ["The specified 'redirect_uri' is not valid for this client application"],
    means: ['redirect-uri-not-registered'],
  },
  {
    within: ['was not a valid redirect_uri for', 'was rejected because the redirect_uri was invalid'],
    means: ['redirect-uri-not-registered'],
    orIfSeen: ['redirect-uri-nearly-right'],
  },
  { words: ["The specified 'client_id' is invalid"], means: ['client-id-unknown'], orIfSeen: clientIdFaults },
  {
    words: ['The specified client credentials are invalid'],
    means: ['client-secret-wrong'],
    orIfSeen: secretFaults,
  },
  { words: ['The specified refresh token is no longer valid'], means: ['refresh-token-expired'] },
  { words: ['The specified authorization code is no longer valid'], means: ['code-expired'] },
  {
    error: 'invalid_token',
    words: ['The specified token is no longer valid'],
    means: ['access-token-expired'],
  },
  {
    words: ['The specified authorization code has already been redeemed'],
    means: ['code-used-or-unknown'],
  },
];

/** Doorkeeper: GitLab, Mastodon and other applications of Rails. */
const doorkeeper: readonly Saying[] = [
  {
    words: ['Client authentication failed due to unknown client, no client authentication included'],
    means: ['client-secret-missing', 'client-secret-wrong', 'client-id-unknown'],
    orIfSeen: [...secretFaults, ...secretMissed],
  },
  {
    words: [
      'The redirect uri included is not valid',
      "The requested redirect uri is malformed or doesn't match client redirect URI",
    ],
    means: ['redirect-uri-not-registered'],
  },
];

/** The PHP League's server: Laravel Passport. What it means stands in `hint`. */
const league: readonly Saying[] = [
  { words: ['The user credentials were incorrect'], means: ['user-credentials-wrong'] },
  { within: ['Authorization code has been revoked'], means: ['code-used-or-unknown'] },
  { within: ['Authorization code has expired'], means: ['code-expired'] },
  { within: ['Cannot decrypt the authorization code'], means: ['code-malformed'] },
  {
    error: 'invalid_request',
    within: ['(Invalid redirect URI)'],
    means: ['redirect-uri-differs'],
  },
  { within: ['Failed to verify `code_verifier`'], means: ['pkce-verifier-wrong'] },
  { within: ['Cannot decrypt the refresh token'], means: ['refresh-token-damaged'] },
  { within: ['The refresh token is invalid. (Token has expired)'], means: ['refresh-token-expired'] },
  { within: ['The refresh token is invalid. (Token has been revoked)'], means: ['refresh-token-reused'] },
  { within: ['Token is not linked to client'], means: ['refresh-token-of-other-client'] },
];

/** FusionAuth: what it means stands in `error_reason`. */
const fusionAuth: readonly Saying[] = [
  { within: ['(invalid_client_id)'], means: ['client-id-unknown'], orIfSeen: clientIdFaults },
  { within: ['(missing_client_id)'], means: ['client-id-missing'] },
  { within: ['(auth_code_not_found)'], means: ['code-used-or-unknown'] },
  { within: ['(refresh_token_not_found)'], means: ['refresh-token-no-longer-valid'] },
  { within: ['(invalid_pkce_code_verifier)'], means: ['pkce-verifier-wrong'] },
];

/** Salesforce: help.salesforce.com, "OAuth 2.0 Authorization Errors". */
const salesforce: readonly Saying[] = [
  {
    error: 'invalid_grant',
    words: ['expired access/refresh token'],
    means: ['refresh-token-no-longer-valid'],
  },
  { error: 'invalid_grant', words: ['expired authorization code'], means: ['code-expired'] },
  { error: 'invalid_grant', words: ['inactive user'], means: ['user-disabled'] },
  { error: 'invalid_grant', words: ['ip restricted'], means: ['blocked-by-policy'] },
  { words: ['client identifier invalid'], means: ['client-id-unknown'], orIfSeen: clientIdFaults },
  { words: ['redirect_uri must match configuration'], means: ['redirect-uri-not-registered'] },
  { words: ['user is not admin approved to access this app'], means: ['user-not-assigned'] },
];

/** Authlib, authentik and others, word for word from RFC 6749 §4.1.2.1. */
const redirection: Saying = {
  within: ['missing, invalid, or mismatching redirection URI'],
  means: ['redirect-uri-not-registered'],
  orIfSeen: ['redirect-uri-nearly-right'],
};

/** GitHub: docs.github.com, "Troubleshooting OAuth app access token request errors". */
const gitHub: readonly Saying[] = [
  {
    words: ['The redirect_uri MUST match the registered callback URL'],
    means: ['redirect-uri-not-registered'],
    orIfSeen: ['redirect-uri-nearly-right'],
  },
  {
    error: 'bad_verification_code',
    words: ['The code passed is incorrect or expired'],
    means: ['code-used-or-unknown', 'code-expired'],
  },
];

/** Others, of which one sentence is known each: AD FS, WSO2. */
const others: readonly Saying[] = [
  {
    within: ['can not find a registered resource with the specified identifier'],
    means: ['resource-unknown'],
  },
  {
    words: ['Registered callback does not match with the provided url'],
    means: ['redirect-uri-not-registered'],
  },
];

/** What APIs say of the token that they got: go-grpc-middleware, and checkers of JWTs. */
const apis: readonly Saying[] = [
  { within: ['Bad authorization string'], means: ['access-token-scheme-wrong'] },
  { within: ['Request unauthenticated with bearer'], means: ['access-token-not-sent'] },
  // Microsoft Graph says it in an error of its own shape.
  {
    within: ['Invalid Token Audience', 'Access token validation failure. Invalid audience'],
    means: ['access-token-audience-wrong'],
  },
  {
    within: ['Insufficient privileges to complete the operation'],
    means: ['admin-role-missing'],
  },
];

/** Sentences of products that are not told apart by their address. */
export const products: readonly Saying[] = [
  ...identityServer,
  ...openIddict,
  ...doorkeeper,
  ...league,
  ...fusionAuth,
  ...salesforce,
  redirection,
  ...gitHub,
  ...others,
  ...apis,
];
