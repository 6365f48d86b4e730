import type { Cause } from '../cause.ts';
import { hasMetadata, notMetadata, realmDenied } from '../clues/serverClues.ts';
import { plainHttp } from '../clues/requestClues.ts';

const step = 'realm';

/** The realm of the request. */
export const realm: readonly Cause[] = [
  {
    id: 'realm-unknown',
    title: 'There is no such realm',
    provider: 'keycloak',
    step,
    rank: 6,
    answers: [
      { status: 404, error: 'Realm does not exist' },
      { status: 404, error: 'Realm not found' },
      { error: 'Realm not found.' },
      { noAnswer: 'hidden' },
    ],
    answersWithClue: [{ status: 404 }],
    shownBy: [realmDenied],
    supportedBy: [notMetadata],
    excludedBy: [hasMetadata],
    looks: '404 `{"error":"Realm does not exist"}`; in a page only a network error.',
    why: 'The name in the address is misspelt (case counts), is the display name, or the realm was never imported at this server.',
    remedy: 'Correct the realm in the address: `…/realms/<name>`. Case counts.',
    check: 'Open `…/realms/<name>` in a browser.',
  },
  {
    id: 'realm-disabled',
    title: 'The realm is disabled',
    provider: 'keycloak',
    step,
    rank: 2,
    answers: [{ status: 403, error: 'access_denied', words: ['Realm not enabled'] }],
    looks: '403 `access_denied`, "Realm not enabled".',
    why: 'An admin switched the realm off.',
    remedy: 'Switch the realm on. Keycloak: "Realm settings", "Enabled".',
    check: 'Look there.',
  },
  {
    id: 'https-required',
    title: 'The realm demands https',
    provider: 'keycloak',
    step,
    rank: 1,
    answers: [{ status: 403, error: 'invalid_request', words: ['HTTPS required'] }],
    supportedBy: [plainHttp],
    looks: '403 `invalid_request`, "HTTPS required".',
    why: '"Require SSL" is on and the request came by http, or a proxy ends TLS and does not say so.',
    remedy: 'Use https. Behind a proxy set `proxy-headers` and send `X-Forwarded-Proto`.',
    check: 'Does the discovery document state https addresses?',
  },
];
