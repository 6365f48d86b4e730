import type { AnswerPattern } from '../answerPattern.ts';
import type { Cause } from '../cause.ts';
import type { EndpointKind } from '../failedGrant.ts';
import {
  accessTokenExpired,
  accessTokenFresh,
  accessTokenFreshHere,
  accessTokenOfFuture,
  accessTokenOpaque,
  accessTokenQuoted,
  accessTokenSignatureCut,
  atProvider,
  isPreflight,
  missesToken,
  otherKindShown,
  preflightUnauthorized,
  schemeMayBeItsOwn,
  sawNoToken,
  sendsOtherScheme,
  showsNoToken,
  showsOtherScheme,
  showsToken,
  wrongScheme,
} from '../clues/accessTokenClues.ts';
import { saidByOther } from '../clues/serverClues.ts';
import { isTimeKnown } from '../sureness.ts';

const provider = 'any';

/** Sentences of those who take access tokens. */
const ofResource = (pattern: Pick<AnswerPattern, 'words' | 'within'>): AnswerPattern => ({
  ...pattern,
  isOfResource: true,
});

/** Sentences of programs that check access tokens, and nothing else. */
const ofChecker = (...within: readonly string[]): AnswerPattern => ({
  within,
  isOfResource: true,
  isTelling: true,
});

/** What ASP.NET Core logs of an access token; of an ID token it logs the same number otherwise. */
const ofBearer = (...numbers: readonly number[]): readonly string[] =>
  numbers.map((number) => `Bearer was not authenticated. Failure message: IDX${number}`);

/** Where nothing but an access token of the provider itself is taken. */
const isOfProvider = (endpoint: EndpointKind): boolean => ['userinfo', 'admin'].includes(endpoint);

/** RFC 6750 §3.1, and what resource servers say that keep to it less. */
const refused = [
  { status: 401 },
  { status: 401, error: 'invalid_token' },
  { error: 'invalid_token' },
] as const;

/** What Keycloak's userinfo says of every token that it cannot verify. */
const refusedByUserinfo: AnswerPattern = { error: 'invalid_token', words: ['Token verification failed'] };

/** What Keycloak's admin API says of every token that it does not take. */
const refusedByAdmin: AnswerPattern = { error: 'HTTP 401 Unauthorized' };

