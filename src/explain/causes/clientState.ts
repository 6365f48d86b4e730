import type { AnswerPattern } from '../answerPattern.ts';
import type { Cause, Clue } from '../cause.ts';
import { namesNoClient } from '../clues/clientClues.ts';
import {
  clientBearerOnly,
  clientDisabled,
  clientIsNot,
  clientSaml,
  clientUnknown,
  stillRefused,
} from '../clues/serverClues.ts';
import { issuedToThisHere, issuedToThisElsewhere } from '../clues/issuerClues.ts';
import { issuedToOther } from '../clues/tokenClues.ts';
import { onlyInQuery, padded, underAnotherName } from '../clues/fieldClues.ts';
import { clientEndpoints } from '../endpoints.ts';
import { mayBe } from '../providerOf.ts';
import { clientNotIdentified } from './clientIdentification.ts';

/** Only Keycloak's word for it says no more than that: to others an unknown client is one cause among several. */
const saidOfUnknownClient: readonly AnswerPattern[] = clientNotIdentified.map((pattern) => ({
  ...pattern,
  provider: 'keycloak',
}));

const atKeycloak =
  (clue: Clue): Clue =>
  (facts) =>
    mayBe('keycloak', facts.provider) ? clue(facts) : undefined;

const notSeen = [namesNoClient, onlyInQuery('client_id'), underAnotherName('client_id')];
const askInBrowser =
  'Open the authorization endpoint with this `client_id` in a browser: it says there what is wrong. Keycloak: "Client not found" or "Client disabled".';

/** What the provider holds, or does not hold, under the client's name. */
export const clientState: readonly Cause[] = [
  {
    id: 'client-id-unknown',
    title: 'The provider does not know this client',
    provider: 'any',
    step: 'client',
    rank: 3,
    answers: [
      ...saidOfUnknownClient,
      { error: 'incorrect_client_credentials' },
      { within: ['A valid OAuth client could not be found for client_id'] },
    ],
    answersWithClue: clientNotIdentified,
    shownBy: [clientUnknown],
    supportedBy: [issuedToOther, atKeycloak(stillRefused)],
    excludedBy: [...notSeen, issuedToThisElsewhere, clientIsNot('unknown')],
    looks: '401 `invalid_client`.',
    why: 'The id is mistyped (case counts), is the name of the client or an internal id (in Keycloak a UUID, in Entra the "Object ID"), belongs to another realm, tenant or environment, or the client was deleted.',
    remedy:
      'Use the exact client id of the realm, tenant or environment that is asked. Keycloak: "Client ID"; Entra: "Application (client) ID".',
    check: askInBrowser,
  },
  {
    id: 'client-disabled',
    title: 'The client is disabled',
    provider: 'any',
    step: 'client',
    rank: 4,
    endpoints: [...clientEndpoints, 'authorization'],
    answers: [...saidOfUnknownClient, { words: ['Client disabled'] }],
    answersWithClue: clientNotIdentified,
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
      { error: 'unauthorized_client', words: ['Bearer-only'] },
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
      { error: 'unauthorized_client', words: ['Wrong client protocol'] },
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
    answers: [
      {
        error: 'unauthorized_client',
        words: [
          'Client not allowed for direct access grants',
          'Client not permitted for direct access grants',
        ],
      },
      { words: ['resource owner password credentials grant is prohibited'] },
    ],
    looks: '400 `unauthorized_client`, "Client not allowed for direct access grants".',
    why: 'The password grant is off for this client, which is right for new applications (RFC 9700 §2.4).',
    remedy: 'Sign in by redirect. Or switch on "Direct access grants" for this client.',
    check: 'Look at "Capability config" of the client.',
  },
  {
    id: 'standard-flow-off',
    title: 'The standard flow is off for the client',
    provider: 'keycloak',
    step: 'grant',
    rank: 2,
    endpoints: ['token', 'authorization'],
    grants: ['authorization_code'],
    answers: [
      {
        words: ['Client not allowed to exchange code'],
        // After a sentence that it has in common with the implicit flow.
        within: ['with given response_type. Standard flow is disabled for the client'],
      },
    ],
    looks: '400 `invalid_grant`, "Client not allowed to exchange code".',
    why: 'The authorization code flow is off for this client.',
    remedy: 'Switch on "Standard flow" for the client.',
    check: 'Look at "Capability config" of the client.',
  },
  {
    id: 'grant-off-for-client',
    title: 'This grant is off for the client',
    provider: 'any',
    step: 'grant',
    rank: 2,
    answers: [
      {
        error: 'invalid_grant',
        words: [
          'Client not allowed OAuth 2.0 Device',
          'Client not allowed for OAuth 2.0 Device',
          'Client not allowed OIDC CIBA',
        ],
      },
      { error: 'unauthorized_client', words: ['Client not allowed'] },
      { words: ['Client does not support permissions'] },
    ],
    looks: '`unauthorized_client`, or a sentence that says the grant is not allowed.',
    why: 'Each grant is switched on client by client.',
    remedy: 'Switch the grant on for this client. Or use one that it has.',
    check: 'Look at the grants of the client at the provider (Keycloak: "Capability config").',
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
      {
        error: 'invalid_request',
        words: ['The associated service account for the client does not exist'],
      },
    ],
    looks: '`unauthorized_client` that speaks of a service account.',
    why: '`client_credentials` needs a confidential client with a service account. It is no way to sign in a user.',
    remedy: 'Make the client confidential and switch on "Service accounts roles".',
    check: 'Look at "Capability config" of the client.',
  },
];
