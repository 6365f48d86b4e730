import type { AnswerPattern } from '../answerPattern.ts';
import { type Cause, provingEndpoints } from '../cause.ts';
import {
  acceptedAsGiven,
  blankInside,
  empty,
  encodedTwice,
  notEncodedInBasic,
  onlyInQuery,
  padded,
  paddedInBasic,
  perhapsPlaceholder,
  pieceWithoutName,
  placeholder,
  placeholderInBasic,
  sent,
  underAnotherName,
} from '../clues/fieldClues.ts';
import { clue } from '../clues/clue.ts';
import {
  basicWasSent,
  emptyBasicSecret,
  provesItselfByAssertion,
  provesItselfTwice,
  sendsNoBasic,
  sendsNoSecret,
  sendsSecret,
  unreadableBasic,
  parametersInQuery,
} from '../clues/requestClues.ts';
import { notKeycloak, stillRefused } from '../clues/serverClues.ts';
import { isStrict, ifTold } from '../sureness.ts';

/** Keycloak's words before about version 20 told the two apart. */
const refused: AnswerPattern = { status: 401, error: 'unauthorized_client' };
const missingOnce: AnswerPattern = {
  error: 'unauthorized_client',
  words: ['Client secret not provided in request'],
};
/** Keycloak's introspection, as 23.0.3 answers. */
const refusedAtIntrospection: AnswerPattern = {
  error: 'invalid_request',
  words: ['Authentication failed'],
};
/** GitHub's code. */
const incorrectElsewhere: AnswerPattern = { error: 'incorrect_client_credentials' };
const wrongOnce: AnswerPattern = { error: 'unauthorized_client', words: ['Invalid client secret'] };

/** Keycloak says so of whatever goes wrong while it looks at a client: a `%` in its Basic header, and much else. */
const unexpected: AnswerPattern = {
  error: 'unauthorized_client',
  words: ['Unexpected error when authenticating client'],
  isHint: true,
};

/** Keycloak's words for a client that it does not have, or that nobody named. */
const unnamed = 'Invalid client or Invalid client credentials';

const clientMayBeUnknown = clue(
  ({ answer, provider, server }) =>
    provider === 'keycloak' &&
    answer?.error === 'invalid_client' &&
    answer.status !== 400 &&
    !(answer.errorDescription?.startsWith(unnamed) && server.clientAtAuthorization === 'accepted'),
  'The client may be unknown.',
);

const step = 'client';

