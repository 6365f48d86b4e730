import type { Cause, Clue } from '../cause.ts';
import { empty, encodedTwice, padded, placeholder, withScheme } from '../clues/fieldClues.ts';
import {
  issuedToThis,
  issuerStatedOtherwise,
  issuerStatedSo,
  ofOtherHost,
  ofOtherRealm,
  ofOtherScheme,
  ofSameHost,
} from '../clues/issuerClues.ts';
import {
  alreadyValid,
  expired,
  isRefreshKind,
  issuedToOther,
  notJwt,
  notYetValid,
  otherKind,
  signatureCut,
  signatureWhole,
  stillValid,
} from '../clues/tokenClues.ts';
import { clientNotIdentified } from './clientIdentification.ts';
import { unreadableToken } from './refreshTokenValue.ts';
import { isTimeKnown, ifTold } from '../sureness.ts';

const grants = ['refresh_token'];
const step = 'grant';

/** There another cause says the same, unless the kind is seen. */
const atLogout: Clue = (facts) =>
  facts.endpoint === 'logout' && otherKind(facts) === undefined ? 'The request is a sign-out.' : undefined;
const otherIssuer = [{ error: 'invalid_grant', words: ['Invalid token issuer'] }];

const explained = [empty, encodedTwice, padded, placeholder, withScheme].map((of) => of('refresh_token'));

const unexplainedJunk: Clue = (facts) =>
  explained.some((clue) => clue(facts) !== undefined) ? undefined : notJwt(facts);

