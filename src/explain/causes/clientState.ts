import type { Cause } from '../cause.ts';
import { namesNoClient } from '../clues/requestClues.ts';
import {
  clientBearerOnly,
  clientDisabled,
  clientIsNot,
  clientSaml,
  clientUnknown,
  stillRefused,
} from '../clues/serverClues.ts';
import { issuedToThisHere } from '../clues/issuerClues.ts';
import { issuedToOther } from '../clues/tokenClues.ts';
import { onlyInQuery, padded, underAnotherName } from '../clues/fieldClues.ts';
import { clientNotIdentified } from './clientIdentification.ts';

const notSeen = [namesNoClient, onlyInQuery('client_id'), underAnotherName('client_id')];
const askInBrowser =
  'Open the authorization endpoint with this `client_id` in a browser: Keycloak says there "Client not found" or "Client disabled".';

/** What the provider holds, or does not hold, under the client's name. */
export const clientState: readonly Cause[] = [
  {
    id: 'client-id-unknown',
    title: 'The provider does not know this client (in this realm)',
    provider: 'any',
    step: 'client',
    rank: 3,
    answers: clientNotIdentified,
    shownBy: [clientUnknown],
    supportedBy: [issuedToOther, stillRefused],
    excludedBy: [...notSeen, clientIsNot('unknown')],
    looks: '401 `invalid_client`.',
    why: 'The id is mistyped (case counts), is the client\'s name or UUID instead of its "Client ID", or belongs to another realm, or the client was deleted.',
    remedy:
      'Use the exact "Client ID" of the realm that is asked. It is neither the name nor the UUID. If a secret is sent, check that as well: other providers than Keycloak say the same of a wrong one.',
    check: askInBrowser,
  },
  {
    id: 'client-disabled',
    title: 'The client is disabled',
    provider: 'any',
    step: 'client',
    rank: 4,
    answers: clientNotIdentified,
    shownBy: [clientDisabled],
    supportedBy: [issuedToThisHere],
    excludedBy: [...notSeen, padded('client_id'), clientIsNot('disabled')],
    looks: '401 `invalid_client`; it worked before.',
    why: 'The client was switched off at the provider. Keycloak answers as if it did not exist, on purpose.',
    remedy: 'Switch the client on at the provider. Keycloak: Clients, the client, "Enabled".',
    check: askInBrowser,
  },
  {
    id: 'bearer-only-client',
    title: 'The client is bearer-only and gets no tokens',
    provider: 'keycloak',
    step: 'client',
    rank: 3,
    answers: [
      { status: 401, error: 'unauthorized_client' },
      { status: 400, error: 'invalid_client', words: ['Bearer-only not allowed'] },
    ],
    shownBy: [clientBearerOnly],
    excludedBy: [...notSeen, clientIsNot('bearer_only')],
    looks: '401 `unauthorized_client` or 400 "Bearer-only not allowed".',
    why: 'Such a client stands for an API that only checks tokens; it cannot ask for any.',
    remedy: 'Use the client of the app, not the one of the API.',
    check: 'Look at the client in the admin console: are all its flows off?',
  },
  {
    id: 'saml-client',
    title: 'The client is a SAML client',
    provider: 'keycloak',
    step: 'client',
    rank: 4,
    answers: [
      { status: 401, error: 'unauthorized_client' },
      { status: 400, error: 'invalid_client', words: ['Wrong client protocol'] },
    ],
    shownBy: [clientSaml],
    excludedBy: [...notSeen, clientIsNot('saml')],
    looks: '401 `unauthorized_client`, or 400 `invalid_client`, "Wrong client protocol."',
    why: 'The token endpoint serves OpenID Connect clients only.',
    remedy: 'Create an OpenID Connect client and use its id.',
    check: 'The list of clients shows the protocol of each.',
  },
  {
    id: 'direct-access-off',
    title: 'The client may not sign users in with a password',
    provider: 'keycloak',
    step: 'grant',
    rank: 1,
    grants: ['password'],
    answers: [{ error: 'unauthorized_client', words: ['Client not allowed for direct access grants'] }],
    looks: '400 `unauthorized_client`, "Client not allowed for direct access grants".',
    why: 'The password grant is off for this client, which is right for new applications (RFC 9700 §2.4).',
    remedy: 'Sign in by redirect. Or switch on "Direct access grants" for this client.',
    check: 'Look at "Capability config" of the client.',
  },
  {
    id: 'standard-flow-off',
    title: 'The client may not exchange codes',
    provider: 'keycloak',
    step: 'grant',
    rank: 2,
    grants: ['authorization_code'],
    answers: [{ words: ['Client not allowed to exchange code'] }],
    looks: '400 `invalid_grant`, "Client not allowed to exchange code".',
    why: 'The authorization code flow is off for this client.',
    remedy: 'Switch on "Standard flow" for the client.',
    check: 'Look at "Capability config" of the client.',
  },
  {
    id: 'grant-off-for-client',
    title: 'This grant is off for the client',
    provider: 'keycloak',
    step: 'grant',
    rank: 2,
    answers: [
      { error: 'invalid_grant', words: ['Client not allowed OAuth 2.0 Device Authorization Grant'] },
      { error: 'unauthorized_client', words: ['Client not allowed'] },
    ],
    looks: '400 that says "Client not allowed…".',
    why: 'Each grant is switched on client by client.',
    remedy: 'Switch the grant on for this client. Or use one that it has.',
    check: 'Look at "Capability config" of the client.',
  },
  {
    id: 'service-account-off',
    title: 'The client may not get tokens for itself',
    provider: 'keycloak',
    step: 'grant',
    rank: 3,
    grants: ['client_credentials'],
    answers: [
      {
        error: 'unauthorized_client',
        words: [
          'Client not enabled to retrieve service account',
          'Public client not allowed to retrieve service account',
        ],
      },
    ],
    looks: '`unauthorized_client` that speaks of a service account.',
    why: '`client_credentials` needs a confidential client with a service account. It is no way to sign in a user.',
    remedy: 'Make the client confidential and switch on "Service accounts roles".',
    check: 'Look at "Capability config" of the client.',
  },
];