/** How a confidential client proves itself. */
export const clientSecret: readonly Cause[] = [
  {
    id: 'client-secret-missing',
    title: 'The client is confidential, and no secret was sent',
    provider: 'any',
    step,
    rank: 1,
    endpoints: provingEndpoints,
    answers: [refused, missingOnce],
    supportedBy: [sendsNoSecret],
    excludedBy: [
      sendsSecret,
      empty('client_secret'),
      emptyBasicSecret,
      underAnotherName('client_secret'),
      onlyInQuery('client_secret'),
    ],
    looks: '401 `unauthorized_client`. The commonest 401 of apps in browsers and phones.',
    why: 'The client is registered as one that keeps a secret (Keycloak: "Client authentication" is on), from the start or changed later.',
    remedy:
      'Make the client public. Keycloak: "Client authentication" off; Entra: "Allow public client flows" on. A server, which can keep a secret, sends it instead.',
    check: 'Look at the client in the admin console: is it public?',
  },
  {
    id: 'client-secret-wrong',
    title: 'The client secret is wrong',
    provider: 'any',
    step,
    rank: 2,
    endpoints: provingEndpoints,
    answers: [refused, wrongOnce, incorrectElsewhere],
    answersWithClue: [refusedAtIntrospection],
    supportedBy: [sendsSecret, stillRefused, acceptedAsGiven('client_secret')],
    doubtedBy: [acceptedAsGiven('client_id'), perhapsPlaceholder('client_secret')],
    outlastsProbe: acceptedAsGiven('client_secret'),
    excludedBy: [sendsNoSecret, provesItselfByAssertion],
    looks: '401 `unauthorized_client` although a secret is sent.',
    why: 'The secret is of another client, realm or environment, was regenerated, has expired after a rotation, or is the id of the secret in place of its value.',
    remedy:
      'Copy the secret again from the provider. Keycloak: the tab "Credentials" of the client; Entra: the "Value" of the secret, not its "Secret ID".',
    check:
      'Ask for tokens with `client_credentials` or a junk refresh token and the secret from the admin console.',
  },
  {
    id: 'client-authentication-failed',
    title: 'The provider does not know the client, or does not accept its secret',
    provider: 'any',
    step,
    rank: 8,
    endpoints: provingEndpoints,
    answersWithClue: [{ error: 'invalid_client' }],
    supportedBy: [notKeycloak],
    isVague: true,
    looks: '401 or 400 `invalid_client` of another provider than Keycloak.',
    why: 'RFC 6749 §5.2 has one code for an unknown client, a missing or wrong secret, and a way of sending it that the provider does not take.',
    remedy:
      'Check the secret and how it is sent. A public client sends none; the others as registered (form or Basic header).',
    check:
      'Compare with `token_endpoint_auth_methods_supported` in the discovery document and with how the client is registered.',
  },
  {
    id: 'client-secret-misspelt',
    title: '`client_secret` is misspelt',
    provider: 'any',
    step,
    rank: 1,
    endpoints: provingEndpoints,
    answersWithClue: [refused, missingOnce, { error: 'invalid_client' }],
    supportedBy: [underAnotherName('client_secret')],
    excludedBy: [sent('client_secret')],
    looks: '401 `unauthorized_client`, as if it were missing.',
    why: 'Unknown fields are ignored, so `clientSecret` or `secret` counts as nothing.',
    remedy: 'Name the field `client_secret`. Lower case, with an underscore.',
    check: 'Compare the names in the body letter by letter.',
  },
  {
    id: 'client-secret-in-query',
    title: 'The client secret is in the address instead of the body',
    provider: 'any',
    step,
    rank: 1,
    answersWithClue: [refused, missingOnce, { error: 'invalid_client' }],
    shownBy: [onlyInQuery('client_secret')],
    isSure: isStrict,
    excludedBy: [parametersInQuery],
    looks: '401 `unauthorized_client`, as if it were missing.',
    why: 'The query is not looked at, and it is logged on the way (RFC 6749 §2.3.1 forbids it).',
    remedy: 'Move `client_secret` into the form body. Then regenerate it, since it is in logs.',
    check: 'Is there a `?` in the address of the token request?',
  },
  {
    id: 'client-secret-empty',
    title: 'The client secret is empty',
    provider: 'any',
    step,
    rank: 1,
    endpoints: provingEndpoints,
    answersWithClue: [refused, missingOnce, wrongOnce, { error: 'invalid_client' }],
    supportedBy: [empty('client_secret'), emptyBasicSecret],
    looks: '401 `unauthorized_client`.',
    why: 'The variable that holds the secret is not set. To a public client an empty secret does no harm.',
    remedy: 'Set the secret where the app reads it. Or leave it out, if the client is public.',
    check: 'Is the environment variable there in the process that asks?',
  },
  {
    id: 'client-secret-placeholder',
    title: 'The client secret is a placeholder that was never filled in',
    provider: 'any',
    step,
    rank: 1,
    endpoints: provingEndpoints,
    answersWithClue: [refused, wrongOnce, { error: 'invalid_client' }],
    supportedBy: [
      placeholder('client_secret'),
      placeholderInBasic('client_secret'),
      perhapsPlaceholder('client_secret'),
    ],
    doubtedBy: [perhapsPlaceholder('client_secret')],
    looks: '401 `unauthorized_client`.',
    why: 'The variable was not set, so its name, or the masked value of an exported realm (`**********`), went out.',
    remedy: 'Fill in the variable behind `client_secret`. An exported realm does not hold the secret.',
    check: 'Look at the body that really went out, not at the template.',
  },
  {
    id: 'client-secret-padded',
    title: 'The client secret has a space, a line end or a quotation mark around it',
    provider: 'any',
    step,
    rank: 1,
    endpoints: provingEndpoints,
    answersWithClue: [refused, wrongOnce, { error: 'invalid_client' }],
    supportedBy: [padded('client_secret'), paddedInBasic('client_secret')],
    looks: '401 `unauthorized_client`, although the secret looks right.',
    why: 'A line break of a mounted file, or quotation marks of a file of settings, belong to the value.',
    remedy: 'Remove spaces, line breaks and quotation marks around the secret.',
    check: 'Compare its length with that of the secret at the provider.',
  },
  {
    id: 'client-secret-encoded-twice',
    title: 'The client secret is URL-encoded twice',
    provider: 'any',
    step,
    rank: 1,
    endpoints: provingEndpoints,
    answersWithClue: [refused, wrongOnce, { error: 'invalid_client' }],
    supportedBy: [encodedTwice('client_secret')],
    looks: '401 `unauthorized_client`, for secrets with special characters only.',
    why: 'The value was encoded by hand and then once more by the HTTP client.',
    remedy: 'Encode the body once. Give the HTTP client the plain secret.',
    check: 'Look for `%25` in the raw body.',
  },
  {
    id: 'client-secret-not-encoded',
    title: 'A special character of the client secret is not encoded',
    provider: 'any',
    step,
    rank: 1,
    endpoints: provingEndpoints,
    answersWithClue: [
      refused,
      wrongOnce,
      unexpected,
      { error: 'invalid_client' },
      { error: 'invalid_request' },
    ],
    supportedBy: [
      blankInside('client_secret'),
      pieceWithoutName('client_secret'),
      notEncodedInBasic('client_secret'),
    ],
    looks: 'Refused as if the secret were wrong, for secrets with `+`, `&` or `%` only.',
    why: 'In a form `+` is a space, `&` ends the value and `%` begins a code. In a Basic header id and secret are form-encoded as well (RFC 6749 §2.3.1).',
    remedy:
      'Encode the secret once. In a form by `URLSearchParams` or `--data-urlencode`, for a Basic header by `encodeURIComponent`.',
    check: 'Does the secret hold a `+`, `&` or `%`? Does another one without them work?',
  },
  {
    id: 'client-authenticated-twice',
    title: 'The request proves the client in two ways at once',
    provider: 'any',
    step,
    rank: 1,
    endpoints: provingEndpoints,
    answersWithClue: [{ error: 'invalid_request' }, { error: 'invalid_client' }, refused],
    answers: [],
    // No fault by itself: some providers take the first that they find.
    supportedBy: [provesItselfTwice],
    looks: '`invalid_request`. Okta: "Cannot supply multiple client credentials."',
    why: 'Only one way is allowed in a request (RFC 6749 §2.3): the Basic header, the secret in the form, or a signed assertion. Libraries add a Basic header of their own.',
    remedy: 'Send the secret once: in the header or in the form. With an assertion send none.',
    check: 'Is there an `Authorization` header beside `client_secret` or `client_assertion`?',
  },
  {
    id: 'authorization-dropped',
    title: 'The provider did not see the `Authorization` header of the request',
    provider: 'any',
    step,
    rank: 1,
    endpoints: provingEndpoints,
    answersWithClue: [
      { status: 400, error: 'invalid_client', words: ['Missing client_id parameter'] },
      { status: 400, error: 'unauthorized_client', words: ['UNKNOWN_CLIENT'] },
      missingOnce,
      // Not by its words: those would outdo what is known by the code, also where this cause is ruled out.
      { status: 401, error: 'invalid_client', provider: 'keycloak', isCommonplace: true },
    ],
    supportedBy: [basicWasSent],
    excludedBy: [clientMayBeUnknown],
    looks: 'An answer that misses the client or its secret, although a Basic header was sent.',
    why: 'A proxy or a gateway takes the header for its own, a redirect to another host drops it, or the provider reads the secret in the form only.',
    remedy: 'Let the proxy pass on `Authorization`. Or send `client_id` and `client_secret` in the form.',
    check:
      'Send the request past the proxy, with a junk token. Does the provider list `client_secret_basic` in its discovery document?',
  },
  {
    id: 'client-secret-expired',
    title: 'The client secret has expired',
    provider: 'any',
    step,
    rank: 2,
    endpoints: provingEndpoints,
    answers: [],
    looks:
      '401 `invalid_client`. Entra: AADSTS7000222; Spring: "Client authentication failed: client_secret_expires_at".',
    why: 'Secrets of this provider have an end, which somebody set when the secret was made.',
    remedy: 'Create a new secret and give it to the app. Then remove the old one, and note the new end.',
    check: 'Look at the end of each secret of the client at the provider.',
  },
  {
    id: 'client-secret-superfluous',
    title: 'The client is public, and a secret was sent',
    provider: 'entra',
    step,
    rank: 2,
    endpoints: provingEndpoints,
    answers: [],
    looks:
      "AADSTS700025: \"Client is public so neither 'client_assertion' nor 'client_secret' should be presented\".",
    why: 'The redirect URI or the app is registered for a desktop or mobile app or a page, which can keep no secret.',
    remedy: 'Leave the secret out. Or register the redirect URI under "Web", if a server redeems the code.',
    check:
      'Look at "Authentication" of the app registration: platform of the address, "Allow public client flows".',
  },
  {
    id: 'client-not-public',
    title: 'The app is not registered as one that can do without a secret',
    provider: 'entra',
    step,
    rank: 2,
    answers: [],
    looks: 'AADB2C90058: "The provided application is not configured to allow public clients."',
    why: 'A flow without a secret was used, and "Allow public client flows" is off.',
    remedy: 'Switch "Allow public client flows" on. Or send the secret, if a server asks.',
    check: 'Look at "Authentication" of the app registration.',
  },
  {
    id: 'client-secret-method',
    title: 'The secret was sent in the way the client does not allow',
    provider: 'any',
    step,
    rank: 2,
    endpoints: provingEndpoints,
    answers: [{ error: 'unauthorized_client', words: ['Invalid method used to get client secret'] }],
    looks:
      '401 `unauthorized_client`, "Invalid method used to get client secret…" (Keycloak 26.6 and newer).',
    why: 'The client is fixed to `client_secret_basic` or `client_secret_post`, and the other one was used.',
    remedy: 'Send the secret in the way that is registered. Or allow the other one for the client.',
    check: 'Read which method the answer asks for, or look at how the client is registered.',
  },
  {
    id: 'basic-header-broken',
    title: 'The Basic header cannot be decoded',
    provider: 'any',
    step,
    rank: 3,
    endpoints: provingEndpoints,
    answers: [unexpected],
    answersWithClue: [unexpected, { error: 'invalid_client' }, { error: 'unauthorized_client' }],
    shownBy: [unreadableBasic],
    isSure: ifTold,
    excludedBy: [basicWasSent, sendsNoBasic],
    looks:
      '400 `unauthorized_client`, "Unexpected error when authenticating client…", or 401 `invalid_client`.',
    why: 'Id and secret are form-encoded before they go into the header (RFC 6749 §2.3.1). A bare `%` in a secret breaks that; so does a header that is not base64 of `id:secret`.',
    remedy: 'Form-encode id and secret before the Basic header. Or send the secret in the form.',
    check: 'Does the secret hold a `%`?',
  },
  {
    id: 'client-authenticator-not-set-up',
    title: 'The client is to prove itself in a way that is not set up',
    provider: 'keycloak',
    step,
    rank: 4,
    answers: [
      {
        error: 'unauthorized_client',
        words: ['Client credentials setup required', 'CLIENT_CREDENTIALS_SETUP_REQUIRED'],
      },
      { error: 'invalid_client', words: ['Client authentication ended, but client is null'] },
    ],
    looks: '400 `unauthorized_client`, "Client credentials setup required".',
    why: 'The client is set to signed JWTs or certificates, and its keys or subject are missing.',
    remedy: 'Finish the tab "Credentials" of the client. Or choose "Client Id and Secret".',
    check: 'Look at "Client Authenticator" there.',
  },
];
