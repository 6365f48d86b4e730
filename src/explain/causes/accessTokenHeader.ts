import type { Cause } from '../cause.ts';
import {
  isPreflight,
  missesToken,
  preflightUnauthorized,
  schemeMayBeItsOwn,
  sawNoToken,
  showsNoToken,
  showsOtherScheme,
  showsToken,
  wrongScheme,
} from '../clues/accessTokenClues.ts';
import { saidByOther } from '../clues/serverClues.ts';
import { ofResource, isOfProvider, refused } from './accessTokenAnswers.ts';

const provider = 'any';

/** How an access token is sent, and why it does not arrive. */
export const accessTokenHeader: readonly Cause[] = [
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
