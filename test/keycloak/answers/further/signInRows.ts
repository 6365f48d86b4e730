import { badRequest, grantRefused, refusal, tokens, userRefused } from '../known.ts';
import { asking, exchange, password, refresh } from '../requests.ts';
import type { Row } from '../row.ts';
import { planted } from '../stage.ts';

const code = {
  grant_type: 'authorization_code',
  client_id: 'my_client',
  redirect_uri: 'http://localhost:3000/',
};
const invalidScope = refusal(400, 'invalid_scope', 'Invalid scopes: openid no_such_scope');

/** What can be wrong with a sign-in, and with scopes. */
export const signInRows: readonly Row[] = [
  {
    what: 'an account that has something left to do',
    request: password({ username: 'new_user' }),
    answer: grantRefused('Account is not fully set up'),
    cause: 'account-not-set-up',
    knownBy: 'spend',
  },
  {
    what: 'a client that needs consent',
    request: password({ client_id: 'consent_client' }),
    answer: refusal(400, 'invalid_client', 'Client requires user consent'),
    cause: 'consent-needed',
    knownBy: 'spend',
  },
  {
    what: 'the name as `email`',
    request: password({ username: undefined, email: 'user1@example.com' }),
    answer: refusal(401, 'invalid_request', 'Missing parameter: username'),
    cause: 'username-missing',
  },
  {
    what: 'no password',
    request: password({ password: undefined }),
    answer: userRefused,
    cause: 'password-missing',
  },
  {
    what: 'an account that is locked',
    request: async (stage) => {
      await stage.lockOut();
      return password({}, 'guarded')(stage);
    },
    answer: userRefused,
    cause: 'user-locked-out',
    knownBy: 'never',
  },
  {
    what: 'a public client that asks for itself',
    request: asking({ grant_type: 'client_credentials', client_id: 'my_client' }),
    answer: refusal(401, 'unauthorized_client', 'Public client not allowed to retrieve service account'),
    cause: 'service-account-off',
    knownBy: 'spend',
  },
  {
    what: 'a scope beside those of the sign-in',
    request: refresh({ scope: 'openid phone' }),
    answer: tokens,
  },
  {
    what: 'a scope that does not exist',
    request: password({ scope: 'openid no_such_scope' }),
    answer: invalidScope,
    cause: 'scope-unknown',
    knownBy: 'spend',
  },
  {
    what: 'a scope that does not exist, at the refresh',
    request: refresh({ scope: 'openid no_such_scope' }),
    answer: [tokens, invalidScope],
    cause: [undefined, 'scope-unknown'],
    knownBy: 'spend',
  },
  { what: 'a code exchange that is right', request: exchange(), answer: tokens },
  {
    what: 'a junk code',
    request: asking({ ...code, code: planted.wrongSecret }),
    answer: grantRefused('Code not valid'),
    cause: 'code-used-or-unknown',
    knownBy: 'spend',
  },
  {
    what: 'no code',
    request: asking(code),
    answer: badRequest('Missing parameter: code'),
    cause: 'code-missing',
  },
  {
    what: 'another redirect_uri',
    request: exchange({ redirect_uri: 'http://localhost:3000' }),
    answer: grantRefused('Incorrect redirect_uri'),
    cause: 'redirect-uri-differs',
    knownBy: 'spend',
  },
  {
    what: 'a code of another client',
    request: exchange({ client_id: 'no_password' }),
    answer: grantRefused('Auth error'),
    cause: 'code-of-other-client',
    knownBy: 'spend',
  },
  {
    what: 'no verifier',
    request: exchange({ code_verifier: undefined }),
    answer: grantRefused('PKCE code verifier not specified'),
    cause: 'pkce-verifier-missing',
    knownBy: 'spend',
  },
  {
    what: 'the verifier of another sign-in',
    request: exchange({ code_verifier: 'v'.repeat(43) }),
    answer: grantRefused('PKCE verification failed'),
    cause: 'pkce-verifier-wrong',
    knownBy: 'spend',
  },
  {
    what: 'a verifier that is too short',
    request: exchange({ code_verifier: 'short' }),
    answer: [
      grantRefused('PKCE invalid code verifier'),
      grantRefused('PKCE verification failed: Invalid code verifier'),
    ],
    cause: 'pkce-verifier-malformed',
  },
];
