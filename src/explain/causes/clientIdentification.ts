import type { AnswerPattern } from '../answerPattern.ts';
import type { Cause } from '../cause.ts';
import {
  empty,
  emptyInBasic,
  encodedTwice,
  onlyInQuery,
  padded,
  paddedInBasic,
  notPaddedInBasic,
  placeholder,
  placeholderInBasic,
  underAnotherName,
  notPadded,
} from '../clues/fieldClues.ts';
import { parametersInQuery } from '../clues/bodyClues.ts';
import {
  bearerInstead,
  namedByAssertion,
  namesClient,
  namesNoClient,
  namesTwoClients,
} from '../clues/clientClues.ts';
import { isRefusedByIssuer, isStrict, ifTold } from '../sureness.ts';

/** Missing, unknown and disabled clients look alike on purpose. Keycloak before 20 answered 400 in other words. */
export const clientNotIdentified: readonly AnswerPattern[] = [
  { error: 'invalid_client' },
  { status: 400, error: 'unauthorized_client', words: ['UNKNOWN_CLIENT', 'Invalid client credentials'] },
];

const clientIdNotSeen: readonly AnswerPattern[] = [
  ...clientNotIdentified,
  { status: 400, error: 'invalid_client', words: ['Missing client_id parameter'] },
  { error: 'invalid_request' },
];

/** Where it is not there, it has no value to be wrong. */
const unseen = [namesNoClient, onlyInQuery('client_id'), underAnotherName('client_id')];

const step = 'client';

/** Faults of `client_id` in the request. */
export const clientIdentification: readonly Cause[] = [
  {
    id: 'client-id-missing',
    title: 'The request does not say which client sends it',
    provider: 'any',
    step,
    rank: 1,
    // An introspection needs more than a name: see there.
    endpoints: ['token', 'revocation', 'device'],
    answers: [
      ...clientNotIdentified,
      { status: 400, error: 'invalid_client', words: ['Missing client_id parameter'] },
      { status: 401, error: null, challenge: 'basic' },
    ],
    shownBy: [namesNoClient],
    isSure: isRefusedByIssuer,
    supportedBy: [bearerInstead],
    excludedBy: [namesClient, namedByAssertion, onlyInQuery('client_id'), underAnotherName('client_id')],
    looks: '401 `invalid_client`, for a refresh as for every other grant.',
    why: 'A public client names itself in the body of every token request, the refresh included (RFC 6749 §3.2.1). Many send it at sign-in and forget it at the refresh.',
    remedy:
      "Send `client_id` in the form body. Do so with every token request, and leave the app's own `Authorization` header out.",
    check: 'Look at the body that really went out (network panel, proxy): is `client_id` in it?',
  },
  {
    id: 'client-id-misspelt',
    title: '`client_id` is misspelt',
    provider: 'any',
    step,
    rank: 1,
    answersWithClue: clientIdNotSeen,
    shownBy: [underAnotherName('client_id')],
    isSure: isStrict,
    looks: '401 `invalid_client`, as if it were missing.',
    why: 'Unknown fields are ignored, so `clientId` or `client-id` counts as nothing.',
    remedy: 'Name the field `client_id`. Lower case, with an underscore.',
    check: 'Compare the names in the body letter by letter with `grant_type`, `client_id`, `refresh_token`.',
  },
  {
    id: 'client-id-in-query',
    title: '`client_id` is in the address instead of the body',
    provider: 'any',
    step,
    rank: 5,
    answers: clientIdNotSeen,
    shownBy: [onlyInQuery('client_id')],
    isSure: isStrict,
    excludedBy: [namesClient, namesNoClient, parametersInQuery],
    looks: '401 `invalid_client`; Keycloak 23: 400 `invalid_client`, "Missing client_id parameter".',
    why: 'Token requests are read from the body; what stands in the query is not looked at (RFC 6749 §3.2).',
    remedy: 'Move `client_id` from the query string into the form body.',
    check: 'Is there a `?` in the address of the token request?',
  },
  {
    id: 'client-id-empty',
    title: '`client_id` is empty',
    provider: 'any',
    step,
    rank: 2,
    answersWithClue: clientIdNotSeen,
    shownBy: [empty('client_id'), emptyInBasic('client_id')],
    isSure: isRefusedByIssuer,
    looks: '401 `invalid_client`.',
    why: 'The field is sent without a value, as when an environment variable is not set in the build.',
    remedy: 'Give `client_id` its value. Find out where the empty one comes from.',
    check: 'Print the client id where the app starts.',
  },
  {
    id: 'client-id-placeholder',
    title: '`client_id` is a placeholder that was never filled in',
    provider: 'any',
    step,
    rank: 2,
    answersWithClue: clientNotIdentified,
    shownBy: [placeholder('client_id'), placeholderInBasic('client_id')],
    isSure: ifTold,
    looks: '401 `invalid_client`.',
    why: 'The variable was not set, so `{{client_id}}`, `undefined` or the like is what went out.',
    remedy: 'Fill in the variable behind `client_id`. In Postman and Insomnia: is the environment selected?',
    check: 'Look at the body that really went out, not at the template.',
  },
  {
    id: 'client-id-padded',
    title: '`client_id` has a space, a line end or a quotation mark around it',
    provider: 'any',
    step,
    rank: 6,
    answers: clientNotIdentified,
    shownBy: [padded('client_id'), paddedInBasic('client_id')],
    excludedBy: [notPadded('client_id'), notPaddedInBasic('client_id'), ...unseen],
    looks: '401 `invalid_client`, although the id looks right.',
    why: 'Ids are compared exactly. A pasted space, a line break or quotation marks from a file of settings belong to the value.',
    remedy: 'Remove spaces and quotation marks around the value of `client_id`.',
    check:
      'Copy the id again from the provider; in the raw body look for `+`, `%20`, `%0A` or `%22` next to it.',
  },
  {
    id: 'client-id-encoded-twice',
    title: '`client_id` is URL-encoded twice',
    provider: 'any',
    step,
    rank: 7,
    answersWithClue: clientNotIdentified,
    shownBy: [encodedTwice('client_id')],
    isSure: isStrict,
    looks: '401 `invalid_client`, for ids with special characters only.',
    why: 'The value was encoded by hand and then once more by `URLSearchParams` or the HTTP client.',
    remedy: 'Encode the body once. Give the HTTP client the plain value.',
    check: 'Look for `%25` in the raw body.',
  },
  {
    id: 'client-named-twice',
    title: 'Form and `Authorization` header name two clients',
    provider: 'any',
    step,
    rank: 2,
    answersWithClue: [...clientNotIdentified, { error: 'invalid_request' }, { error: 'unauthorized_client' }],
    // No fault by itself: Keycloak heeds the form alone.
    supportedBy: [namesTwoClients],
    looks: '401, or a token error that speaks of another client.',
    why: 'Only one way of naming the client is allowed (RFC 6749 §2.3). Keycloak takes the one in the form.',
    remedy: 'Name the client once: in the form, or in the Basic header.',
    check: 'Decode the Basic header and compare its user name with `client_id`.',
  },
];
