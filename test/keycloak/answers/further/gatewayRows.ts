import { losingBodies, onlyDiscovery, withJson, withPage } from '../gateways.ts';
import { fieldsNotSeen } from '../known.ts';
import { refresh, through } from '../requests.ts';
import type { Row } from '../row.ts';

const toSignIn = withPage(302, 'Found', { location: 'https://sso.example.com/login' });

/** What can stand in front of a provider. */
export const gatewayRows: readonly Row[] = [
  {
    what: 'a gateway that answers 401 with a page',
    request: through(refresh(), withPage(401, 'Unauthorized')),
    answer: { status: 401 },
    cause: 'gateway-answers',
    knownBy: 'spend',
  },
  {
    what: 'a gateway that answers 401 with a page, but lets discovery through',
    request: through(refresh(), onlyDiscovery(withPage(401, 'Unauthorized'))),
    answer: { status: 401 },
    cause: 'gateway-answers',
  },
  {
    what: 'a gateway that answers 401 with JSON',
    request: through(refresh(), withJson(401, { message: 'Unauthorized' })),
    answer: { status: 401 },
    cause: 'gateway-answers',
  },
  {
    what: 'a firewall that answers 200 with a page',
    request: through(refresh(), onlyDiscovery(withPage(200, 'Blocked'))),
    answer: { status: 200 },
    cause: 'gateway-answers',
    knownBy: 'never',
  },
  {
    what: 'a gateway that leads to a sign-in page',
    request: through(refresh(), onlyDiscovery(toSignIn)),
    answer: { status: 302 },
    cause: 'sign-in-page-answers',
  },
  {
    what: 'a proxy whose server is away',
    request: through(refresh(), withPage(502, 'Bad Gateway')),
    answer: { status: 502 },
    cause: 'server-unavailable',
    knownBy: 'spend',
  },
  {
    what: 'a proxy that limits requests',
    request: through(refresh(), onlyDiscovery(withJson(429, { message: 'slow down' }))),
    answer: { status: 429 },
    cause: 'too-many-requests',
  },
  {
    what: 'a proxy that loses the body',
    request: through(refresh(), losingBodies),
    answer: fieldsNotSeen,
    cause: 'body-missing',
  },
];
