import type { Cause } from '../cause.ts';
import { clue } from '../clues/clue.ts';
import { isInQuery } from '../clues/fieldClues.ts';
import { isStrict, ifTold } from '../sureness.ts';

const sendsRedirectUri = clue(
  (facts) => isInQuery(facts, 'redirect_uri') && !isInQuery(facts, 'post_logout_redirect_uri'),
  'The address holds `redirect_uri`, not `post_logout_redirect_uri`.',
);

const sendsReturn = clue(
  (facts) => isInQuery(facts, 'post_logout_redirect_uri'),
  'The address holds `post_logout_redirect_uri`.',
);

const namesNobody = clue(
  (facts) =>
    facts.request !== undefined &&
    isInQuery(facts, 'post_logout_redirect_uri') &&
    !isInQuery(facts, 'id_token_hint') &&
    !isInQuery(facts, 'client_id'),
  'The address holds neither `id_token_hint` nor `client_id`.',
);

/** Signing out at the provider (OpenID Connect RP-Initiated Logout 1.0). */
export const logout: readonly Cause[] = [
  {
    id: 'logout-redirect-uri-renamed',
    title: 'The parameter is called `post_logout_redirect_uri`, not `redirect_uri`',
    provider: 'keycloak',
    step: 'address',
    rank: 1,
    answersWithClue: [
      { status: 400 },
      { error: 'invalid_request' },
      { words: ['Invalid parameter: redirect_uri'] },
    ],
    shownBy: [sendsRedirectUri],
    isSure: ifTold,
    excludedBy: [sendsReturn],
    looks: 'A page "Invalid parameter: redirect_uri", since Keycloak 18.',
    why: 'Keycloak followed the standard in version 18 and dropped its own parameter. Old adapters still send it.',
    remedy:
      'Send `post_logout_redirect_uri` with `id_token_hint` or `client_id`. Bring the adapter up to date.',
    check: 'Read the address of the sign-out.',
  },
  {
    id: 'logout-hint-missing',
    title: 'The sign-out names neither the user nor the client',
    provider: 'any',
    step: 'address',
    rank: 1,
    answers: [
      {
        words: ['Missing parameters: id_token_hint'],
        within: [
          "Either the parameter 'client_id' or the parameter 'id_token_hint' is required",
          "required parameter 'id_token_hint'",
        ],
      },
    ],
    answersWithClue: [{ status: 400 }, { error: 'invalid_request' }],
    shownBy: [namesNobody],
    isSure: isStrict,
    looks: 'A page "Missing parameters: id_token_hint".',
    why: 'Without a hint the provider does not know whose list of addresses counts, and anybody could sign a user out by a link.',
    remedy: 'Send the ID token as `id_token_hint`, or at least `client_id`.',
    check: 'Read the address of the sign-out.',
  },
  {
    id: 'logout-hint-refused',
    title: 'The ID token in `id_token_hint` is not accepted',
    provider: 'any',
    step: 'grant',
    rank: 2,
    answers: [
      {
        words: ['Invalid parameter: id_token_hint'],
        within: ['id_token_hint is invalid', 'Invalid id_token_hint'],
      },
    ],
    looks: 'A page "Invalid parameter: id_token_hint".',
    why: 'It is an access token, of another realm, or was signed with a key that is gone. An expired ID token is fine.',
    remedy: 'Send the newest ID token of this client. Or leave it out and send `client_id`.',
    check: 'Decode it: `iss` and `aud` must be of this provider and this client.',
  },
  {
    id: 'logout-return-not-registered',
    title: 'The address to return to is not registered',
    provider: 'any',
    step: 'grant',
    rank: 1,
    answers: [
      {
        words: ['Invalid redirect uri'],
        within: [
          'is not defined as a valid URL in "Allowed Logout URLs"',
          'The post_logout_redirect_uri is invalid',
          'post_logout_redirect_uri is not',
          'post_logout_redirect_uri does not',
          'post_logout_redirect_uri not',
          'Invalid post_logout_redirect_uri',
          'Invalid post logout redirect',
          "The 'post_logout_redirect_uri' parameter must be",
        ],
      },
      { error: 'redirect_mismatch' },
      { error: 'invalid_redirect_uri' },
    ],
    answersWithClue: [{ status: 400 }, { error: 'invalid_request' }],
    supportedBy: [sendsReturn],
    looks: 'A page "Invalid redirect uri", or 400.',
    why: 'Where a user may be led after a sign-out is registered, apart from the redirect URIs of the sign-in.',
    remedy:
      'Register it. Keycloak: "Valid post logout redirect URIs" (`+` stands for the redirect URIs), before version 19 "Valid redirect URIs".',
    check: 'Compare scheme, host, port, path and the slash at the end, letter by letter.',
  },
  {
    id: 'logout-token-dead',
    title: 'The refresh token of the sign-out is no longer valid',
    provider: 'keycloak',
    step: 'grant',
    rank: 3,
    answers: [{ error: 'invalid_grant' }, { error: 'invalid_grant', words: ['Invalid refresh token'] }],
    looks: '400 `invalid_grant`, "Invalid refresh token", to a POST.',
    why: 'It is of another realm or another client, or damaged. One that has merely expired is accepted.',
    remedy: "Forget the tokens; for the provider's own session lead the user to the sign-out page.",
    check: 'Decode it: `iss` and `azp`.',
  },
];