/** The refresh token that was sent. */
export const token: readonly Cause[] = [
  {
    id: 'refresh-token-no-longer-valid',
    title: 'The provider does not accept the refresh token any more',
    provider: 'any',
    step,
    rank: 4,
    grants,
    answers: [],
    looks:
      '`invalid_grant`. Google: "Token has been expired or revoked."; Auth0: "Unknown or invalid refresh token."',
    why: 'It has expired, was used before and replaced by a new one, or was revoked: by a sign-out, a new password, an admin, a newer sign-in. At Google it lives seven days while the app is in "Testing".',
    remedy:
      'Sign in again. If it happens often, store each new refresh token and let only one place refresh.',
    check: 'How old is the token, and was it sent before? Look at the log of the provider.',
  },
  {
    id: 'refresh-token-of-page-expired',
    title: 'The refresh token of a page has reached the end of its 24 hours',
    provider: 'entra',
    step,
    rank: 1,
    grants,
    answers: [],
    looks:
      'AADSTS700084: "The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime…".',
    why: 'Refresh tokens of redirect URIs under "Single-page application" live 24 hours from the sign-in; a refresh does not lengthen that.',
    remedy: 'Sign in again, silently first. Where the user has a session nothing is asked.',
    check: 'Compare the time of the sign-in with now.',
  },
  {
    id: 'refresh-token-expired',
    title: 'The refresh token has expired',
    provider: 'any',
    step,
    rank: 1,
    grants,
    answers: [
      { error: 'invalid_grant', words: ['Token is not active', 'Token is expired'] },
      {
        error: 'invalid_grant',
        words: ['Refresh token', 'The refresh token'].flatMap((subject) =>
          ['expired', 'has expired', 'is expired'].map((end) => `${subject} ${end}`),
        ),
      },
      { error: 'invalid_grant' },
    ],
    shownBy: [expired],
    isSure: isTimeKnown,
    excludedBy: [stillValid, otherKind],
    looks: '400 `invalid_grant`, "Token is not active".',
    why: 'Nobody refreshed within the idle time (Keycloak: "SSO Session Idle", each refresh resets it), or the session reached "SSO Session Max", or the machine slept.',
    remedy: 'Sign in again. If it happens to users who are there, refresh earlier or lengthen the idle time.',
    check:
      'Compare `refresh_expires_in` of the last answer with the time since. If it shrinks from refresh to refresh, the session itself will end soon.',
  },
  {
    id: 'refresh-token-not-yet-valid',
    title: 'The refresh token is not valid yet',
    provider: 'any',
    step,
    rank: 6,
    grants,
    answers: [{ error: 'invalid_grant', words: ['Token is not active'] }],
    shownBy: [notYetValid],
    excludedBy: [alreadyValid],
    looks: '400 `invalid_grant`, "Token is not active", right after the sign-in.',
    why: 'The nodes of the server disagree about the time.',
    remedy: 'Set the clocks of the servers by NTP.',
    check: 'Compare `nbf` and `iat` of the token with the `Date` header of the answer.',
  },
  {
    id: 'not-a-refresh-token',
    title: 'What was sent as refresh token is another kind of token',
    provider: 'any',
    step,
    rank: 1,
    grants,
    endpoints: ['token', 'revocation', 'logout'],
    answers: unreadableToken.slice(0, 1),
    answersWithClue: [{ error: 'invalid_grant' }, { error: 'invalid_token' }],
    shownBy: [otherKind],
    excludedBy: [isRefreshKind, notJwt, atLogout],
    looks: '400 `invalid_grant`, "Invalid refresh token".',
    why: 'The access token or the ID token was put into `refresh_token`. All three look alike.',
    remedy: 'Send the `refresh_token` of the last answer. Not its `access_token` or `id_token`.',
    check: 'Decode the token: Keycloak writes `"typ": "Refresh"` or `"Offline"` into a refresh token.',
  },
  {
    id: 'refresh-token-damaged',
    title: 'The refresh token was cut off or changed, or is not from this provider',
    provider: 'any',
    step,
    rank: 2,
    grants,
    answers: unreadableToken.slice(0, 1),
    shownBy: [unexplainedJunk, signatureCut],
    isSure: ifTold,
    looks: '400 `invalid_grant`, "Invalid refresh token".',
    why: 'A field of a database or a cookie was too short, a character was lost while copying, or an old value is left in the storage.',
    remedy: 'Send the token exactly as it came. Look for what cuts or changes it on its way.',
    check: 'Compare its length and its last characters with the answer it came in.',
  },
  {
    id: 'refresh-token-of-other-client',
    title: 'The refresh token was issued to another client',
    provider: 'any',
    step,
    rank: 4,
    grants,
    answers: [
      { error: 'invalid_grant', words: ['Invalid refresh token. Token client and', 'Unmatching clients'] },
      { error: 'invalid_grant' },
    ],
    shownBy: [issuedToOther],
    excludedBy: [issuedToThis],
    looks: '400 `invalid_grant`, "Invalid refresh token. Token client and authorized client don\'t match".',
    why: 'Sign-in and refresh use different client ids, or two apps share a storage.',
    remedy: 'Refresh with the `client_id` of the sign-in. Do not share tokens between apps.',
    check: 'Compare `azp` of the token with `client_id`.',
  },
  {
    id: 'realm-mismatch',
    title: 'The refresh token is of another realm than the one asked',
    provider: 'keycloak',
    step,
    rank: 3,
    grants,
    answersWithClue: [
      ...unreadableToken,
      ...clientNotIdentified,
      ...otherIssuer,
      { status: 401, error: 'unauthorized_client' },
    ],
    shownBy: [ofOtherRealm],
    looks:
      '400 "Invalid refresh token" for a client that every realm has (`admin-cli`), else 401 `invalid_client`.',
    why: 'Sign-in and refresh use different addresses, often `master` in one of them. Each realm has its own keys and clients.',
    remedy: 'Refresh at the realm that issued the token. Take both addresses from one `issuer`.',
    check: 'Compare `iss` of the token with the address of the request.',
  },
  {
    id: 'issuer-host-mismatch',
    title: 'The token was issued under another address of the server',
    provider: 'keycloak',
    step,
    rank: 1,
    grants,
    answers: otherIssuer,
    shownBy: [issuerStatedOtherwise],
    supportedBy: [ofOtherHost],
    excludedBy: [ofSameHost, issuerStatedSo, ofOtherRealm, ofOtherScheme],
    looks: '400 `invalid_grant`, "Invalid token issuer. Expected \'…\'".',
    why: "`localhost` and `127.0.0.1`, a container's name and a public one: to Keycloak each is an issuer of its own, unless a hostname is set.",
    remedy: 'Use one address for sign-in and refresh. Or set `hostname` at the server.',
    check:
      'Compare `iss` of the token with the `issuer` of the discovery document at the address of the refresh.',
  },
  {
    id: 'proxy-hides-address',
    title: 'The server does not know the address under which it is reached',
    provider: 'keycloak',
    step,
    rank: 2,
    grants,
    answers: otherIssuer,
    supportedBy: [ofSameHost, ofOtherScheme],
    excludedBy: [ofOtherRealm],
    looks:
      '400 `invalid_grant`, "Invalid token issuer. Expected \'…\'", where https and http or ports differ.',
    why: 'A proxy ends TLS and does not pass on scheme and host, or the server does not heed what it passes on, on one way but not on the other.',
    remedy: 'Set `hostname` and `proxy-headers` at the server, and send `X-Forwarded-*` at the proxy.',
    check: 'Is the `issuer` of the discovery document the same from everywhere?',
  },
  {
    id: 'signing-keys-changed',
    title: 'The token was signed with a key that the realm does not have',
    provider: 'keycloak',
    step,
    rank: 3,
    grants,
    answers: unreadableToken.slice(0, 1),
    supportedBy: [signatureWhole],
    excludedBy: [notJwt, otherKind],
    looks: '400 `invalid_grant`, "Invalid refresh token", for all users at once.',
    why: 'The realm was recreated, its keys were rotated and removed, or the token is of another realm or server.',
    remedy: 'Sign in again. Keep old keys passive until the tokens they signed have expired.',
    check: 'Compare `kid` in the header of the token with the keys of the realm.',
  },
];
