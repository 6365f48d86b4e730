import { userDisabled } from '../fates.ts';
import { badRequest, clientRefused, grantRefused, refusal, tokens, unread } from '../known.ts';
import {
  asking,
  asMultipart,
  at,
  basic,
  password,
  refresh,
  server,
  withHeaders,
  withMore,
} from '../requests.ts';
import type { Row } from '../row.ts';
import { planted } from '../stage.ts';

const toEndpoint = (name: string) => at(refresh(), (url) => url.replace(/token$/, name));

/** What is seldom wrong, what is wrong twice, and what looks wrong and is not. */
export const oddRows: readonly Row[] = [
  {
    what: 'the introspection endpoint',
    request: toEndpoint('token/introspect'),
    answer: unread(refusal(403, 'invalid_request', 'Client not allowed.')),
    cause: 'endpoint-wrong',
  },
  {
    what: 'the revocation endpoint',
    request: toEndpoint('revoke'),
    answer: badRequest('Token not provided'),
    cause: 'endpoint-wrong',
  },
  {
    what: 'a `;` in the path',
    request: at(refresh(), (url) => url.replace('/protocol', ';tenant=1/protocol')),
    answer: [tokens, unread(refusal(400, 'invalidCharacter'))],
    cause: [undefined, 'path-not-normalized'],
  },
  {
    what: 'a DPoP proof that is none',
    request: withHeaders(refresh(), ['DPoP', planted.wrongSecret]),
    answer: [tokens, badRequest('DPoP header verification failure')],
    cause: [undefined, 'dpop-proof-malformed'],
    knownBy: 'spend',
  },
  {
    what: 'a wish for XML',
    request: withHeaders(refresh(), ['Accept', 'application/xml']),
    answer: tokens,
  },
  {
    what: 'a scope of 5,000 characters',
    request: refresh({ scope: 'a'.repeat(5000) }),
    answer: tokens,
  },
  {
    what: 'the grant of a code with a refresh token',
    request: refresh({ grant_type: 'authorization_code' }),
    answer: badRequest('Missing parameter: code'),
    cause: 'code-missing',
  },
  {
    what: 'the grant of a password with a refresh token',
    request: refresh({ grant_type: 'password' }),
    answer: refusal(401, 'invalid_request', 'Missing parameter: username'),
    cause: 'username-missing',
  },
  {
    what: 'client_id twice',
    request: withMore(refresh(), 'client_id=my_client'),
    answer: badRequest('duplicated parameter'),
    cause: 'parameter-twice',
  },
  {
    what: 'a grant that the client may not use',
    request: asking({
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      client_id: 'my_client',
      device_code: planted.wrongSecret,
    }),
    answer: grantRefused('Client not allowed OAuth 2.0 Device Authorization Grant'),
    cause: 'grant-off-for-client',
    knownBy: 'spend',
  },
  {
    what: 'a `%` that was not encoded',
    request: withMore(password({ password: undefined }), `password=${planted.wrongPassword}%z`),
    answer: { status: 500 },
    cause: 'percent-not-encoded',
  },
  {
    what: 'a `%` in the secret of a Basic header',
    request: withHeaders(
      refresh({ client_id: undefined }, server),
      basic('my_server', `${planted.wrongSecret}%z`),
    ),
    answer: refusal(400, 'unauthorized_client', 'Unexpected error when authenticating client'),
    cause: 'client-secret-not-encoded',
  },
  {
    what: 'a multipart body without client_id, to another realm',
    request: asMultipart(refresh({ client_id: undefined }, { to: 'report' })),
    answer: clientRefused,
    cause: 'multipart-body',
  },
  {
    what: 'a user who was disabled after the sign-in',
    request: refresh({}, { fate: userDisabled }),
    answer: grantRefused('User disabled'),
    cause: 'user-disabled',
    knownBy: 'spend',
  },
];
