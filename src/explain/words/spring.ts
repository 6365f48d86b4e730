import {
  assertionFaults,
  bodyFaults,
  clientIdFaults,
  clientIdMissed,
  codeFaults,
  type Saying,
  secretFaults,
  secretMissed,
} from './saying.ts';

const failed = (at: string): Pick<Saying, 'words'> => ({ words: [`Client authentication failed: ${at}`] });
const parameter = (name: string): Pick<Saying, 'words'> => ({ words: [`OAuth 2.0 Parameter: ${name}`] });

/** The sentences of Spring Authorization Server, which name what was looked at last. */
export const spring: readonly Saying[] = [
  { ...failed('client_id'), means: ['client-id-unknown'], orIfSeen: clientIdFaults },
  { ...failed('client_secret'), means: ['client-secret-wrong'], orIfSeen: secretFaults },
  { ...failed('client_secret_expires_at'), means: ['client-secret-expired'] },
  { ...failed('authentication_method'), means: ['client-secret-method'] },
  { ...failed('credentials'), means: ['client-secret-missing'], orIfSeen: secretMissed },
  { ...failed('client_assertion'), means: ['client-assertion-refused'], orIfSeen: assertionFaults },
  { ...failed('code_verifier'), means: ['pkce-verifier-wrong', 'pkce-verifier-missing'] },
  { ...failed('code_challenge'), means: ['pkce-challenge-missing'] },
  {
    error: 'invalid_grant',
    ...failed('code'),
    means: ['code-used-or-unknown', 'code-expired'],
    orIfSeen: codeFaults,
  },
  {
    error: 'unsupported_grant_type',
    ...parameter('grant_type'),
    means: ['grant-type-not-offered'],
    orIfSeen: ['grant-type-unknown', 'grant-type-missing', ...bodyFaults],
  },
  {
    error: 'invalid_request',
    ...parameter('grant_type'),
    means: ['grant-type-missing'],
    orIfSeen: ['grant-type-misspelt', ...bodyFaults],
  },
  {
    error: 'unauthorized_client',
    ...parameter('grant_type'),
    means: ['grant-off-for-client'],
  },
  {
    error: 'invalid_request',
    ...parameter('client_id'),
    means: ['client-id-missing'],
    orIfSeen: clientIdMissed,
  },
  { error: 'invalid_request', ...parameter('code'), means: ['code-missing'] },
  {
    error: 'invalid_request',
    ...parameter('redirect_uri'),
    means: ['redirect-uri-not-registered'],
    orIfSeen: ['redirect-uri-nearly-right'],
  },
  { error: 'invalid_scope', ...parameter('scope'), means: ['scope-unknown'] },
  // Of the older Spring Security OAuth.
  { error: 'invalid_scope', words: ['Invalid scope: '], means: ['scope-unknown'] },
  { words: ['Wrong client for this refresh token'], means: ['refresh-token-of-other-client'] },
];
