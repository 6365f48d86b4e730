import {
  answer,
  exchange,
  field,
  fieldsOf,
  grant,
  grantTypeMissed,
  html,
  invalidClient,
  invalidGrant,
  invalidRequest,
  invalidToken,
  nowSeconds,
  realmUrl,
  refresh,
  refreshToken,
  refreshWith,
  refreshWithout,
  renamed,
  type Row,
  server,
  signInWithPassword,
  tokenUrl,
  unauthorizedClient,
} from './evidence.ts';
import type { FailedGrant, GrantAnswer, RequestShape } from '../../../src/explain/failedGrant.ts';

const row = (first: string, what: string, failure: FailedGrant): Row => ({ first, what, failure });

/** An answer to a request. */
const told = (first: string, answered: GrantAnswer, request?: RequestShape): Row =>
  row(first, `${answered.status} ${answered.error ?? ''} ${answered.errorDescription ?? ''}`, {
    answer: answered,
    request,
  });

/** A refusal of this grant in these words. */
const refused = (first: string, description: string, request: RequestShape = refresh()): Row =>
  told(first, invalidGrant(description), request);

/** A refusal because of a value of this field. */
const value = (
  first: string,
  answered: GrantAnswer,
  name: string,
  changes: Partial<ReturnType<typeof field>>,
): Row =>
  row(first, `${name} with ${JSON.stringify(changes)}`, {
    answer: answered,
    request: refreshWith(name, changes),
  });

const withSecret = (changes: Partial<ReturnType<typeof field>>): RequestShape =>
  refresh({ fields: { ...refresh().fields, client_secret: field(changes) } });

const without = (request: RequestShape, name: string): RequestShape => ({
  ...request,
  fields: Object.fromEntries(Object.entries(request.fields).filter(([other]) => other !== name)),
});

const withProof = (changes: object = {}): RequestShape =>
  refresh({
    refreshToken: refreshToken({ boundTo: 'key' }),
    dpopProof: {
      method: 'POST',
      url: tokenUrl,
      algorithm: 'ES256',
      issuedAtSeconds: nowSeconds,
      hasKey: true,
      ...changes,
    },
  });

const inTime = { nowSeconds, server: { clockDifferenceSeconds: 0 } } as const;
const hidden = { noAnswer: 'hidden' } as const;
const page = { headerNames: ['authorization', 'traceparent'], authorization: 'bearer' } as const;
const preflight = { status: 204, allowsOrigin: true } as const;

