import { badRequest, hiddenFromPage, methodNotAllowed, refusal, tokens, unread } from '../known.ts';
import { at, but, refresh, strict, withHeaders } from '../requests.ts';
import type { Row } from '../row.ts';

const toEndpoint = (name: string) => at(refresh(), (url) => url.replace(/token$/, name));

const fromOrigin = (origin: string) => withHeaders(refresh({}, strict), ['Origin', origin]);

/** What can be wrong with the address and the page. */
export const addressRows: readonly Row[] = [
  {
    what: 'a PUT',
    request: but(refresh(), (request) => ({ ...request, method: 'PUT' })),
    answer: methodNotAllowed,
    cause: 'method-not-post',
  },
  {
    what: 'the path `/tokens`',
    request: toEndpoint('tokens'),
    answer: methodNotAllowed,
    cause: 'endpoint-wrong',
  },
  { what: 'a slash at the end of the path', request: toEndpoint('token/'), answer: tokens },
  {
    what: 'two slashes in the path',
    request: at(refresh(), (url) => url.replace('/realms', '//realms')),
    answer: [tokens, unread(refusal(400, 'missingNormalization'))],
    cause: [undefined, 'path-not-normalized'],
  },
  {
    what: 'the sign-in page as endpoint',
    request: toEndpoint('auth'),
    answer: { status: 400, isReadable: false },
    cause: 'endpoint-wrong',
  },
  {
    what: 'userinfo as endpoint',
    request: toEndpoint('userinfo'),
    answer: { status: 401 },
    cause: 'endpoint-wrong',
  },
  {
    what: 'the issuer as endpoint',
    request: at(refresh(), (url) => url.replace(/\/protocol.*/, '')),
    answer: methodNotAllowed,
    cause: 'endpoint-wrong',
  },
  {
    what: 'the realm in upper case',
    request: refresh({}, { to: 'App' }),
    answer: unread(refusal(404, 'Realm does not exist')),
    cause: 'realm-unknown',
  },
  {
    what: 'a realm that demands https',
    request: refresh({}, { to: 'secure' }),
    answer: { ...badRequest('HTTPS required'), status: 403 },
    cause: 'https-required',
  },
  {
    what: 'a port at which nobody listens',
    request: at(refresh(), (url) => url.replace(/:\d+/, ':9')),
    answer: { status: 0, error: 'ECONNREFUSED' },
    cause: 'connection-refused',
    knownBy: 'never',
  },
  {
    what: 'a page without an origin of its own',
    request: fromOrigin('null'),
    answer: hiddenFromPage,
    cause: 'origin-null',
  },
  {
    what: 'an origin with a slash at its end',
    request: fromOrigin('https://app.example.com/'),
    answer: hiddenFromPage,
    cause: 'origin-not-allowed',
  },
  {
    what: 'an origin of another port',
    request: fromOrigin('https://app.example.com:8443'),
    answer: hiddenFromPage,
    cause: 'origin-not-allowed',
  },
];
