import { secretFaults, secretMissed, type Saying } from './saying.ts';

/**
 * What Cognito answers. Its token endpoint has codes without a sentence; its other API says `NotAuthorizedException`
 * with one.
 */
export const cognito: readonly Saying[] = [
  {
    error: 'invalid_client',
    words: ['invalid_client_secret'],
    means: ['client-secret-wrong'],
    orIfSeen: secretFaults,
  },
  {
    error: 'NotAuthorizedException',
    words: ['Unable to verify secret hash for client'],
    means: ['client-secret-wrong', 'client-secret-missing'],
    orIfSeen: [...secretFaults, ...secretMissed],
  },
  {
    error: 'unauthorized_client',
    words: ['invalid_redirect'],
    means: ['redirect-uri-differs'],
    orIfSeen: ['redirect-uri-nearly-right'],
  },
  // At the sign-in page.
  {
    error: 'redirect_mismatch',
    means: ['redirect-uri-not-registered'],
    orIfSeen: ['redirect-uri-nearly-right'],
  },
  // Who has a code was allowed to get one, so that only the address can be wrong.
  {
    error: 'unauthorized_client',
    grants: ['authorization_code'],
    isCommonplace: true,
    means: ['redirect-uri-differs'],
    orIfSeen: ['redirect-uri-nearly-right'],
  },
  {
    error: 'unauthorized_client',
    grants: ['refresh_token', 'client_credentials'],
    isCommonplace: true,
    means: ['grant-off-for-client'],
  },
];
