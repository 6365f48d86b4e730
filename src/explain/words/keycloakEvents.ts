import type { Saying } from './saying.ts';

const meaning = (means: readonly string[], ...errors: readonly string[]): readonly Saying[] =>
  errors.flatMap((error) => [
    { error, means },
    { words: [error], means },
  ]);

/** The errors of Keycloak's events, which its log and its admin console show (org.keycloak.events.Errors). */
export const keycloakEvents: readonly Saying[] = [
  ...meaning(['user-credentials-wrong'], 'invalid_user_credentials', 'user_not_found'),
  ...meaning(['user-locked-out'], 'user_temporarily_disabled'),
  ...meaning(['user-disabled'], 'user_disabled'),
  ...meaning(['client-secret-wrong', 'client-secret-missing'], 'invalid_client_credentials'),
  ...meaning(['client-id-unknown'], 'client_not_found'),
  ...meaning(['client-disabled'], 'client_disabled'),
  ...meaning(['redirect-uri-not-registered'], 'invalid_redirect_uri'),
  ...meaning(['code-used-or-unknown'], 'invalid_code'),
  ...meaning(['code-expired'], 'expired_code'),
  ...meaning(['pkce-verifier-missing'], 'code_verifier_missing'),
  ...meaning(['pkce-verifier-wrong'], 'pkce_verification_failed'),
  ...meaning(['pkce-verifier-malformed'], 'invalid_code_verifier'),
  ...meaning(['session-ended'], 'user_session_not_found'),
  ...meaning(['consent-declined'], 'rejected_by_user'),
  ...meaning(['https-required'], 'ssl_required'),
  ...meaning(['realm-disabled'], 'realm_disabled'),
];
