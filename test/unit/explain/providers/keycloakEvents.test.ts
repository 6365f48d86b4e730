import { describe, expect, it } from 'vitest';
import { explain } from '../../../../src/explain/explain.ts';
import { keycloakEvents } from '../../../../src/explain/words/keycloakEvents.ts';

/** keycloak/keycloak, server-spi-private/src/main/java/org/keycloak/events/Errors.java */
const events: readonly (readonly [error: string, first: string])[] = [
  ['invalid_user_credentials', 'user-credentials-wrong'],
  ['user_not_found', 'user-credentials-wrong'],
  ['user_temporarily_disabled', 'user-locked-out'],
  ['user_disabled', 'user-disabled'],
  ['invalid_client_credentials', 'client-secret-missing'],
  ['client_not_found', 'client-id-unknown'],
  ['client_disabled', 'client-disabled'],
  ['invalid_redirect_uri', 'redirect-uri-not-registered'],
  ['invalid_code', 'code-used-or-unknown'],
  ['expired_code', 'code-expired'],
  ['code_verifier_missing', 'pkce-verifier-missing'],
  ['pkce_verification_failed', 'pkce-verifier-wrong'],
  ['invalid_code_verifier', 'pkce-verifier-malformed'],
  ['user_session_not_found', 'session-ended'],
  ['rejected_by_user', 'consent-declined'],
  ['ssl_required', 'https-required'],
  ['realm_disabled', 'realm-disabled'],
];

describe('What Keycloak logs', () => {
  it.each(events)('%s means %s', (error, first) => {
    expect(explain({ answer: { status: 400, isStatusUnknown: true, error } })[0]?.id).toBe(first);
  });

  it('is all in the record', () => {
    const named = keycloakEvents.map(({ error, words }) => error ?? words?.[0]);
    expect([...new Set(named)]).toEqual(events.map(([error]) => error));
  });
});
