import type { Cause } from '../cause.ts';
import { namesNoClient, sendsBearer, sendsNoSecret, sendsSecret } from '../clues/clientClues.ts';
import { ofOtherHost, ofOtherRealm } from '../clues/issuerClues.ts';
import { expired } from '../clues/tokenClues.ts';
import { clue } from '../clues/clue.ts';
import { empty, isInQuery, nowhere, sent } from '../clues/fieldClues.ts';
import { isRefusedByIssuer, isTimeKnown } from '../sureness.ts';

const provider = 'any';

const inactive = { status: 200, isInactive: true } as const;

/** Google's `tokeninfo` is asked by its address. */
const asksByQuery = clue(
  (facts) => isInQuery(facts, 'access_token') || isInQuery(facts, 'id_token'),
  'The token is in the address, where this endpoint takes it.',
);

/** Token introspection (RFC 7662), where it is about more than the client. */
export const introspection: readonly Cause[] = [
  {
    id: 'introspection-caller-unproven',
    title: 'Whoever asks about a token must prove itself, and this caller does not',
    provider,
    step: 'client',
    rank: 1,
    answers: [
      { error: 'invalid_request', words: ['Authentication failed', 'Client not allowed'] },
      { status: 403, error: 'invalid_request' },
    ],
    answersWithClue: [
      { status: [401, 403] },
      { error: 'invalid_client' },
      { error: 'invalid_request' },
      { error: 'unauthorized_client' },
      { error: 'unauthorized' },
    ],
    shownBy: [namesNoClient],
    isSure: (facts, isTold) => sendsBearer(facts) === undefined && isRefusedByIssuer(facts, isTold),
    supportedBy: [sendsNoSecret, sendsBearer],
    excludedBy: [sendsSecret],
    looks:
      '401 or 403 `invalid_request`, "Authentication failed." or "Client not allowed." (Keycloak); 401 elsewhere.',
    why: 'RFC 7662 §2.1 wants a proof, so that nobody tries tokens out. Keycloak lets confidential clients alone ask; a public client, as an app in a browser is, cannot.',
    remedy: 'Ask as a confidential client: its id and secret, in a Basic header or in the form.',
    check: 'Is "Client authentication" on for the client that asks?',
  },
  {
    id: 'token-parameter-missing',
    title: 'The form holds no `token` to ask about or to revoke',
    provider,
    step: 'body',
    rank: 1,
    endpoints: ['introspection', 'revocation'],
    answers: [{ error: 'invalid_request', words: ['Token not provided'] }, { words: ['Token not provided'] }],
    answersWithClue: [{ status: 400 }, { error: 'invalid_request' }],
    shownBy: [nowhere('token'), empty('token')],
    isSure: isRefusedByIssuer,
    excludedBy: [sent('token'), asksByQuery],
    looks: '400 `invalid_request`, "Token not provided."',
    why: 'The token in question stands in the form field `token`, whatever its kind, not in the `Authorization` header.',
    remedy: 'Send `token=<token>` in a form body, and `token_type_hint` if you like.',
    check: 'Look at the body that really went out.',
  },
  {
    id: 'introspection-issuer-differs',
    title: 'The token is of another issuer than the one that is asked',
    provider: 'any',
    step: 'grant',
    rank: 1,
    answersWithClue: [inactive],
    shownBy: [ofOtherHost, ofOtherRealm],
    isSure: (facts) => ofOtherRealm(facts) !== undefined,
    looks: '200 `{"active":false}` for a token that APIs accept.',
    why: 'A server looks only for tokens of its own issuer. Keycloak forms its issuer from the address that it is asked by, unless `hostname` is set.',
    remedy: "Ask by the address in the token's `iss`. Or set `hostname` in Keycloak.",
    check: 'Compare `iss` of the token with the address of the request.',
  },
  {
    id: 'introspection-token-expired',
    title: 'The token has expired',
    provider: 'any',
    step: 'grant',
    rank: 1,
    answersWithClue: [inactive],
    shownBy: [expired],
    isSure: isTimeKnown,
    looks: '200 `{"active":false}`.',
    why: 'A token that has expired is not active (RFC 7662 §2.2).',
    remedy: 'Renew the token before you ask about it.',
    check: 'Compare `exp` of the token with the clock.',
  },
  {
    id: 'introspection-inactive',
    title: 'The provider does not know the token as a valid one',
    provider,
    step: 'grant',
    rank: 1,
    answers: [inactive],
    looks: '200 `{"active":false}`.',
    why: 'It has expired, its session is over, it is of another realm or issuer, or it was asked for under another host name than the one in its `iss`. Keycloak from 26.6.2 on says so of every token whose `aud` does not name the caller.',
    remedy:
      'Ask by the address in the token\'s `iss`, with a token that has not expired. Keycloak 26.6.2 and newer: add an "Audience" mapper for the caller.',
    check:
      'Decode the token: compare `exp` with the clock, `iss` with the address and `aud` with the caller.',
  },
];
