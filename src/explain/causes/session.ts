import type { AnswerPattern } from '../answerPattern.ts';
import type { Cause } from '../cause.ts';
import { isOffline, isRefreshKind } from '../clues/tokenClues.ts';

const grants = ['refresh_token'];
const step = 'grant';

const refusedWith = (...words: string[]): AnswerPattern => ({ error: 'invalid_grant', words });
const anyRefusal: AnswerPattern = { error: 'invalid_grant' };
const online = (facts: Parameters<typeof isOffline>[0]): string | undefined =>
  isOffline(facts) === undefined ? isRefreshKind(facts) : undefined;

/** The session at the provider that the refresh token stands for. */
export const session: readonly Cause[] = [
  {
    id: 'session-ended',
    title: 'The session was ended at the provider',
    provider: 'any',
    step,
    rank: 2,
    grants,
    answers: [refusedWith('Session not active'), anyRefusal],
    looks: '400 `invalid_grant`, "Session not active", with a token that has not expired.',
    why: 'The user signed out, perhaps in another app of the same sign-on, the token was revoked, or an admin ended the session.',
    remedy: 'Sign in again. Show it as a sign-out, not as a fault.',
    check: 'Look for LOGOUT and REVOKE in the events of the realm.',
  },
  {
    id: 'session-forgotten',
    title: 'The provider was restarted and forgot its sessions',
    provider: 'keycloak',
    step,
    rank: 3,
    grants,
    answers: [refusedWith('Session not active')],
    excludedBy: [isOffline],
    looks: '400 `invalid_grant`, "Session not active", for all users after a restart or a deployment.',
    why: 'Keycloak before 26 keeps sessions in memory only.',
    remedy:
      'Sign in again. Keycloak 26 keeps sessions in the database; before, `persistent-user-sessions` can.',
    check: 'Is the session older than the last start of the server?',
  },
  {
    id: 'session-timed-out',
    title: 'The session at the provider is over its idle or longest time',
    provider: 'keycloak',
    step,
    rank: 4,
    grants,
    answers: [refusedWith('Session not active', 'Client session not active')],
    looks: '400 `invalid_grant`, "Session not active" or "Client session not active".',
    why: 'The limits of the realm or the client were shortened while the session ran, or the server removed it a little early.',
    remedy: 'Sign in again. Refresh well before `refresh_expires_in` ends.',
    check:
      'Compare "SSO Session" and "Client Session" limits of realm and client with the time since the last refresh.',
  },
  {
    id: 'client-session-removed',
    title: 'The provider took this client out of the session',
    provider: 'keycloak',
    step,
    rank: 1,
    grants,
    answers: [refusedWith("Session doesn't have required client")],
    looks: '400 `invalid_grant`, "Session doesn\'t have required client", even with the newest token.',
    why: 'After a refresh token was used twice, Keycloak removes the client from the session, so that the newest token is dead as well.',
    remedy: 'Sign in again. Then let only one place refresh: one request at a time, over all tabs.',
    check:
      'Look in the events of the realm for "Maximum allowed refresh token reuse exceeded" shortly before.',
  },
  {
    id: 'refresh-token-reused',
    title: 'The refresh token was used before',
    provider: 'any',
    step,
    rank: 3,
    grants,
    answers: [
      refusedWith('Maximum allowed refresh token reuse exceeded', 'Stale token', 'Stale refresh token'),
      anyRefusal,
    ],
    looks: '400 `invalid_grant`, "Maximum allowed refresh token reuse exceeded" or "Stale token".',
    why: 'Refresh tokens are single-use here, and two tabs, two requests or a repeated request used the same one; or an answer was lost on its way.',
    remedy: 'Let only one refresh run, over all tabs, and store the new token first. Then sign in again.',
    check: 'Are there two refreshes shortly after one another in the events of the realm?',
  },
  {
    id: 'not-before-pushed',
    title: 'An admin revoked all tokens issued before a certain time',
    provider: 'keycloak',
    step,
    rank: 4,
    grants,
    answers: [refusedWith('Stale token', 'Stale refresh token')],
    looks: '400 `invalid_grant`, "Stale token", for many users at once.',
    why: 'A not-before policy of the realm, the client or the user is later than `iat` of the token.',
    remedy: 'Sign in again.',
    check: 'Compare `not-before-policy` of a new token answer with `iat` of the old token.',
  },
  {
    id: 'token-of-earlier-login',
    title: 'The refresh token is of an earlier sign-in',
    provider: 'keycloak',
    step,
    rank: 1,
    grants,
    answers: [
      refusedWith(
        'Refresh token issued before the user session started',
        'Refresh toked issued before the user session started',
        'Refresh token issued before the client session started',
      ),
    ],
    looks: '400 `invalid_grant`, "Refresh token issued before the … session started".',
    why: 'The user signed in again in another tab, and this one still holds the old token.',
    remedy: 'Take the newest token of the other tab. Or sign in again.',
    check: 'Compare `iat` of the token with the time of the last sign-in.',
  },
  {
    id: 'offline-session-ended',
    title: 'The offline session is over',
    provider: 'keycloak',
    step,
    rank: 1,
    grants,
    answers: [refusedWith('Offline user session not found', 'Offline session not active')],
    excludedBy: [online],
    looks: '400 `invalid_grant`, "Offline user session not found" or "Offline session not active".',
    why: 'It was revoked in the account console or by an admin, or unused for longer than "Offline Session Idle" (30 days).',
    remedy: 'Sign in again with the scope `offline_access`.',
    check: 'Look at the offline sessions of the client in the admin console.',
  },
  {
    id: 'offline-access-withdrawn',
    title: 'The user or the client may not have offline tokens',
    provider: 'keycloak',
    step,
    rank: 2,
    answers: [
      refusedWith('Offline session invalid because offline access not granted anymore'),
      { error: 'not_allowed', words: ['Offline tokens not allowed for the user or client'] },
      { error: 'not_allowed' },
    ],
    looks:
      '400 `not_allowed`, "Offline tokens not allowed…", or `invalid_grant` "…offline access not granted anymore".',
    why: 'The role `offline_access` or the client scope of that name was never given, or taken away.',
    remedy: 'Give the user the role `offline_access`. Or leave the scope out.',
    check: 'Look at the roles of the user and the scopes of the client.',
  },
  {
    id: 'user-gone',
    title: 'The user was deleted',
    provider: 'any',
    step,
    rank: 5,
    grants: ['refresh_token', 'authorization_code'],
    answers: [
      refusedWith('Invalid refresh token'),
      refusedWith('User not found'),
      refusedWith('User session not found'),
    ],
    looks: '400 `invalid_grant`, "Invalid refresh token" or "User not found".',
    why: 'The token names a user whom the provider does not have any more.',
    remedy: 'Sign in with a user who exists.',
    check: 'Look for the `sub` of the token among the users of the provider.',
  },
];
