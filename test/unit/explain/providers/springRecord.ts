import type { RequestShape } from '../../../../src/explain/failedGrant.ts';
import type { Recorded } from './recorded.ts';
import { requestsTo } from './requests.ts';

const to = requestsTo('https://id.example.com/oauth2/token');

const PACKAGE = 'spring-projects/spring-authorization-server, …/server/authorization/authentication';
const failed = (
  at: string,
  first: string,
  rest: Pick<Recorded, 'request' | 'source'>,
  error = 'invalid_client',
): Recorded => ({
  status: error === 'invalid_client' ? 401 : 400,
  error,
  description: `Client authentication failed: ${at}`,
  first,
  ...rest,
});

const bySecret = { request: to.exchange, source: `${PACKAGE}/ClientSecretAuthenticationProvider.java` };
const byVerifier = { request: to.exchange, source: `${PACKAGE}/CodeVerifierAuthenticator.java` };
const CONVERTERS = 'public documentation of several servers on Spring that records the answer';

const parameter = (error: string, name: string, first: string, request?: RequestShape): Recorded => ({
  status: 400,
  error,
  description: `OAuth 2.0 Parameter: ${name}`,
  first,
  source: CONVERTERS,
  ...(request && { request }),
});

/** What Spring Authorization Server answers. */
export const springRecord: readonly Recorded[] = [
  failed('client_id', 'client-id-unknown', bySecret),
  failed('client_secret', 'client-secret-wrong', bySecret),
  failed('client_secret_expires_at', 'client-secret-expired', bySecret),
  failed('authentication_method', 'client-secret-method', bySecret),
  failed('credentials', 'client-secret-missing', { ...bySecret, request: to.withoutSecret }),
  failed('client_assertion', 'client-assertion-refused', {
    request: to.withAssertion,
    source: `${PACKAGE}/JwtClientAssertionAuthenticationProvider.java`,
  }),
  failed(
    'code_verifier',
    'pkce-verifier-wrong',
    {
      ...byVerifier,
      request: {
        ...to.exchange,
        fields: { ...to.exchange.fields, code_verifier: { count: 1, isEmpty: false, isPadded: false } },
      },
    },
    'invalid_grant',
  ),
  failed('code_verifier', 'pkce-verifier-missing', byVerifier, 'invalid_grant'),
  failed('code_challenge', 'pkce-challenge-missing', byVerifier, 'invalid_grant'),
  failed('code', 'code-used-or-unknown', byVerifier, 'invalid_grant'),
  parameter('unsupported_grant_type', 'grant_type', 'grant-type-not-offered', to.password),
  parameter('invalid_request', 'grant_type', 'grant-type-missing'),
  parameter('unauthorized_client', 'grant_type', 'grant-off-for-client', to.refresh),
  parameter('invalid_request', 'client_id', 'client-id-missing'),
  parameter('invalid_request', 'code', 'code-missing'),
  parameter('invalid_request', 'redirect_uri', 'redirect-uri-not-registered'),
  parameter('invalid_scope', 'scope', 'scope-unknown', to.machine),
  {
    status: 400,
    error: 'invalid_grant',
    description: 'Wrong client for this refresh token: 5f2d1c0a',
    request: to.refresh,
    first: 'refresh-token-of-other-client',
    source: 'public code: copies of DefaultTokenServices.java of Spring Security OAuth',
  },
  {
    status: 400,
    error: 'invalid_scope',
    description: 'Invalid scope: aisp',
    first: 'scope-unknown',
    source: 'spring-projects/spring-security-oauth, …/provider/request/DefaultOAuth2RequestValidator.java',
  },
];
