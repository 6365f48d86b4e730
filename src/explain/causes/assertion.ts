import type { AnswerPattern } from '../answerPattern.ts';
import type { Cause } from '../cause.ts';
import { assertionExpired, assertionTooEarly, assertionTooLong } from '../clues/assertionClues.ts';

const step = 'grant';
const grants = ['urn:ietf:params:oauth:grant-type:jwt-bearer'];
const which = 'assertion';
const anyRefusal: readonly AnswerPattern[] = [{ error: 'invalid_grant' }];

/** An assertion that is the grant itself (RFC 7523 §2.1): on behalf of a user, or of a service account. */
export const assertion: readonly Cause[] = [
  {
    id: 'assertion-expired',
    title: 'The token that was sent as `assertion` has expired',
    provider: 'any',
    step,
    rank: 1,
    grants,
    answersWithClue: anyRefusal,
    shownBy: [assertionExpired(which)],
    looks: '400 `invalid_grant`. Entra: AADSTS500133.',
    why: 'A service passes on the access token of its caller, and that one is kept too long before it is exchanged.',
    remedy: 'Exchange the token while it is valid. Answer 401 to a caller whose token has expired.',
    check: 'Compare `exp` of the assertion with the `Date` header of the answer.',
  },
  {
    id: 'assertion-out-of-time',
    title: 'The times in the assertion do not fit the clock of the provider',
    provider: 'any',
    step,
    rank: 2,
    grants,
    answersWithClue: anyRefusal,
    answers: [],
    supportedBy: [assertionTooEarly(which), assertionTooLong(which)],
    looks: '400 `invalid_grant`. Google: "Invalid JWT: Token must be a short-lived token…".',
    why: 'The clock of the machine that signs is off, or `exp` is more than an hour after `iat`.',
    remedy: 'Set the clock of the machine that signs by NTP. Let the assertion live an hour at the most.',
    check: 'Compare `iat` of the assertion with the `Date` header of the answer.',
  },
  {
    id: 'assertion-key',
    title: 'The assertion is signed with a key that the provider does not know',
    provider: 'any',
    step,
    rank: 3,
    grants,
    answers: [],
    looks: '400 `invalid_grant`. Google: "Invalid JWT Signature."',
    why: 'The key of the service account was deleted or disabled, or the private key in the settings is of another one.',
    remedy: 'Create a new key for the service account and use that.',
    check: 'Look for the `kid` of the assertion among the keys of the account.',
  },
  {
    id: 'assertion-refused',
    title: 'The provider does not accept the assertion',
    provider: 'any',
    step,
    rank: 4,
    grants,
    answers: [],
    looks: '400 `invalid_grant` or `invalid_request`. Entra: AADSTS50013.',
    why: 'It has expired, is of another tenant or for another audience, is malformed, or is a token that must not be passed on.',
    remedy:
      'Send the access token that was issued for this very API. Not an ID token, not a token for another API.',
    check: 'Decode the assertion: `aud` is the API that asks, `iss` the provider that is asked.',
  },
];
