import type { Cause } from '../cause.ts';
import {
  accessTokenOfOtherHost,
  accessTokenOfOtherRealm,
  hasOpenid,
  lacksOpenid,
  outsideRealms,
  showsNoToken,
} from '../clues/accessTokenClues.ts';
import { ifTold } from '../sureness.ts';

const provider = 'keycloak';

const refused = [
  { status: 401 },
  { status: 401, error: 'invalid_token' },
  { error: 'invalid_token' },
] as const;

/** The userinfo endpoint (OpenID Connect Core §5.3). */
export const userinfo: readonly Cause[] = [
  {
    id: 'userinfo-openid-missing',
    title: 'The access token was issued without the scope `openid`',
    provider: 'any',
    step: 'grant',
    rank: 1,
    answers: [{ error: 'insufficient_scope' }, { status: 403 }, { words: ['Missing openid scope'] }],
    answersWithClue: refused,
    shownBy: [lacksOpenid],
    isSure: ({ answer }) => answer?.status === 403 || answer?.error === 'insufficient_scope',
    excludedBy: [hasOpenid, showsNoToken],
    looks: '403 `insufficient_scope`, "Missing openid scope" (Keycloak 19 and newer); others say 401.',
    why: 'Userinfo is a part of OpenID Connect, and without `openid` the token is one of plain OAuth.',
    remedy: 'Ask for `scope=openid` where the token is issued.',
    check: 'Decode the access token: is `openid` in its `scope`?',
  },
  {
    id: 'userinfo-issuer-differs',
    title: 'The server was asked under another address than the one in the token',
    provider,
    step: 'grant',
    rank: 2,
    answers: [
      {
        error: 'invalid_token',
        words: ['Token verification failed', 'Invalid token issuer', 'Token invalid: Invalid token issuer'],
      },
      { words: ['Token verification failed', 'Invalid token issuer'] },
      ...refused,
    ],
    shownBy: [accessTokenOfOtherHost],
    isSure: ifTold,
    excludedBy: [showsNoToken, outsideRealms],
    looks: '401 `invalid_token`; the log of Keycloak says "Invalid token issuer. Expected …".',
    why: 'Keycloak forms its issuer from the address that it is asked by, unless `hostname` is set. In containers the browser says `localhost`, the back end the name of the service.',
    remedy: 'Set `hostname` in Keycloak, so that it has one issuer. Or ask it by the address in `iss`.',
    check: 'Compare `iss` of the token with the address that was asked.',
  },
  {
    id: 'userinfo-token-of-other-realm',
    title: 'The access token is of another realm',
    provider,
    step: 'grant',
    rank: 3,
    answersWithClue: [...refused, { error: 'invalid_token', words: ['Token verification failed'] }],
    shownBy: [accessTokenOfOtherRealm],
    looks: '401 `invalid_token`.',
    why: 'Each realm has keys of its own and accepts no token of another.',
    remedy: 'Ask the realm that issued the token: `<iss>/protocol/openid-connect/userinfo`.',
    check: 'Read `iss` of the token.',
  },
  {
    id: 'userinfo-session-over',
    title: 'The session or the user behind the token is gone',
    provider,
    step: 'grant',
    rank: 4,
    answers: [
      ...refused,
      {
        words: [
          'User session not found',
          'user_session_not_found',
          'Session expired',
          'Session not active',
          'User disabled',
          'User not found',
          'Client disabled',
        ],
      },
    ],
    excludedBy: [showsNoToken, outsideRealms],
    looks: '401 `invalid_token`, "User session not found or doesn\'t have client attached on it".',
    why: 'Userinfo looks at the session, as an API does not: after a sign-out the token is refused here while its signature is still good. A service account without a refresh token has no session at all.',
    remedy: 'Sign in again. For a service account read what you need from the token.',
    check: 'Is the session listed in the admin console under "Sessions"?',
  },
  {
    id: 'userinfo-audience-wrong',
    title: 'The access token is for another API than userinfo',
    provider: 'any',
    step: 'grant',
    rank: 5,
    answers: refused,
    supportedBy: [outsideRealms],
    excludedBy: [showsNoToken],
    looks: '401 `invalid_token` of Auth0, Entra or Okta, with a token that an API accepts.',
    why: "Entra's userinfo is part of Microsoft Graph and takes only tokens for Graph; Okta's takes those of its own authorization server; Auth0 puts userinfo into `aud` where `openid` was asked for.",
    remedy:
      'Ask for a token with `openid` from the same authorization server. Or read the user from the ID token.',
    check: 'Decode the token and read `aud` and `iss`.',
  },
];
