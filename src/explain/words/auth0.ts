import {
  clientIdFaults,
  codeFaults,
  refreshTokenFaults,
  type Saying,
  secretFaults,
  secretMissed,
} from './saying.ts';

/** The sentences of Auth0, which answers many refusals with 403. */
export const auth0: readonly Saying[] = [
  {
    error: 'access_denied',
    words: ['Unauthorized'],
    isCommonplace: true,
    means: ['client-secret-wrong', 'client-secret-missing'],
    orIfSeen: [...secretFaults, ...secretMissed],
  },
  { words: ['Unknown client: '], means: ['client-id-unknown'], orIfSeen: clientIdFaults },
  {
    error: 'invalid_grant',
    words: ['Wrong email or password'],
    means: ['user-credentials-wrong'],
    orIfSeen: ['password-missing'],
  },
  { error: 'too_many_attempts', means: ['user-locked-out'] },
  { error: 'mfa_required', means: ['second-factor-needed'] },
  {
    error: 'invalid_grant',
    words: ['Unknown or invalid refresh token'],
    means: ['refresh-token-no-longer-valid'],
    orIfSeen: refreshTokenFaults,
  },
  { words: ["The refresh_token was generated for a user who doesn't exist anymore"], means: ['user-gone'] },
  {
    error: 'invalid_grant',
    words: ['Invalid authorization code'],
    means: ['code-used-or-unknown', 'code-expired'],
    orIfSeen: codeFaults,
  },
  { words: ['Failed to verify code verifier'], means: ['pkce-verifier-wrong'] },
  {
    error: 'unauthorized_client',
    words: ["Grant type '"],
    within: ["' not allowed for the client"],
    means: ['grant-off-for-client'],
  },
  {
    error: 'unauthorized_client',
    words: ['The redirect URI is wrong'],
    means: ['redirect-uri-differs'],
    orIfSeen: ['redirect-uri-nearly-right'],
  },
  {
    error: 'access_denied',
    words: ['Client is not authorized to access "'],
    means: ['client-not-granted-api'],
  },
  { within: ['is not in the list of allowed callback URLs'], means: ['redirect-uri-not-registered'] },
  { error: 'access_denied', words: ['Service not found: '], means: ['resource-unknown'] },
];