/** Mistakes and answers that Keycloak's source, reports and RFC 6749 tell of. */
export const furtherRows: readonly Row[] = [
  row('client-id-misspelt', 'clientId', { answer: invalidClient, request: renamed('client_id', 'clientId') }),
  row('client-id-misspelt', 'client-id', {
    answer: invalidClient,
    request: renamed('client_id', 'client-id'),
  }),
  row('client-id-misspelt', 'clinet_id', {
    answer: invalidClient,
    request: renamed('client_id', 'clinet_id'),
  }),
  row('client-id-missing', 'a bare 401 with a Basic challenge', {
    answer: answer(401, undefined, undefined, { challenge: 'basic' }),
    request: refreshWithout('client_id', { clientId: undefined, authorization: 'bearer' }),
  }),
  row('client-id-missing', '400 before Keycloak 20', {
    answer: answer(
      400,
      'unauthorized_client',
      'UNKNOWN_CLIENT: Client was not identified by any client authenticator',
    ),
    request: refreshWithout('client_id', { clientId: undefined }),
  }),
  value('client-id-empty', invalidClient, 'client_id', { isEmpty: true }),
  value('client-id-placeholder', invalidClient, 'client_id', { isPlaceholder: true }),
  value('client-id-encoded-twice', invalidClient, 'client_id', { isEncodedTwice: true }),
  row('client-named-twice', 'another client in the Basic header', {
    answer: answer(401, 'invalid_client'),
    request: refresh({ authorization: 'basic', basicClientId: 'other', hasBasicSecret: true }),
  }),
  row('client-id-unknown', 'the authorization endpoint does not know the client', {
    answer: invalidClient,
    request: refresh(),
    server: { clientAtAuthorization: 'unknown' },
  }),
  row('client-disabled', 'the authorization endpoint says disabled', {
    answer: invalidClient,
    request: refresh({ clientId: 'other' }),
    server: { clientAtAuthorization: 'disabled' },
  }),
  told('bearer-only-client', answer(400, 'invalid_client', 'Bearer-only not allowed'), refresh()),
  told('saml-client', answer(400, 'invalid_client', 'Wrong client protocol.'), refresh()),
  told(
    'exchange-not-permitted',
    answer(403, 'access_denied', 'Client is not within the token audience'),
    grant('urn:ietf:params:oauth:grant-type:token-exchange', 'subject_token'),
  ),
  refused(
    'subject-token-invalid',
    'Invalid bearer token',
    grant('urn:ietf:params:oauth:grant-type:uma-ticket', 'audience'),
  ),
  told('endpoint-wrong', answer(401, 'HTTP 401 Unauthorized'), {
    ...refresh(),
    url: tokenUrl.replace('/realms/', '/admin/realms/'),
  }),
  told('client-disabled', answer(400, undefined, 'Client disabled.'), {
    method: 'GET',
    url: tokenUrl.replace(/token$/, 'auth'),
    encoding: 'none',
    fields: {},
    queryFields: fieldsOf('response_type', 'client_id', 'redirect_uri'),
  }),
  row('code-malformed', 'what follows it in the address', {
    answer: invalidGrant('Code not valid'),
    request: { ...exchange, fields: { ...exchange.fields, code: field({ isFollowed: true }) } },
  }),
  row('grant-type-unknown', 'another mark in the URN', {
    answer: answer(400, 'unsupported_grant_type'),
    request: { ...refresh(), grantType: 'urn:ietf:params:oauth:grant-type:token_exchange' },
  }),
  told('field-missing', invalidRequest('Missing parameter: device_code')),
  told('path-unknown', answer(404, 'Unable to find matching target resource method'), {
    method: 'GET',
    url: `${new URL(realmUrl).origin}/shop/clients`,
    encoding: 'none',
    fields: {},
    queryFields: {},
  }),
  refused('standard-flow-off', 'Client not allowed to exchange code', exchange),
  told(
    'service-account-off',
    answer(401, 'unauthorized_client', 'Client not enabled to retrieve service account'),
    grant('client_credentials', 'client_secret'),
  ),
  told('client-secret-missing', answer(401, 'unauthorized_client', 'Client secret not provided in request')),
  told('client-secret-wrong', answer(401, 'unauthorized_client', 'Invalid client secret')),
  row('client-authentication-failed', 'a secret refused by another provider', {
    answer: answer(401, 'invalid_client', 'Client authentication failed'),
    request: { ...withSecret({}), url: 'https://id.example.com/token' },
    server: { product: 'unknown' },
  }),
  row('client-secret-misspelt', 'clientSecret', {
    answer: unauthorizedClient,
    request: refresh({ fields: { ...refresh().fields, clientSecret: field() } }),
  }),
  row('client-secret-in-query', 'client_secret in the address', {
    answer: unauthorizedClient,
    request: refresh({ queryFields: fieldsOf('client_secret') }),
  }),
  row('saml-client', 'the authorization endpoint says SAML', {
    answer: unauthorizedClient,
    request: refresh(),
    server: { clientAtAuthorization: 'saml' },
  }),
  row('parameters-in-query', 'all fields in the address of an empty POST', {
    answer: grantTypeMissed,
    request: refresh({ encoding: 'none', contentType: undefined, fields: {}, queryFields: refresh().fields }),
  }),
  told('grant-type-missing', answer(400, 'unsupported_grant_type', 'Unsupported grant_type'), {
    ...refreshWith('grant_type', { isEmpty: true }),
    grantType: undefined,
  }),
  told(
    'grant-type-unknown',
    answer(400, 'unsupported_grant_type', 'Unsupported grant_type'),
    refresh({ grantType: 'refresh_token ' }),
  ),
  told(
    'grant-type-not-offered',
    answer(501, 'Feature not enabled'),
    grant('urn:ietf:params:oauth:grant-type:token-exchange', 'subject_token'),
  ),
  told(
    'endpoint-wrong',
    answer(401, 'HTTP 401 Unauthorized'),
    refresh({ url: 'http://127.0.0.1:8180/admin/realms/my_realm/users' }),
  ),
  told(
    'endpoint-wrong',
    answer(302, undefined, undefined, { location: '/realms/my_realm/login-actions/x' }),
    refresh({ url: tokenUrl.replace('/token', '/auth') }),
  ),
  told(
    'endpoint-wrong',
    answer(403, 'invalid_request', 'Client not allowed.'),
    refresh({ url: `${tokenUrl}/introspect` }),
  ),
  told('client-secret-empty', unauthorizedClient, withSecret({ isEmpty: true })),
  told('client-secret-placeholder', unauthorizedClient, withSecret({ isPlaceholder: true })),
  told('client-secret-padded', unauthorizedClient, withSecret({ isPadded: true })),
  told('client-secret-encoded-twice', unauthorizedClient, withSecret({ isEncodedTwice: true })),
  told(
    'client-secret-method',
    answer(
      401,
      'unauthorized_client',
      "Invalid method used to get client secret. Client requires method 'client_secret_basic'",
    ),
  ),
  told(
    'basic-header-broken',
    answer(400, 'unauthorized_client', 'Unexpected error when authenticating client: URLDecoder'),
  ),
  told(
    'client-authenticator-not-set-up',
    answer(400, 'unauthorized_client', 'Client credentials setup required'),
  ),
  told(
    'client-assertion-refused',
    unauthorizedClient,
    grant('refresh_token', 'refresh_token', 'client_assertion'),
  ),

  row('body-missing', 'an empty POST', {
    answer: grantTypeMissed,
    request: refresh({ encoding: 'none', contentType: undefined, fields: {} }),
  }),
  row('parameters-in-query', 'all fields in the address', {
    answer: grantTypeMissed,
    request: refresh({ encoding: 'form', fields: {}, queryFields: refresh().fields }),
  }),
  row('content-type-wrong', 'a form as text/plain', {
    answer: grantTypeMissed,
    request: refresh({ contentType: 'text/plain' }),
  }),
  row('body-not-a-form', 'a body of another kind', {
    answer: grantTypeMissed,
    request: refresh({ encoding: 'other', fields: {} }),
  }),
  row('percent-not-encoded', 'a stray percent sign', {
    answer: answer(500, 'unknown_error'),
    request: refresh({ hasStrayPercent: true }),
  }),
  refused(
    'grant-off-for-client',
    'Client not allowed OAuth 2.0 Device Authorization Grant',
    grant('urn:ietf:params:oauth:grant-type:device_code', 'device_code'),
  ),
  row('issuer-differs', "Go's library", {
    answer: answer(
      400,
      undefined,
      'oidc: issuer did not match the issuer returned by provider, expected "a" got "b"',
    ),
  }),
  row('gateway-answers', 'a page that says 401', {
    answer: answer(401, undefined, undefined, { contentType: 'text/html', isMalformed: true }),
    request: refresh(),
  }),
  row('sign-in-page-answers', 'a page that says 200, which no page may read', {
    answer: answer(200, undefined, undefined, {
      contentType: 'text/html',
      isMalformed: true,
      isReadable: false,
    }),
    request: refresh(),
  }),
  told('path-not-normalized', answer(400, 'invalidCharacter')),
  told(
    'client-assertion-missing',
    answer(400, 'invalid_client', 'Parameter client_assertion_type is missing'),
  ),
  row('content-type-wrong', 'a form without Content-Type', {
    answer: answer(415),
    request: refresh({ contentType: undefined }),
  }),
  row('json-body', 'JSON to another provider', {
    answer: answer(415),
    request: refresh({
      url: 'https://id.example.com/token',
      encoding: 'json',
      contentType: 'application/json',
    }),
  }),
  row('multipart-body', 'multipart to another provider', {
    answer: invalidRequest('only application/x-www-form-urlencoded content-type bodies are supported'),
    request: refresh({ encoding: 'multipart', contentType: 'multipart/form-data' }),
  }),
  row('parameter-too-long', 'a scope of 5000 characters', {
    answer: invalidRequest("The size of OIDC parameter 'scope' is longer than allowed."),
    request: refresh({ fields: { ...refresh().fields, scope: field({ length: 5000 }) } }),
  }),
  told('request-too-large', html(431), refresh()),
  row('grant-type-missing', 'no grant_type', {
    answer: grantTypeMissed,
    request: refreshWithout('grant_type', { grantType: undefined }),
  }),
  row('grant-type-misspelt', 'grantType', {
    answer: grantTypeMissed,
    request: { ...renamed('grant_type', 'grantType'), grantType: undefined },
  }),
  row('grant-type-unknown', 'refreshToken as grant type', {
    answer: answer(400, 'unsupported_grant_type', 'Unsupported grant_type'),
    request: refresh({ grantType: 'refreshToken' }),
  }),
  row('grant-type-not-offered', 'a grant the server does not list', {
    answer: answer(400, 'unsupported_grant_type', 'Unsupported grant_type'),
    request: signInWithPassword,
    server: { discovery: { url: realmUrl, isMetadata: true, grantTypes: ['refresh_token'] } },
  }),

  row('refresh-token-misspelt', 'refreshToken', {
    answer: invalidRequest('No refresh token'),
    request: renamed('refresh_token', 'refreshToken'),
  }),
  row('refresh-token-misspelt', 'refresh-token', {
    answer: invalidRequest('No refresh token'),
    request: renamed('refresh_token', 'refresh-token'),
  }),
  row('refresh-token-misspelt', 'token', {
    answer: invalidRequest('No refresh token'),
    request: renamed('refresh_token', 'token'),
  }),
  row('refresh-token-in-query', 'refresh_token in the address', {
    answer: invalidRequest('No refresh token'),
    request: refreshWithout('refresh_token', { queryFields: fieldsOf('refresh_token') }),
  }),
  value('refresh-token-empty', invalidRequest('No refresh token'), 'refresh_token', { isEmpty: true }),
  value('refresh-token-placeholder', invalidToken, 'refresh_token', { isPlaceholder: true }),
  value('refresh-token-padded', invalidToken, 'refresh_token', { isPadded: true }),
  value('refresh-token-with-scheme', invalidToken, 'refresh_token', { hasScheme: true }),
  value('refresh-token-encoded-twice', invalidToken, 'refresh_token', { isEncodedTwice: true }),

  row('refresh-token-not-yet-valid', 'a server ahead of another', {
    answer: invalidGrant('Token is not active'),
    request: refresh({ refreshToken: refreshToken({ notBeforeSeconds: nowSeconds + 90 }) }),
    ...inTime,
  }),
  refused(
    'signing-keys-changed',
    'Invalid refresh token',
    refresh({ refreshToken: refreshToken({ isSignatureWhole: true }) }),
  ),
  refused(
    'refresh-token-damaged',
    'Invalid refresh token',
    refresh({ refreshToken: refreshToken({ isSignatureWhole: false }) }),
  ),
  row('proxy-hides-address', 'https outside, http inside', {
    answer: invalidGrant("Invalid token issuer. Expected 'http://127.0.0.1:8180/realms/my_realm'"),
    request: refresh({ refreshToken: refreshToken({ issuer: realmUrl.replace('http:', 'https:') }) }),
  }),
  row('issuer-host-mismatch', 'a server that states another issuer', {
    answer: invalidGrant("Invalid token issuer. Expected 'http://localhost:8180/realms/my_realm'"),
    request: refresh({ url: tokenUrl.replace('127.0.0.1', 'localhost') }),
    server: {
      discovery: { url: realmUrl, isMetadata: true, issuer: realmUrl.replace('127.0.0.1', 'localhost') },
    },
  }),
  refused(
    'refresh-token-of-other-client',
    'Unmatching clients',
    refresh({ refreshToken: refreshToken({ authorizedParty: 'other' }) }),
  ),

  refused('session-timed-out', 'Client session not active'),
  refused('refresh-token-reused', 'Stale token'),
  refused('token-of-earlier-login', 'Refresh toked issued before the user session started'),
  refused('token-of-earlier-login', 'refresh token issued before the client session started'),
  refused(
    'offline-session-ended',
    'Offline user session not found',
    refresh({ refreshToken: refreshToken({ typ: 'Offline' }) }),
  ),
  refused('offline-access-withdrawn', 'Offline session invalid because offline access not granted anymore'),
  told(
    'offline-access-withdrawn',
    answer(400, 'not_allowed', 'Offline tokens not allowed for the user or client'),
    refresh(),
  ),
  refused('user-gone', 'User not found', exchange),

  row('user-disabled', 'refresh of a disabled user', {
    answer: invalidGrant('User disabled'),
    request: refresh(),
  }),
  told('password-missing', invalidGrant('Invalid user credentials'), without(signInWithPassword, 'password')),
  refused(
    'second-factor-missing',
    'Invalid user credentials',
    grant('password', 'username', 'password', 'totp'),
  ),
  told('email-of-two-users', answer(401, 'invalid_request', 'Invalid user credentials'), signInWithPassword),
  refused('account-not-set-up', 'Account is not fully set up', signInWithPassword),

  told('code-missing', invalidRequest('Missing parameter: code'), without(exchange, 'code')),
  refused('code-used-or-unknown', 'Code not valid', exchange),
  refused('code-expired', 'Code is expired', exchange),
  refused('redirect-uri-differs', 'Incorrect redirect_uri', exchange),
  refused('redirect-uri-differs', 'a reason of another provider', without(exchange, 'redirect_uri')),
  refused('code-of-other-client', 'Auth error: Found different client_id in clientSession', exchange),
  refused('sign-in-session-gone', 'Session not active', exchange),
  refused('pkce-verifier-missing', 'PKCE code verifier not specified', without(exchange, 'code_verifier')),
  refused(
    'pkce-challenge-missing',
    'PKCE code verifier specified but challenge not present in authorization',
    exchange,
  ),
  refused('pkce-verifier-malformed', 'PKCE verification failed: Invalid code verifier', {
    ...exchange,
    fields: { ...exchange.fields, code_verifier: field({ length: 12 }) },
  }),
  refused('pkce-verifier-wrong', 'PKCE verification failed: Code mismatch', exchange),

  told('scope-unknown', answer(400, 'invalid_scope', 'Invalid scopes: openid no_scope'), signInWithPassword),
  told('scope-wider-than-granted', answer(400, 'invalid_scope'), refresh({ scope: 'openid email' })),
  told(
    'scope-unknown',
    answer(400, 'invalid_scope', 'Invalid scopes: openid nope'),
    refresh({ scope: 'openid nope' }),
  ),
  told(
    'path-not-normalized',
    answer(400, 'missingNormalization', 'Request path not normalized'),
    refresh({ url: `${server}//realms/r/protocol/openid-connect/token` }),
  ),
  row('basic-header-broken', 'a Basic header that is no base64 (26)', {
    answer: invalidClient,
    request: refreshWithout('client_id', { clientId: undefined, authorization: 'basic' }),
  }),
  told(
    'grant-type-not-offered',
    invalidRequest('Standard token exchange is not enabled for the requested client'),
    grant('urn:ietf:params:oauth:grant-type:token-exchange', 'subject_token'),
  ),
  told(
    'dpop-proof-malformed',
    answer(400, 'invalid_dpop_proof', 'DPoP header verification failure'),
    refresh(),
  ),
  row('refresh-token-with-scheme', 'a value that is no JWT because of the scheme', {
    answer: invalidToken,
    request: {
      ...refreshWith('refresh_token', { hasScheme: true }),
      refreshToken: { isJwt: false, length: 700 },
    },
  }),
  told(
    'consent-withdrawn',
    answer(400, 'invalid_scope', 'Client no longer has requested consent from user'),
    refresh(),
  ),
  told('consent-needed', answer(400, 'invalid_client', 'Client requires user consent'), signInWithPassword),

  refused(
    'dpop-proof-missing',
    'DPoP proof is missing',
    refresh({ refreshToken: refreshToken({ boundTo: 'key' }) }),
  ),
  refused('dpop-key-differs', "DPoP confirmation doesn't match DPoP proof", withProof()),
  row('dpop-clock-wrong', 'a proof of two minutes ago', {
    answer: answer(400, 'invalid_dpop_proof', 'DPoP proof is not active'),
    request: withProof({ issuedAtSeconds: nowSeconds - 120 }),
    ...inTime,
  }),
  told(
    'dpop-proof-reused',
    answer(400, 'invalid_dpop_proof', 'DPoP proof has already been used'),
    withProof(),
  ),
  told(
    'dpop-proof-for-other-request',
    invalidRequest('DPoP HTTP URL mismatch'),
    withProof({ url: realmUrl }),
  ),
  told('dpop-proof-malformed', invalidRequest('No JWK in DPoP header'), withProof({ hasKey: false })),
  told('dpop-nonce-needed', answer(400, 'use_dpop_nonce'), withProof()),
  told(
    'certificate-differs',
    answer(
      401,
      'unauthorized_client',
      'Client certificate missing, or its thumbprint and one in the refresh token did NOT match',
    ),
  ),
  told('certificate-differs', invalidRequest('Client Certification missing for MTLS HoK Token Binding')),

  row('origin-not-allowed', 'a junk token is answered without CORS', {
    ...hidden,
    request: refresh(),
    server: { junkTokenAnswer: { ...invalidToken, isReadable: false } },
  }),
  row('origin-null', 'a page from a file', { ...hidden, request: refresh({ origin: 'null' }) }),
  row('preflight-refused', 'a gateway that refuses OPTIONS', {
    ...hidden,
    request: refresh(page),
    server: { preflight: { status: 401, allowsOrigin: false } },
  }),
  row('header-not-allowed', 'a tracing header', {
    ...hidden,
    request: refresh(page),
    server: { preflight: { ...preflight, refusedHeaders: ['traceparent'] } },
  }),
  row('mixed-content', 'https page, http provider', {
    ...hidden,
    request: refresh({ url: 'http://id.example.com/token' }),
  }),
  row('offline-or-blocked', 'the answers are readable otherwise', {
    ...hidden,
    request: refresh(),
    server: { junkTokenAnswer: invalidToken },
  }),

  told(
    'https-required',
    answer(403, 'invalid_request', 'HTTPS required'),
    refresh({ url: 'http://id.example.com/realms/r/protocol/openid-connect/token' }),
  ),
  row('base-path-wrong', 'found with /auth', {
    answer: answer(404),
    request: refresh(),
    server: { issuerNearby: 'http://127.0.0.1:8180/auth/realms/my_realm' },
  }),
  row('realm-unknown', 'asked for, where the answer has no body', {
    answer: answer(404),
    request: refresh(),
    server: { discovery: { url: realmUrl, status: 404, isMetadata: false, error: 'Realm does not exist' } },
  }),
  row('endpoint-wrong', 'the endpoint of the sign-in page', {
    answer: html(404),
    request: refresh({ url: tokenUrl.replace('/token', '/auth') }),
  }),
  row('endpoint-wrong', 'another endpoint than the one stated', {
    answer: answer(404),
    request: refresh({ url: 'https://id.example.com/oauth/tokens' }),
    server: {
      discovery: {
        url: 'https://id.example.com',
        isMetadata: true,
        tokenEndpoint: 'https://id.example.com/oauth/token',
      },
    },
  }),
  row('redirected', 'http to https', {
    answer: answer(301, undefined, undefined, { location: tokenUrl.replace('http:', 'https:') }),
    request: refresh(),
  }),
  row('host-unknown', 'ENOTFOUND', { noAnswer: 'name_unknown', request: refresh() }),
  row('connection-refused', 'ECONNREFUSED', { noAnswer: 'connection_refused', request: refresh() }),
  row('server-silent', 'a time-out', { noAnswer: 'timed_out', request: refresh() }),
  row('connection-lost', 'ECONNRESET', { noAnswer: 'connection_lost', request: refresh() }),
  row('certificate-refused', 'a self-signed certificate', {
    noAnswer: 'certificate_refused',
    request: refresh(),
  }),
  row('redirect-loop', 'redirects in circles', { noAnswer: 'redirected_too_often', request: refresh() }),

  row('gateway-answers', 'a firewall', {
    answer: { ...html(403), sender: 'cloudflare' },
    request: refresh(),
  }),
  row('gateway-checks-bearer', 'the expired access token', {
    answer: answer(401, 'invalid_token', 'The access token expired', { challenge: 'bearer' }),
    request: refresh({ authorization: 'bearer' }),
  }),
  told('sign-in-page-answers', html(200), refresh()),
  row('sign-in-page-answers', 'a redirect to a sign-in page', {
    answer: answer(302, undefined, undefined, { location: 'https://sso.example.com/oauth2/start' }),
    request: refresh(),
  }),

  told('too-many-requests', answer(429), refresh()),
  told('server-unavailable', html(503), refresh()),
  told('server-unavailable', answer(400, 'temporarily_unavailable'), refresh()),
  told(
    'server-error',
    answer(500, 'unknown_error', 'For more on this error consult the server log'),
    refresh(),
  ),
  row('clock-wrong', 'clocks ten minutes apart', {
    request: refresh(),
    nowSeconds,
    server: { clockDifferenceSeconds: 600 },
  }),

  told('request-malformed', invalidRequest('Something else'), refresh()),
  row('client-refused', 'by a provider that knows the client well', {
    answer: answer(400, 'invalid_client', 'No'),
    request: refresh(),
    server: { clientAtAuthorization: 'accepted' },
  }),
  told(
    'grant-refused',
    invalidGrant('Something else'),
    grant('urn:ietf:params:oauth:grant-type:token-exchange', 'subject_token'),
  ),
  told('client-not-allowed', answer(400, 'unauthorized_client', 'Something else'), refresh()),
  told('scope-refused', answer(403, 'insufficient_scope'), refresh()),
  told('access-denied', answer(400, 'access_denied'), refresh()),
];
