import type { AnswerPattern, Cause } from '../cause.ts';
import {
  encodedAs,
  formUnderAnotherType,
  isForm,
  longParameter,
  noRepeatedField,
  otherBody,
  parametersInQuery,
  repeatedField,
} from '../clues/requestClues.ts';

/** The fields were not seen, so the first of them is missed. Raised before the client is known: no page may read it. */
export const fieldsNotSeen: readonly AnswerPattern[] = [
  { error: 'invalid_request', words: ['Missing form parameter: grant_type'] },
  { error: 'invalid_request' },
  { error: 'unsupported_grant_type' },
  { noAnswer: 'hidden' },
];

const wrongType: readonly AnswerPattern[] = [
  { status: 415 },
  { error: 'invalid_request', words: ['only application/x-www-form-urlencoded'] },
];
const step = 'body';

/** How the request is written. */
export const body: readonly Cause[] = [
  {
    id: 'multipart-body',
    title: 'The body is multipart/form-data instead of a URL-encoded form',
    provider: 'any',
    step,
    rank: 2,
    answers: [{ error: 'invalid_client' }, { error: 'invalid_request' }, ...wrongType],
    shownBy: [encodedAs('multipart', 'The body is `multipart/form-data`.')],
    excludedBy: [isForm],
    looks:
      '401 `invalid_client` with every grant, in the app and in Postman alike, although every field is there.',
    why: 'Only `application/x-www-form-urlencoded` is read (RFC 6749 §3.2). A `FormData` body, or "form-data" in an HTTP client, is multipart, so Keycloak sees no `client_id`.',
    remedy:
      'Send a URL-encoded form: `new URLSearchParams(…)`, not `FormData`. In Postman choose "x-www-form-urlencoded", in Insomnia "Form URL Encoded".',
    check: 'Look at the `Content-Type` of the request that really went out.',
  },
  {
    id: 'json-body',
    title: 'The body is JSON instead of a URL-encoded form',
    provider: 'any',
    step,
    rank: 4,
    answers: [...fieldsNotSeen, ...wrongType],
    shownBy: [encodedAs('json', 'The body is JSON.')],
    excludedBy: [isForm],
    looks: '400 `invalid_request`, "Missing form parameter: grant_type"; in a page only a network error.',
    why: 'Token endpoints read forms only (RFC 6749 §3.2). Axios and `fetch` with `JSON.stringify` send JSON.',
    remedy: 'Send a URL-encoded form: `body: new URLSearchParams(…)`. Drop `Content-Type: application/json`.',
    check: 'Look at the `Content-Type` of the request that really went out.',
  },
  {
    id: 'body-missing',
    title: 'The request has no body, or the body was lost on its way',
    provider: 'any',
    step,
    rank: 5,
    answers: [...fieldsNotSeen.slice(0, 1), { status: 411 }],
    answersWithClue: [...fieldsNotSeen, { status: 500 }],
    shownBy: [encodedAs('none', 'The request has no body.')],
    excludedBy: [parametersInQuery],
    looks: '400 `invalid_request`, "Missing form parameter: grant_type".',
    why: 'The fields were put into the address (`params` in axios), or a redirect, a proxy or a service worker dropped the body.',
    remedy: 'Send the fields as the body of a POST. In axios they are the second argument, not `params`.',
    check: 'Look at the request that really went out, after any redirect.',
  },
  {
    id: 'parameters-in-query',
    title: 'The fields are in the address instead of the body',
    provider: 'any',
    step,
    rank: 3,
    answersWithClue: fieldsNotSeen,
    shownBy: [parametersInQuery],
    looks: '400 `invalid_request`, "Missing form parameter: grant_type".',
    why: 'The query is not looked at (RFC 6749 §3.2). Whatever stood in the address is in the logs of every proxy now.',
    remedy: 'Move all fields into the form body. Then sign out once, since tokens in addresses are logged.',
    check: 'Is there a `?` in the address of the token request?',
  },
  {
    id: 'content-type-wrong',
    title: 'The form is sent without its Content-Type',
    provider: 'any',
    step,
    rank: 6,
    answersWithClue: [...fieldsNotSeen, ...wrongType, { error: 'invalid_client' }, { status: 500 }],
    shownBy: [formUnderAnotherType, otherBody],
    looks:
      '400 "Missing form parameter: grant_type", 401 `invalid_client` or 415, although the body looks right.',
    why: 'A string as body is sent as `text/plain`, and a server goes by the `Content-Type`.',
    remedy:
      'Set `Content-Type: application/x-www-form-urlencoded`. `URLSearchParams` as body sets it by itself.',
    check: 'Look at the `Content-Type` of the request that really went out.',
  },
  {
    id: 'parameter-twice',
    title: 'A field comes twice',
    provider: 'any',
    step: 'repetition',
    rank: 1,
    answers: [{ error: 'invalid_request', words: ['duplicated parameter'] }, { error: 'invalid_request' }],
    shownBy: [repeatedField],
    excludedBy: [noRepeatedField],
    looks: '400 `invalid_request`, "duplicated parameter".',
    why: 'Fields must not be repeated (RFC 6749 §3.2), as when the refresh is added to the form of the sign-in.',
    remedy: 'Build a new form for each request: `set` instead of `append`.',
    check: 'Look for a name that comes twice in the raw body.',
  },
  {
    id: 'parameter-too-long',
    title: 'A field is longer than the server allows',
    provider: 'keycloak',
    step: 'length',
    rank: 2,
    answersWithClue: [
      { error: 'invalid_request', words: ['The size of OIDC parameter'] },
      { error: 'invalid_request' },
      { error: 'invalid_grant' },
    ],
    shownBy: [longParameter],
    looks:
      '400 `invalid_request`, "The size of OIDC parameter…", or as if the field were missing (Keycloak 26).',
    why: 'Ordinary fields may have 4,000 characters, tokens 20,000. Longer ones are refused or dropped in silence.',
    remedy: 'Shorten the field, or send only what the grant needs.',
    check: 'Read which field the answer names.',
  },
  {
    id: 'request-too-large',
    title: 'The request is larger than a server on the way allows',
    provider: 'any',
    step: 'address',
    rank: 3,
    answers: [{ status: [413, 414, 431] }],
    looks: '413, 414 or 431, mostly as HTML.',
    why: 'Cookies, a long `Authorization` header, or a token swollen by many roles.',
    remedy: 'Send the token request without cookies and headers of the app.',
    check: 'Add up the length of the headers; look at the limits of the proxy.',
  },
];
