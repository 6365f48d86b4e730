import type { AnswerPattern } from '../answerPattern.ts';
import type { Cause } from '../cause.ts';
import { nowhere, sent, underAnotherName } from '../clues/fieldClues.ts';
import type { Clue } from '../cause.ts';
import { isRefusedByIssuer } from '../sureness.ts';

const grants = ['password'];
const step = 'grant';

/** 401 up to Keycloak 26.5, 400 since. */
const wrongCredentials: readonly AnswerPattern[] = [
  { status: [400, 401], error: 'invalid_grant', words: ['Invalid user credentials'] },
  { error: 'invalid_grant' },
];

const ofPassword =
  (inner: Clue): Clue =>
  (facts) =>
    facts.request?.grantType === 'password' ? inner(facts) : undefined;

const noPassword = [ofPassword(nowhere('password')), ofPassword(underAnotherName('password'))];

/** Sign-in with name and password, and the account behind it. */
export const user: readonly Cause[] = [
  {
    id: 'user-credentials-wrong',
    title: 'The name or the password is wrong',
    provider: 'any',
    step,
    rank: 5,
    grants,
    answers: wrongCredentials,
    excludedBy: noPassword,
    looks: '400 (Keycloak up to 26.5: 401) `invalid_grant`, "Invalid user credentials".',
    why: 'The user does not exist there, or the password is another one. Both look alike on purpose.',
    remedy:
      'Check name and password, and which realm or tenant is asked. The 401 of older servers is not about the client.',
    check: 'Sign in in a browser with the same name, at the account page of the provider.',
  },
  {
    id: 'user-locked-out',
    title: 'The account is locked for a while after wrong passwords',
    provider: 'any',
    step,
    rank: 7,
    grants,
    answers: wrongCredentials.slice(0, 1),
    excludedBy: noPassword,
    looks:
      '"Invalid user credentials" although name and password are right. Entra: AADSTS50053; Auth0: `too_many_attempts`.',
    why: 'After several wrong passwords the account, or the address that they came from, is locked. Keycloak answers like a wrong password.',
    remedy: 'Wait, or unlock the user at the provider.',
    check:
      'Look at the sign-in log of the provider. Keycloak: USER_DISABLED or "user_temporarily_disabled" in the events of the realm.',
  },
  {
    id: 'second-factor-missing',
    title: 'The account needs a second factor, or its code is wrong',
    provider: 'keycloak',
    step,
    rank: 6,
    grants,
    answers: wrongCredentials.slice(0, 1),
    supportedBy: [sent('totp')],
    excludedBy: noPassword,
    looks: '"Invalid user credentials" for users with a one-time code only.',
    why: 'The password grant knows no second step; Keycloak takes a code in `totp` or refuses.',
    remedy: 'Sign in by redirect, where the provider asks for the second factor.',
    check: 'Does the user have an OTP under "Credentials"?',
  },
  {
    id: 'username-missing',
    title: 'There is no `username` in the request',
    provider: 'any',
    step,
    rank: 1,
    grants,
    answers: [
      { error: 'invalid_request', words: ['Missing parameter: username'] },
      { error: 'invalid_request' },
    ],
    shownBy: [ofPassword(nowhere('username')), ofPassword(underAnotherName('username'))],
    isSure: isRefusedByIssuer,
    excludedBy: [sent('username')],
    looks: '401 or 400 `invalid_request`, "Missing parameter: username".',
    why: 'The field is missing or has another name, such as `email` or `user`.',
    remedy: 'Send the name or the e-mail address as `username`.',
    check: 'Compare the names in the body letter by letter.',
  },
  {
    id: 'password-missing',
    title: 'There is no `password` in the request',
    provider: 'any',
    step,
    rank: 2,
    grants,
    answersWithClue: [...wrongCredentials, { error: 'invalid_request' }],
    shownBy: noPassword,
    isSure: isRefusedByIssuer,
    looks: '"Invalid user credentials", as if it were wrong.',
    why: 'The field is missing or has another name.',
    remedy: 'Send the password as `password`.',
    check: 'Compare the names in the body letter by letter.',
  },
  {
    id: 'email-of-two-users',
    title: 'Two users have this e-mail address',
    provider: 'keycloak',
    step,
    rank: 1,
    grants,
    answers: [{ error: 'invalid_request', words: ['Invalid user credentials'] }],
    looks: '401 `invalid_request` (not `invalid_grant`), "Invalid user credentials".',
    why: 'The realm allows an e-mail address twice, so that it names nobody.',
    remedy: 'Sign in with the user name instead of the e-mail address.',
    check: 'Search the users of the realm for the address.',
  },
  {
    id: 'user-disabled',
    title: 'The account is disabled',
    provider: 'any',
    step,
    rank: 1,
    answers: [{ error: 'invalid_grant', words: ['Account disabled', 'User disabled'] }],
    looks: '400 `invalid_grant`, "Account disabled" (password) or "User disabled" (refresh, code).',
    why: 'An admin switched the user off.',
    remedy: 'Switch the user on at the provider.',
    check: 'Look at "Enabled" of the user.',
  },
  {
    id: 'account-not-set-up',
    title: 'The account has something left to do',
    provider: 'keycloak',
    step,
    rank: 1,
    grants,
    answers: [{ error: 'invalid_grant', words: ['Account is not fully set up'] }],
    looks: '400 `invalid_grant`, "Account is not fully set up".',
    why: 'A required action is open (new password, e-mail). From Keycloak 24 on, a missing e-mail address, first or last name counts, too.',
    remedy: 'Complete the profile of the user and clear the required actions.',
    check: 'Sign in at the account console: what does it ask for?',
  },
];
