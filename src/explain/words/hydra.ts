import { assertionFaults, clientIdMissed, refreshTokenFaults, type Saying } from './saying.ts';

/** The hints of Ory Hydra, which stand behind the general sentence of RFC 6749 for the code. */
export const hydra: readonly Saying[] = [
  {
    within: ['The refresh token was already used', 'multiple concurrent requests using the same token'],
    means: ['refresh-token-reused'],
  },
  {
    within: ['The refresh token is malformed or not valid'],
    means: ['refresh-token-no-longer-valid'],
    orIfSeen: refreshTokenFaults,
  },
  { within: ['The refresh token expired'], means: ['refresh-token-expired'] },
  {
    within: ['does not match the ID during the initial token issuance'],
    means: ['refresh-token-of-other-client'],
  },
  {
    within: ["parameter does not match any of the OAuth 2.0 Client's pre-registered redirect urls"],
    means: ['redirect-uri-not-registered'],
    orIfSeen: ['redirect-uri-nearly-right'],
  },
  { within: ['The authorization code has already been used'], means: ['code-used-or-unknown'] },
  { within: ['does not match the one from the authorize request'], means: ['code-of-other-client'] },
  {
    within: ['The "redirect_uri" from this request does not match the one from the authorize request'],
    means: ['redirect-uri-differs'],
    orIfSeen: ['redirect-uri-nearly-right'],
  },
  {
    within: ['The PKCE code challenge did not match the code verifier'],
    means: ['pkce-verifier-wrong'],
  },
  {
    within: ['The PKCE code verifier must be at least 43 characters'],
    means: ['pkce-verifier-malformed', 'pkce-verifier-missing'],
  },
  {
    within: [
      'The PKCE code verifier can not be longer than 128 characters',
      'The PKCE code verifier must only contain',
    ],
    means: ['pkce-verifier-malformed'],
  },
  {
    within: [
      'Unable to find initial PKCE data tied to this request',
      'but the code challenge was absent from the authorization request',
    ],
    means: ['pkce-challenge-missing'],
  },
  { within: ['is not allowed to use authorization grant'], means: ['grant-off-for-client'] },
  {
    within: [
      "but method 'client_secret_post' was requested",
      "but method 'client_secret_basic' was requested",
      "however 'client_assertion' was provided in the request",
    ],
    means: ['client-secret-method'],
  },
  { within: ["but method 'none' was requested"], means: ['client-secret-missing'] },
  {
    within: [
      "in the HTTP authorization header could not be decoded from 'application/x-www-form-urlencoded'",
    ],
    means: ['basic-header-broken'],
    orIfSeen: ['client-secret-not-encoded'],
  },
  {
    within: ['Client credentials missing or malformed in both HTTP Authorization header and HTTP POST body'],
    means: ['client-id-missing'],
    orIfSeen: clientIdMissed,
  },
  { error: 'jti_known', means: ['client-assertion-reused'] },
  {
    within: ["Claim 'audience' from 'client_assertion' must match"],
    means: ['client-assertion-audience'],
  },
  {
    within: [
      "Claim 'iss' from 'client_assertion' must match",
      "Claim 'sub' from 'client_assertion' must match",
    ],
    means: ['client-assertion-issuer'],
  },
  { within: ["Claim 'jti' from 'client_assertion' must be set"], means: ['client-assertion-without-id'] },
  {
    within: ['enforces signing algorithm', 'uses unsupported signing algorithm'],
    means: ['client-assertion-algorithm'],
  },
  {
    within: ['check if the expiry time is set correctly'],
    means: ['client-assertion-expired'],
    orIfSeen: ['client-assertion-too-early'],
  },
  {
    within: ["Unable to verify the integrity of the 'client_assertion' value", 'uses signing key with kid'],
    means: ['client-assertion-key'],
    orIfSeen: assertionFaults,
  },
  { within: ['The OAuth 2.0 Client is not allowed to request scope'], means: ['scope-unknown'] },
  { within: ["HTTP method is '"], means: ['method-not-post'] },
  { within: ["Request parameter 'grant_type' is missing"], means: ['grant-type-missing'] },
  {
    within: ['The POST body can not be empty'],
    means: ['body-missing'],
    orIfSeen: ['parameters-in-query', 'json-body', 'content-type-wrong'],
  },
];
