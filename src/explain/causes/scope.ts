import type { Cause } from '../cause.ts';
import { asksMoreScope, asksNoScope, scopesRunTogether } from '../clues/tokenClues.ts';
import { ifTold } from '../sureness.ts';

const step = 'grant';

/** What the client asks for and what the user allowed. */
export const scope: readonly Cause[] = [
  {
    id: 'scope-unknown',
    title: 'The client may not ask for this scope',
    provider: 'any',
    step,
    rank: 1,
    answers: [{ error: 'invalid_scope', words: ['Invalid scopes'] }, { error: 'invalid_scope' }],
    doubtedBy: [asksNoScope],
    looks: '400 `invalid_scope`, "Invalid scopes: …".',
    why: 'The scope does not exist, is misspelt, or is not assigned to the client.',
    remedy: 'Ask only for scopes the client has. Keycloak: Clients, the client, "Client scopes".',
    check: 'Compare each word of `scope` with that list and with `scopes_supported`.',
  },
  {
    id: 'scopes-run-together',
    title: 'The scopes are not separated by spaces',
    provider: 'any',
    step,
    rank: 1,
    answers: [
      { error: 'invalid_scope', words: ['%20', '+', ','].map((mark) => `Invalid scopes: openid${mark}`) },
    ],
    answersWithClue: [{ error: 'invalid_scope' }, { error: 'invalid_scope', words: ['Invalid scopes'] }],
    shownBy: [scopesRunTogether],
    isSure: ifTold,
    looks: '400 `invalid_scope`, whose sentence holds `openid%20profile`, `openid+profile` or a comma.',
    why: 'Scopes are a list with spaces (RFC 6749 §3.3); a value that is encoded by hand and once more by the HTTP client is one unknown scope.',
    remedy: 'Give the HTTP client `openid profile`, with a plain space.',
    check: 'Read the scope in the sentence of the answer.',
  },
  {
    id: 'scope-wider-than-granted',
    title: 'The refresh asks for more than the sign-in was granted',
    provider: 'any',
    step,
    rank: 2,
    grants: ['refresh_token'],
    answersWithClue: [{ error: 'invalid_scope' }],
    supportedBy: [asksMoreScope],
    looks: '400 `invalid_scope` at the refresh only.',
    why: 'A refresh must not widen the scope (RFC 6749 §6).',
    remedy: 'Leave `scope` out of the refresh: it stays as it was granted.',
    check: 'Compare `scope` of the request with `scope` of the first answer.',
  },
  {
    id: 'consent-withdrawn',
    title: 'The user took back the consent to this client',
    provider: 'keycloak',
    step,
    rank: 1,
    answers: [{ words: ['Client no longer has requested consent from user'] }],
    looks: '400 `invalid_scope`, "Client no longer has requested consent from user".',
    why: 'It was withdrawn in the account console, or the client asks for something new.',
    remedy: 'Sign in by redirect, where the provider asks for consent again.',
    check: 'Look at "Applications" in the account console.',
  },
  {
    id: 'consent-needed',
    title: 'The client needs consent, which a password cannot give',
    provider: 'keycloak',
    step,
    rank: 1,
    grants: ['password'],
    answers: [{ error: 'invalid_client', words: ['Client requires user consent'] }],
    looks: '400 `invalid_client`, "Client requires user consent".',
    why: '"Consent required" is on, and with the password grant nobody can be asked.',
    remedy: 'Sign in by redirect. Or switch "Consent required" off for this client.',
    check: 'Look at the settings of the client.',
  },
];
