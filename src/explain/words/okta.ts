import {
  assertionFaults,
  clientIdFaults,
  clientIdMissed,
  codeFaults,
  refreshTokenFaults,
  type Saying,
  secretFaults,
  secretMissed,
} from './saying.ts';

/** The sentences of Okta. Some answers have `errorCode` and `errorSummary` in place of the fields of OAuth. */
export const okta: readonly Saying[] = [
  {
    words: ['The client secret supplied for a confidential client is invalid'],
    means: ['client-secret-wrong'],
    orIfSeen: secretFaults,
  },
  {
    words: ["Invalid value for 'client_id' parameter"],
    means: ['client-id-unknown'],
    orIfSeen: clientIdFaults,
  },
  {
    error: 'invalid_client',
    words: ['No client credentials found'],
    means: ['client-id-missing', 'client-secret-missing'],
    orIfSeen: [...clientIdMissed, ...secretMissed],
  },
  { words: ['Cannot supply multiple client credentials'], means: ['client-authenticated-twice'] },
  {
    words: ['The client_assertion token has an expiration too far into the future'],
    means: ['client-assertion-too-long'],
    orIfSeen: ['client-assertion-too-early'],
  },
  { words: ['The client_assertion token is expired'], means: ['client-assertion-expired'] },
  { words: ['The audience claim for client_assertion'], means: ['client-assertion-audience'] },
  {
    words: ['The client_assertion signature is invalid'],
    means: ['client-assertion-key'],
    orIfSeen: assertionFaults,
  },
  {
    words: ['One or more scopes are not configured for the authorization server resource'],
    means: ['scope-unknown'],
  },
  {
    error: 'invalid_scope',
    words: ['The authorization server resource does not have any configured default scopes'],
    means: ['scope-missing'],
  },
  { words: ['Custom scopes are not allowed for this request'], means: ['scope-unknown'] },
  { words: ['An invalid audience was specified on the authorize request'], means: ['resource-unknown'] },
  {
    words: ['The client is not authorized to use the provided grant type'],
    means: ['grant-off-for-client'],
  },
  { words: ['The credentials provided were invalid'], means: ['user-credentials-wrong'] },
  { words: ['The client_assertion JWT kid is invalid'], means: ['client-assertion-key'] },
  {
    words: ['Browser requests to the token endpoint must use Proof Key for Code Exchange'],
    means: ['pkce-verifier-missing'],
  },
  { words: ['Policy evaluation failed for this request'], means: ['access-policy-missing'] },
  { words: ['User is not assigned to the client application'], means: ['user-not-assigned'] },
  {
    words: ['Browser requests to the token endpoint must be part of'],
    means: ['origin-not-allowed'],
    orIfSeen: ['origin-null'],
  },
  {
    words: ['The authorization code is invalid or has expired'],
    means: ['code-used-or-unknown', 'code-expired'],
    orIfSeen: codeFaults,
  },
  {
    words: ['The refresh token is invalid or expired'],
    means: ['refresh-token-no-longer-valid'],
    orIfSeen: refreshTokenFaults,
  },
];
