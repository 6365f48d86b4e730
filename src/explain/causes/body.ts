import type { AnswerPattern } from '../answerPattern.ts';
import type { Cause } from '../cause.ts';
import type { Facts } from '../facts.ts';
import { clue } from '../clues/clue.ts';
import {
  encodedAs,
  formUnderAnotherType,
  grantWasSeen,
  longParameter,
  noRepeatedField,
  notEncodedAs,
  otherBody,
  parametersInQuery,
  repeatedField,
  strayPercent,
} from '../clues/bodyClues.ts';
import { clientRefusedInHeader, refusedInHeader } from '../clues/clientClues.ts';
import { isStrict } from '../sureness.ts';

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

const FORM = 'Send a URL-encoded form, `application/x-www-form-urlencoded`.';

/** 415 says it without words. */
const isOnlyForm = (facts: Facts, isTold: boolean): boolean =>
  isStrict(facts, isTold) || facts.answer?.status === 415;

const readsJson = clue(
  ({ provider }) => provider === 'auth0' || provider === 'google',
  'This provider reads JSON as well.',
);

/** How the request is written. */
export const body: readonly Cause[] = [
  {
    id: 'multipart-body',
    title: 'The body is multipart/form-data instead of a URL-encoded form',
    provider: 'any',
    step,
    rank: 2,
    answers: [{ error: 'invalid_client' }, { error: 'invalid_request' }, ...wrongType],
    answersWithClue: [{ error: 'unsupported_grant_type' }, { error: 'invalid_grant' }],
    shownBy: [encodedAs('multipart', 'The body is `multipart/form-data`.')],
    isSure: isOnlyForm,
    doubtedBy: [clientRefusedInHeader, grantWasSeen],
    excludedBy: [notEncodedAs('multipart'), refusedInHeader],
    looks:
      '401 `invalid_client` with every grant, in the app and in Postman alike, although every field is there.',
    why: 'Only `application/x-www-form-urlencoded` is read (RFC 6749 §3.2). A `FormData` body, `-F` of curl and "form-data" of Postman are multipart, so Keycloak sees no `client_id`.',
    remedy: FORM,
    check: 'Look at the `Content-Type` of the request that really went out.',
  },
  {
    id: 'json-body',
    title: 'The body is JSON instead of a URL-encoded form',
    provider: 'any',
    step,
    rank: 4,
    answers: [...fieldsNotSeen, ...wrongType],
    answersWithClue: [{ error: 'invalid_client' }],
    shownBy: [encodedAs('json', 'The body is JSON.')],
    isSure: isOnlyForm,
    doubtedBy: [clientRefusedInHeader],
    excludedBy: [notEncodedAs('json'), readsJson, refusedInHeader],
    looks: '400 `invalid_request`, "Missing form parameter: grant_type"; in a page only a network error.',
    why: 'Token endpoints read forms only (RFC 6749 §3.2). Axios, `fetch` with `JSON.stringify` and "raw" of Postman send JSON.',
    remedy: FORM,
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
    isSure: isStrict,
    doubtedBy: [clientRefusedInHeader],
    excludedBy: [parametersInQuery, refusedInHeader],
    looks: '400 `invalid_request`, "Missing form parameter: grant_type".',
    why: 'The fields were put into the address (`params` in axios), or a redirect, a proxy or a service worker dropped the body.',
    remedy: 'Send the fields as the body of a POST, URL-encoded.',
    check: 'Look at the request that really went out, after any redirect.',
  },
  {
    id: 'parameters-in-query',
    title: 'The fields are in the address instead of the body',
    provider: 'any',
    step,
    rank: 3,
    answersWithClue: [...fieldsNotSeen, { error: 'invalid_client' }],
    shownBy: [parametersInQuery],
    isSure: isStrict,
    doubtedBy: [clientRefusedInHeader],
    excludedBy: [refusedInHeader],
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
    shownBy: [formUnderAnotherType],
    isSure: isOnlyForm,
    doubtedBy: [clientRefusedInHeader],
    excludedBy: [refusedInHeader],
    looks:
      '400 "Missing form parameter: grant_type", 401 `invalid_client` or 415, although the body looks right.',
    why: 'A string as body is sent as `text/plain`, and a server goes by the `Content-Type`.',
    remedy: 'Set `Content-Type: application/x-www-form-urlencoded`.',
    check: 'Look at the `Content-Type` of the request that really went out.',
  },
  {
    id: 'body-not-a-form',
    title: 'The body is no URL-encoded form',
    provider: 'any',
    step,
    rank: 6,
    answersWithClue: [...fieldsNotSeen, ...wrongType, { error: 'invalid_client' }, { status: 500 }],
    shownBy: [otherBody],
    isSure: isOnlyForm,
    doubtedBy: [clientRefusedInHeader],
    excludedBy: [refusedInHeader],
    looks: '400 "Missing form parameter: grant_type", or 415.',
    why: 'The body is XML, plain text, or has `:` where a form has `=`.',
    remedy: 'Send `name=value` pairs with `&` between them.',
    check: 'Look at the raw body of the request that really went out.',
  },
  {
    id: 'percent-not-encoded',
    title: 'A `%` in the form is not encoded',
    provider: 'any',
    step,
    rank: 7,
    answersWithClue: [
      { status: 500 },
      { status: 500, error: 'unknown_error' },
      { status: 400 },
      { error: 'invalid_request' },
      { error: 'invalid_client' },
    ],
    shownBy: [strayPercent],
    isSure: isStrict,
    looks: '500 `unknown_error`, or 400.',
    why: 'The form was put together by hand, and a password, a secret or a token holds a `%`.',
    remedy:
      'Let the HTTP client encode the form: `URLSearchParams` in JavaScript, `--data-urlencode` in curl.',
    check: 'Look for a `%` in the raw body that two of `0-9 A-F` do not follow.',
  },
  {
    id: 'field-missing',
    title: 'The request lacks a field that this grant needs',
    provider: 'any',
    step: 'grant',
    rank: 3,
    answers: [
      {
        error: 'invalid_request',
        words: ['device_code', 'auth_req_id'].map((name) => `Missing parameter: ${name}`),
      },
    ],
    looks: 'A sentence that names the field. Entra: AADSTS900144, AADSTS90014.',
    why: 'The field has another name, stands in the address, or was left out; or the body is no form, so that none was seen.',
    remedy: 'Send the field that the answer names, in a URL-encoded form.',
    check: 'Look at the body that really went out.',
  },
  {
    id: 'parameter-twice',
    title: 'A field comes twice',
    provider: 'any',
    step: 'repetition',
    rank: 1,
    answers: [{ error: 'invalid_request', words: ['duplicated parameter'] }, { error: 'invalid_request' }],
    shownBy: [repeatedField],
    isSure: isStrict,
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
    // No fault by itself: Keycloak does without the field.
    supportedBy: [longParameter],
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
