import { clientRefused, refusal, secretRefused, tokens } from '../known.ts';
import { basic, inAddress, password, refresh, renamed, server, withHeaders } from '../requests.ts';
import type { Row } from '../row.ts';
import { planted } from '../stage.ts';

/** What can be wrong with the client and its secret. */
export const clientRows: readonly Row[] = [
  {
    what: 'client_id in upper case',
    request: refresh({ client_id: 'MY_CLIENT' }),
    answer: clientRefused,
    cause: 'client-id-unknown',
  },
  {
    what: 'client_id in quotation marks',
    request: refresh({ client_id: '"my_client"' }),
    answer: clientRefused,
    cause: 'client-id-padded',
  },
  {
    what: 'client_id that was never filled in',
    request: refresh({ client_id: '{{client_id}}' }),
    answer: clientRefused,
    cause: 'client-id-placeholder',
  },
  {
    what: 'an empty client_id',
    request: refresh({ client_id: '' }),
    answer: clientRefused,
    cause: 'client-id-empty',
  },
  {
    what: 'the field `clientId`',
    request: renamed('client_id', 'clientId'),
    answer: clientRefused,
    cause: 'client-id-misspelt',
  },
  {
    what: 'the field `cleint_id`',
    request: renamed('client_id', 'cleint_id'),
    answer: clientRefused,
    cause: 'client-id-misspelt',
  },
  {
    what: 'a public client in a Basic header without a password',
    request: withHeaders(refresh({ client_id: undefined }), basic('my_client', '')),
    answer: tokens,
  },
  {
    what: 'a Basic header with the name and the password of the user',
    request: withHeaders(
      password({ client_id: undefined, username: undefined, password: undefined }),
      basic('user1', planted.wrongPassword),
    ),
    answer: clientRefused,
    cause: 'client-id-unknown',
  },
  {
    what: 'a Basic header that was not encoded',
    request: withHeaders(refresh({ client_id: undefined }, server), [
      'Authorization',
      `Basic my_server:${planted.secret}`,
    ]),
    answer: clientRefused,
    cause: 'basic-header-broken',
  },
  {
    what: 'a Basic header with the id of the confidential client alone',
    request: withHeaders(refresh({ client_id: undefined }, server), basic('my_server', '')),
    answer: secretRefused,
    cause: 'client-secret-empty',
  },
  {
    what: 'a secret with a line end',
    request: refresh({ client_secret: `${planted.secret}\n` }, server),
    answer: secretRefused,
    cause: 'client-secret-padded',
  },
  {
    what: 'the field `clientSecret`',
    request: refresh({ clientSecret: planted.secret }, server),
    answer: secretRefused,
    cause: 'client-secret-misspelt',
  },
  {
    what: 'the secret in the address',
    request: inAddress(
      refresh({ client_secret: planted.secret }, server),
      (name) => name === 'client_secret',
    ),
    answer: secretRefused,
    cause: 'client-secret-in-query',
  },
  {
    what: 'a confidential client without its secret, with a token of another client',
    request: refresh({ client_id: 'my_server' }),
    answer: secretRefused,
    cause: 'client-secret-missing',
  },
  {
    what: 'a SAML client',
    request: refresh({ client_id: 'saml_client' }),
    answer: secretRefused,
    cause: 'saml-client',
  },
  {
    what: 'a client that is to prove itself by an assertion, without one',
    request: refresh({ client_id: 'jwt_client' }),
    answer: refusal(400, 'invalid_client', 'Parameter client_assertion_type is missing'),
    cause: 'client-assertion-missing',
  },
];
