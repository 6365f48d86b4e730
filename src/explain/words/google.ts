import {
  clientIdFaults,
  clientIdMissed,
  codeFaults,
  refreshTokenFaults,
  type Saying,
  secretFaults,
  secretMissed,
} from './saying.ts';

/** The sentences and codes of Google. */
export const google: readonly Saying[] = [
  {
    error: 'invalid_grant',
    words: ['Token has been expired or revoked'],
    means: ['refresh-token-no-longer-valid'],
    orIfSeen: refreshTokenFaults,
  },
  { error: 'invalid_grant', words: ['Malformed auth code'], means: ['code-malformed'], orIfSeen: codeFaults },
  { error: 'invalid_grant', words: ['Code was already redeemed'], means: ['code-used-or-unknown'] },
  {
    error: 'invalid_client',
    words: ['The provided client secret is invalid'],
    means: ['client-secret-wrong'],
    orIfSeen: secretFaults,
  },
  {
    error: 'invalid_client',
    words: ['Unauthorized'],
    isCommonplace: true,
    means: ['client-secret-wrong'],
    orIfSeen: secretFaults,
  },
  {
    error: 'invalid_client',
    words: ['The OAuth client was not found'],
    means: ['client-id-unknown'],
    orIfSeen: clientIdFaults,
  },
  { error: 'deleted_client', means: ['client-id-unknown'] },
  {
    error: 'invalid_request',
    words: ['client_secret is missing'],
    means: ['client-secret-missing'],
    orIfSeen: secretMissed,
  },
  {
    words: ['Could not determine client ID from request'],
    means: ['client-id-missing'],
    orIfSeen: clientIdMissed,
  },
  {
    error: 'redirect_uri_mismatch',
    grants: ['authorization_code'],
    means: ['redirect-uri-differs'],
    orIfSeen: ['redirect-uri-nearly-right'],
  },
  // Of the sign-in page alone.
  {
    error: 'redirect_uri_mismatch',
    words: ['The redirect URI in the request'],
    means: ['redirect-uri-not-registered'],
  },
  // At the sign-in page, where no grant is named.
  {
    error: 'redirect_uri_mismatch',
    grants: [],
    means: ['redirect-uri-not-registered'],
    orIfSeen: ['redirect-uri-nearly-right'],
  },
  {
    words: ['Invalid JWT: Token must be a short-lived token'],
    means: ['assertion-out-of-time'],
  },
  { words: ['Invalid JWT Signature'], means: ['assertion-key'] },
  {
    words: [
      'Client is unauthorized to retrieve access tokens using this method',
      'Unauthorized client or scope in request',
      'Invalid impersonation "sub" field',
    ],
    means: ['delegation-not-authorized'],
  },
  {
    within: [
      'does not match the ones authorized for the OAuth client',
      'can only be used by a Client ID for native application',
      'is not allowed for the WEB client type',
    ],
    means: ['redirect-uri-not-registered'],
    orIfSeen: ['redirect-uri-nearly-right'],
  },
  { within: ['Request had insufficient authentication scopes'], means: ['api-scope-missing'] },
  {
    words: ['Request had invalid authentication credentials. Expected OAuth 2 access token'],
    means: ['access-token-expired', 'access-token-of-other-kind'],
  },
  { words: ['Request is missing required authentication credential'], means: ['access-token-not-sent'] },
  {
    error: 'invalid_grant',
    words: ['Invalid code verifier'],
    isCommonplace: true,
    means: ['pkce-verifier-wrong'],
  },
  { error: 'invalid_grant', words: ['Account has been deleted'], means: ['user-gone'] },
  { error: 'admin_policy_enforced', means: ['blocked-by-policy'] },
  { error: 'org_internal', means: ['user-not-in-tenant'] },
];
