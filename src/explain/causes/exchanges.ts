import type { Cause } from '../cause.ts';
import { accessTokenExpired } from '../clues/accessTokenClues.ts';

const step = 'grant';
const exchange = 'urn:ietf:params:oauth:grant-type:token-exchange';
const permission = 'urn:ietf:params:oauth:grant-type:uma-ticket';

/** Access tokens that are handed in for others: token exchange (RFC 8693) and permissions (UMA). */
export const exchanges: readonly Cause[] = [
  {
    id: 'subject-token-invalid',
    title: 'The access token that was handed in for another is not valid any more',
    provider: 'any',
    step,
    rank: 1,
    grants: [exchange, permission],
    answers: [
      { error: 'invalid_grant', words: ['Invalid bearer token'] },
      { error: 'invalid_token', words: ['Invalid token'] },
      { error: 'invalid_request', words: ['Invalid token'] },
    ],
    answersWithClue: [{ error: 'invalid_grant' }, { status: 401 }],
    shownBy: [accessTokenExpired],
    looks: '400 or 401, "Invalid bearer token" (a permission) or "Invalid token" (an exchange).',
    why: 'It has expired, its session has ended, or it is of another realm or address of the server.',
    remedy: 'Hand in a fresh access token of the same realm.',
    check: 'Decode it: `exp` and `iss`. Does it still work at the userinfo endpoint?',
  },
  {
    id: 'exchange-not-permitted',
    title: 'The client may not exchange this token',
    provider: 'keycloak',
    step,
    rank: 2,
    grants: [exchange],
    answers: [
      {
        error: 'access_denied',
        words: [
          'Client not allowed to exchange',
          'Client is not within the token audience',
          'Client is not the holder of the token',
        ],
      },
    ],
    looks: '403 `access_denied`, "Client is not within the token audience".',
    why: 'Only a client that the token is meant for may exchange it: it must stand in `aud`. The exchange of Keycloak 25 and older wants a permission of the client that is aimed at.',
    remedy:
      'Put the client that exchanges into `aud` of the token (an audience mapper). Up to Keycloak 25 give it the permission "token-exchange".',
    check: 'Decode the token that is handed in: is the client in `aud`?',
  },
];
