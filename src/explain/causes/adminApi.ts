import type { Cause } from '../cause.ts';
import {
  accessTokenExpired,
  accessTokenOfForeignRealm,
  accessTokenOfOtherHost,
  showsNoToken,
} from '../clues/accessTokenClues.ts';
import { ifTold } from '../sureness.ts';

/** The API by which a provider is managed. */
export const adminApi: readonly Cause[] = [
  {
    id: 'admin-role-missing',
    title: 'The caller lacks the role that this needs',
    provider: 'any',
    step: 'grant',
    rank: 1,
    answers: [
      { status: 403 },
      { status: 403, error: 'unknown_error' },
      { status: 403, error: 'HTTP 403 Forbidden' },
      { error: 'insufficient_scope' },
      {
        words: [
          'HTTP 403 Forbidden',
          'Insufficient privileges to complete the operation',
          'Insufficient scope',
        ],
      },
      { error: 'Authorization_RequestDenied' },
      { error: 'E0000006' },
    ],
    excludedBy: [showsNoToken],
    looks:
      '403 `unknown_error` or an empty 403 (Keycloak), `Authorization_RequestDenied` (Graph), "Insufficient scope" (Auth0), E0000006 (Okta).',
    why: 'Managing needs roles that no sign-in gives by itself. In Keycloak they are roles of the client `realm-management` (`view-users`, `manage-users` …), for a service account under "Service account roles"; in Graph application permissions with an admin\'s consent.',
    remedy:
      'Give the user or the service account the role, then get a new token: an old one does not have it.',
    check:
      'Decode the token: Keycloak shows `resource_access.realm-management.roles`, Graph `roles` or `scp`.',
  },
  {
    id: 'admin-token-of-other-realm',
    title: 'The access token is of another realm than the one to be managed',
    provider: 'keycloak',
    step: 'grant',
    rank: 2,
    answersWithClue: [
      { status: [401, 403] },
      { error: 'HTTP 401 Unauthorized' },
      { error: 'HTTP 403 Forbidden' },
      { error: 'unknown_error' },
    ],
    shownBy: [accessTokenOfForeignRealm],
    looks: '401 or 403 of `/admin/realms/<name>`.',
    why: 'A realm is managed by its own users and clients, or by those of the realm `master`.',
    remedy: 'Get the token from the realm in the address, or from `master`.',
    check: 'Read `iss` of the token.',
  },
  {
    id: 'admin-issuer-differs',
    title: 'The token was issued under another address than the admin API is asked by',
    provider: 'keycloak',
    step: 'grant',
    rank: 3,
    answers: [{ status: 401 }, { error: 'HTTP 401 Unauthorized' }],
    shownBy: [accessTokenOfOtherHost],
    isSure: ifTold,
    excludedBy: [showsNoToken],
    looks: '401 "HTTP 401 Unauthorized" with a token that has just been issued.',
    why: "Keycloak compares the token's issuer with the address that it is asked by, unless `hostname` is set.",
    remedy: 'Ask the admin API by the host in `iss`. Or set `hostname` and `hostname-admin` in Keycloak.',
    check: 'Compare `iss` of the token with the address of the request.',
  },
  {
    id: 'admin-token-refused',
    title: 'The admin API does not accept this token',
    provider: 'any',
    step: 'grant',
    rank: 2,
    answers: [
      { status: 401 },
      { error: 'HTTP 401 Unauthorized' },
      { error: 'InvalidAuthenticationToken' },
      { error: 'invalid_token' },
      { error: 'E0000011' },
      { error: 'E0000005' },
      {
        words: ['HTTP 401 Unauthorized', 'Bad audience'],
      },
    ],
    supportedBy: [accessTokenExpired],
    excludedBy: [showsNoToken],
    looks: '401: Keycloak "HTTP 401 Unauthorized", Okta E0000011, Graph `InvalidAuthenticationToken`.',
    why: 'It has expired (admin tokens live for a minute in Keycloak), is for another API, or of a kind that is not taken: Okta wants its own API tokens (`Authorization: SSWS …`) or a token with Okta scopes, Auth0 one for the audience `…/api/v2/`, Graph one for `https://graph.microsoft.com`.',
    remedy: 'Get a fresh token for this API, right before the call.',
    check: 'Decode the token: `exp`, `iss` and `aud`.',
  },
];