/** What can be wrong with an access token wherever one is shown. */
export const accessToken: readonly Cause[] = [
  {
    id: 'access-token-not-sent',
    title: 'The request carries no access token',
    provider,
    step: 'client',
    rank: 1,
    answers: [
      { status: [400, 401], error: 'invalid_request', words: ['Token not provided', 'Missing token'] },
      ofResource({
        words: [
          'No authorization token was found',
          'Full authentication is required to access this resource',
          'Authentication credentials were not provided',
          'auth header is missing',
          'auth header missing',
          'Jwt is missing',
          'Access token is empty',
        ],
        within: ['AuthenticationRequiredError', 'Full authentication is required to access this resource'],
      }),
      { status: 401, error: null, challenge: 'bearer' },
    ],
    answersWithClue: [{ status: [401, 403] }, { error: 'invalid_request' }, { error: 'unauthorized' }],
    shownBy: [missesToken],
    isSure: ({ answer, endpoint }) => answer?.challenge === 'bearer' || isOfProvider(endpoint),
    excludedBy: [sawNoToken, showsToken, showsOtherScheme, isPreflight],
    looks: '401 with `WWW-Authenticate: Bearer` and no `error`.',
    why: 'The header `Authorization: Bearer <access token>` was never added: the interceptor does not cover this address, the token was not loaded yet, or the request was made by a link or an image.',
    remedy:
      'Send `Authorization: Bearer <access token>`. With this library: make the request by `session.fetch`.',
    check: 'Look at the headers of the request that really went out.',
  },
  {
    id: 'access-token-scheme-wrong',
    title: 'The `Authorization` header is not `Bearer` and a token',
    provider,
    step: 'client',
    rank: 1,
    answersWithClue: [{ status: [401, 403] }, ...refused, { error: 'invalid_request' }],
    shownBy: [wrongScheme],
    doubtedBy: [schemeMayBeItsOwn],
    isSure: ({ answer, endpoint }) => answer?.challenge === 'bearer' || endpoint === 'userinfo',
    looks: '401, as if there were no token.',
    why: 'RFC 6750 §2.1 wants the word `Bearer`, one space and the token, without quotation marks.',
    remedy: 'Write `Authorization: Bearer <access token>`.',
    check: 'Read the header of the request that really went out letter by letter.',
  },
  {
    id: 'preflight-needs-token',
    title: 'The preflight is refused because it carries no token',
    provider,
    step: 'network',
    rank: 1,
    answersWithClue: [{ status: [401, 403] }],
    shownBy: [preflightUnauthorized],
    supportedBy: [isPreflight],
    looks: '401 or 403 to `OPTIONS`; the page sees a CORS error.',
    why: 'Browsers send preflights without credentials (Fetch Standard, CORS protocol), and a filter checks the token before CORS is handled.',
    remedy:
      'Answer `OPTIONS` before the token is checked. Spring: `http.cors()`; a gateway: let `OPTIONS` through.',
    check:
      '`curl -i -X OPTIONS` with `Origin` and `Access-Control-Request-Method`: is the answer 200 or 204?',
  },
  {
    id: 'access-token-expired',
    title: 'The access token has expired',
    provider,
    step: 'grant',
    rank: 1,
    answers: [
      ofResource({
        words: [
          ...['Token', 'The token', 'JWT', 'Access token', 'The access token', 'Bearer token'].flatMap(
            (token) => [`${token} expired`, `${token} is expired`, `${token} has expired`],
          ),
          'The incoming token has expired',
          'Provided token is expired',
          'Signature has expired',
        ],
        within: [
          'access token expired',
          'access token is expired',
          'access token has expired',
          'IDX10223',
          'Lifetime validation failed',
        ],
      }),
      ofChecker(
        'decode the Jwt: Jwt expired',
        'token has invalid claims: token is expired',
        'invalid token (expired)',
        'UnauthorizedError: jwt expired',
        'TokenExpiredError: jwt expired',
        ...ofBearer(10223),
      ),
      refusedByUserinfo,
      { error: 'token_expired' },
      { error: 'TokenExpired' },
      ...refused,
    ],
    answersWithClue: [refusedByAdmin],
    shownBy: [accessTokenExpired],
    isSure: isTimeKnown,
    excludedBy: [accessTokenFresh, accessTokenFreshHere, showsNoToken, sendsOtherScheme, isPreflight],
    looks: '401 with `error="invalid_token"`, some minutes after it worked.',
    why: 'Access tokens live for minutes, and nothing renewed this one, or a copy of it was kept.',
    remedy:
      'Renew the token before it expires, and read it anew for each request. `session.fetch` does both.',
    check: 'Compare `exp` of the token with the clock.',
  },
  {
    id: 'access-token-of-future',
    title: 'The clock of the server that checks the token is behind',
    provider,
    step: 'grant',
    rank: 4,
    answers: [
      ofResource({
        within: [
          'used before issued',
          'token is not valid yet',
          'jwt not active',
          'token can not be used prior to',
          'IDX10222',
          'issued in the future',
          'iat claim timestamp check failed',
          'The token is not yet valid',
          'The token is not valid before',
        ],
      }),
    ],
    answersWithClue: refused,
    supportedBy: [accessTokenOfFuture],
    looks: '401 within the first seconds of a token, "not valid yet", "issued in the future".',
    why: 'The clock of the provider is ahead of the clock of the API, and the API allows for no difference.',
    remedy: 'Set both clocks by NTP, and allow for some seconds where the API checks the token.',
    check: 'Compare the `Date` headers of both servers.',
  },
  {
    id: 'access-token-of-other-kind',
    title: 'Something else was sent as access token',
    provider,
    step: 'grant',
    rank: 3,
    answers: [
      { words: ['ID_TOKEN'], within: ['ID Token instead of an access token'] },
      { error: 'invalid_token', words: ['Token type is invalid', 'Invalid token type'] },
    ],
    answersWithClue: [...refused, { status: 403 }, refusedByUserinfo, refusedByAdmin],
    shownBy: [otherKindShown],
    isSure: (facts) => isOfProvider(facts.endpoint),
    looks: '401 `invalid_token`, always.',
    why: 'An ID token is for the app itself, a refresh token is for the token endpoint; neither says what an API may be asked.',
    remedy: 'Send the `access_token` of the token answer.',
    check: 'Decode the token: Keycloak says in `typ` what it is (`Bearer`, `ID`, `Refresh`).',
  },
  {
    id: 'access-token-malformed',
    title: 'The access token arrives damaged, or the API expects a JWT and gets none',
    provider,
    step: 'grant',
    rank: 4,
    answers: [
      ofResource({
        words: ['CompactToken', 'Malformed token', 'jwt malformed'],
        within: [
          'Invalid serialized unsecured/JWS/JWE object',
          'Bearer token is malformed',
          'IDX12741',
          'IDX12709',
          'Compact JWT strings',
          'JWT strings must contain exactly 2 period characters',
          'Not enough segments',
          'Wrong number of segments',
        ],
      }),
      ofChecker(
        'decode the Jwt: Malformed token',
        'Jwt is not in the form of Header.Payload.Signature',
        'CompactToken parsing failed',
        'UnauthorizedError: jwt malformed',
        'JsonWebTokenError: jwt malformed',
        ...ofBearer(12741, 12709, 14100),
      ),
      refusedByUserinfo,
    ],
    answersWithClue: [...refused, { status: 400 }, refusedByAdmin],
    shownBy: [accessTokenQuoted, accessTokenSignatureCut],
    isSure: (facts, isTold) =>
      isTold || (facts.answer?.status === 401 && accessTokenQuoted(facts) !== undefined),
    supportedBy: [accessTokenOpaque],
    looks: '401 "malformed", "not enough segments", "invalid serialized … object".',
    why: 'The token was cut or quoted on its way, or the provider issues opaque tokens: Auth0 does so without `audience`, others where no API is registered.',
    remedy: 'Send the token whole and without quotation marks. Auth0: ask for it with `audience`.',
    check: 'Count the dots: a signed JWT has two.',
  },
  {
    id: 'access-token-signature-wrong',
    title: 'The API cannot verify the signature of the access token',
    provider,
    step: 'grant',
    rank: 3,
    answers: [
      ofResource({
        words: [
          ...['', 'Token ', 'The token ', 'JWT '].flatMap((of) => [
            `${of}signature is invalid`,
            `${of}signature verification failed`,
          ]),
          'The signature is invalid',
          'Signature validation failed',
          'JWT signature does not match',
          'The signature key was not found',
        ],
        within: [
          'token signature is invalid',
          'IDX10501',
          'IDX10503',
          'IDX10500',
          'IDX10511',
          'IDX10516',
          'Another algorithm expected, or no matching key',
          'Unable to find a signing key that matches',
          'signing key not found',
          'Signed JWT rejected: Invalid signature',
        ],
      }),
      ofChecker(
        "Jwks doesn't have key to match kid or alg",
        'Jwt verification fails',
        "Didn't find publicKey for specified kid",
        'invalid token (signature)',
        'JsonWebTokenError: invalid signature',
        'UnauthorizedError: invalid signature',
        ...ofBearer(10500, 10501, 10503, 10511, 10516),
      ),
      ...refused.slice(1),
    ],
    excludedBy: [atProvider, showsNoToken, sendsOtherScheme, isPreflight],
    looks: '401, "signature is invalid", "no matching key", `IDX10501`.',
    why: 'The API reads the keys of another realm, tenant or version, kept old ones after they were exchanged, or cannot reach the provider. A token of Microsoft Graph can be verified by Graph alone.',
    remedy:
      "Give the API the issuer of the token, so that it reads that issuer's keys. For Entra ask for the scope of your own API.",
    check: "Is the `kid` of the token's header among the keys of the issuer's `jwks_uri`?",
  },
  {
    id: 'access-token-issuer-differs',
    title: 'The API expects the token of another issuer',
    provider,
    step: 'grant',
    rank: 2,
    answers: [
      ofResource({
        words: [
          'The issuer is invalid',
          "The issuer '",
          'Invalid issuer',
          'Invalid token issuer',
          'Token issuer not allowed',
        ],
        within: ['IDX10205', 'unexpected "iss"', 'iss claim value'],
      }),
      ofChecker(
        'The iss claim is not valid',
        'Jwt issuer is not configured',
        "No credentials found for given 'iss'",
        'invalid token (wrong ISS)',
        'jwt issuer invalid',
        ...ofBearer(10205),
      ),
      ...refused.slice(1),
    ],
    excludedBy: [atProvider, showsNoToken, sendsOtherScheme, isPreflight],
    looks: '401, "The iss claim is not valid", "Invalid issuer", `IDX10205`.',
    why: 'An issuer is compared letter by letter. In containers the API knows the provider by another name than the browser does; Entra has v1 (`sts.windows.net`) and v2 issuers; a slash at the end counts.',
    remedy:
      "Configure the API with the token's `iss`, to the letter. Keycloak: set `hostname`, so that there is one.",
    check: 'Decode the token and compare its `iss` with the issuer of the API.',
  },
  {
    id: 'access-token-audience-wrong',
    title: 'The access token is meant for another API',
    provider,
    step: 'grant',
    rank: 2,
    answers: [
      ofResource({
        words: ['The audience is invalid', "The audience '", 'Invalid audience', 'Bad audience'],
        within: ['IDX10214', 'IDX10206', 'unexpected "aud"'],
      }),
      ofChecker(
        'The required audience is missing',
        'Audiences in Jwt are not allowed',
        'The aud claim is not valid',
        '. Allowed audiences: [',
        'jwt audience invalid',
        ...ofBearer(10206, 10214),
        // They check the ID token of a sign-in in the same way, and it is mended in the same way.
        'does not match with any of allowed audiences',
        'oidc: expected audience "',
      ),
      { error: 'invalid_audience' },
      ...refused.slice(1),
    ],
    excludedBy: [atProvider, showsNoToken, sendsOtherScheme, isPreflight],
    looks: '401, "The aud claim is not valid", "Invalid audience", `IDX10214`.',
    why: 'A token names in `aud` whom it is for. Keycloak names the app itself only where an audience mapper says so; Auth0 wants `audience`, Entra a scope of the API, at sign-in.',
    remedy: 'Ask for a token for this API. Keycloak: add an "Audience" mapper to a client scope.',
    check: 'Decode the token: is the name of the API in `aud`?',
  },
  {
    id: 'authorization-header-dropped',
    title: 'The `Authorization` header is lost on the way',
    provider,
    step: 'client',
    rank: 5,
    answersWithClue: [{ status: [401, 403] }],
    supportedBy: [sawNoToken, saidByOther],
    excludedBy: [showsNoToken, showsOtherScheme, isPreflight],
    looks: '401 with `WWW-Authenticate: Bearer` and no `error`, although a token was sent.',
    why: 'Apache passes the header to CGI and WSGI only if told to, browsers drop it at a redirect to another host, some gateways take it out.',
    remedy:
      'Let the proxy pass the header. Apache: `CGIPassAuth On` or `WSGIPassAuthorization On`. Ask the final address.',
    check: 'Write down the headers that arrive at the API.',
  },
];
