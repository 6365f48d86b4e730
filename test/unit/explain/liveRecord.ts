import {
  answer,
  fieldsOf,
  grantTypeMissed,
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
  type Row,
  server,
  signInWithPassword,
  tokenUrl,
  unauthorizedClient,
  unreadable,
} from './evidence.ts';

const bearer = { authorization: 'bearer' } as const;
const invalidOrigin = answer(403, 'Invalid origin', undefined, unreadable);
const other = refreshToken({ authorizedParty: 'admin-cli' });
const otherRealm = refreshToken({ issuer: `${server}/realms/master` });

/** Mistakes that were sent to Keycloak 23.0.3 and 26.7.3, and what these answered. */
export const liveRecord: readonly Row[] = [
  {
    what: 'no client_id',
    failure: { answer: invalidClient, request: refreshWithout('client_id', { clientId: undefined }) },
    first: 'client-id-missing',
  },
  {
    what: 'no client_id, but a Bearer header',
    failure: {
      answer: invalidClient,
      request: refreshWithout('client_id', { clientId: undefined, ...bearer }),
    },
    first: 'client-id-missing',
  },
  {
    what: 'client_id only in the query (23)',
    failure: {
      answer: answer(400, 'invalid_client', 'Missing client_id parameter'),
      request: refreshWithout('client_id', { queryFields: fieldsOf('client_id') }),
    },
    first: 'client-id-in-query',
  },
  {
    what: 'client_id only in the query (26)',
    failure: {
      answer: invalidClient,
      request: refreshWithout('client_id', { queryFields: fieldsOf('client_id') }),
    },
    first: 'client-id-in-query',
  },
  {
    what: 'unknown client',
    failure: { answer: invalidClient, request: refresh({ clientId: 'no_client' }) },
    first: 'client-id-unknown',
  },
  {
    what: 'disabled client',
    failure: { answer: invalidClient, request: refresh() },
    first: 'client-disabled',
  },
  {
    what: 'a blank at the end of client_id',
    failure: { answer: invalidClient, request: refreshWith('client_id', { isPadded: true }) },
    first: 'client-id-padded',
  },
  {
    what: 'multipart refresh',
    failure: {
      answer: invalidClient,
      request: refresh({ encoding: 'multipart', contentType: 'multipart/form-data' }),
    },
    first: 'multipart-body',
  },
  {
    what: 'multipart password',
    failure: {
      answer: invalidClient,
      request: { ...signInWithPassword, encoding: 'multipart', contentType: 'multipart/form-data' },
    },
    first: 'multipart-body',
  },
  {
    what: 'JSON body',
    failure: {
      answer: grantTypeMissed,
      request: refresh({ encoding: 'json', contentType: 'application/json' }),
    },
    first: 'json-body',
  },
  {
    what: 'JSON body, as a page sees it',
    failure: { noAnswer: 'hidden', request: refresh({ encoding: 'json', contentType: 'application/json' }) },
    first: 'json-body',
  },
  {
    what: 'grant_type twice',
    failure: {
      answer: invalidRequest('duplicated parameter'),
      request: refreshWith('grant_type', { count: 2 }),
    },
    first: 'parameter-twice',
  },
  {
    what: 'confidential client without secret',
    failure: { answer: unauthorizedClient, request: refresh() },
    first: 'client-secret-missing',
  },
  {
    what: 'confidential client with a wrong secret',
    failure: {
      answer: unauthorizedClient,
      request: refresh({ fields: fieldsOf('grant_type', 'client_id', 'client_secret', 'refresh_token') }),
    },
    first: 'client-secret-wrong',
  },
  {
    what: 'confidential client with a wrong secret in a Basic header',
    failure: {
      answer: unauthorizedClient,
      request: refreshWithout('client_id', {
        clientId: undefined,
        authorization: 'basic',
        basicClientId: 'my_client',
        hasBasicSecret: true,
      }),
    },
    first: 'client-secret-wrong',
  },
  {
    what: 'bearer-only client',
    failure: {
      answer: unauthorizedClient,
      request: refresh({ clientId: 'api', refreshToken: refreshToken() }),
      server: { clientAtAuthorization: 'bearer_only' },
    },
    first: 'bearer-only-client',
  },
  {
    what: 'token of another client (23)',
    failure: {
      answer: invalidGrant(
        "Invalid refresh token. Token client and authorized client don't match",
        unreadable,
      ),
      request: refresh({ refreshToken: other }),
    },
    first: 'refresh-token-of-other-client',
  },
  {
    what: 'token of another client without Web Origins (26)',
    failure: { answer: invalidOrigin, request: refresh({ refreshToken: other }) },
    first: 'origin-not-allowed',
  },
  {
    what: 'token of another client, no Origin (26)',
    failure: {
      answer: invalidGrant('Invalid refresh token. Token client and'),
      request: refresh({ refreshToken: other, origin: undefined }),
    },
    first: 'refresh-token-of-other-client',
  },
  {
    what: 'admin-cli in another realm',
    failure: {
      answer: invalidGrant('Invalid refresh token', unreadable),
      request: refresh({
        clientId: 'admin-cli',
        refreshToken: { ...otherRealm, authorizedParty: 'admin-cli' },
      }),
    },
    first: 'realm-mismatch',
  },
  {
    what: 'my_client in a realm that lacks it',
    failure: { answer: invalidClient, request: refresh({ refreshToken: otherRealm }) },
    first: 'realm-mismatch',
  },
  {
    what: 'junk token',
    failure: { answer: invalidToken, request: refresh({ refreshToken: { isJwt: false, length: 4 } }) },
    first: 'refresh-token-damaged',
  },
  {
    what: 'access token',
    failure: { answer: invalidToken, request: refresh({ refreshToken: refreshToken({ typ: 'Bearer' }) }) },
    first: 'not-a-refresh-token',
  },
  {
    what: 'ID token',
    failure: { answer: invalidToken, request: refresh({ refreshToken: refreshToken({ typ: 'ID' }) }) },
    first: 'not-a-refresh-token',
  },
  {
    what: 'token over 20,000 characters (23)',
    failure: { answer: invalidToken, request: refresh({ refreshToken: refreshToken({ length: 20_001 }) }) },
    first: 'refresh-token-too-long',
  },
  {
    what: 'token over 20,000 characters (26)',
    failure: {
      answer: invalidRequest('No refresh token'),
      request: refresh({ refreshToken: refreshToken({ length: 20_001 }) }),
    },
    first: 'refresh-token-too-long',
  },
  {
    what: 'no token',
    failure: {
      answer: invalidRequest('No refresh token'),
      request: refreshWithout('refresh_token', { refreshToken: undefined }),
    },
    first: 'refresh-token-missing',
  },
  {
    what: '20 s after the last refresh',
    failure: {
      answer: invalidGrant('Token is not active'),
      request: refresh({ refreshToken: refreshToken({ expiresAtSeconds: nowSeconds - 1 }) }),
      nowSeconds,
      server: { clockDifferenceSeconds: 0 },
    },
    first: 'refresh-token-expired',
  },
  {
    what: 'after logout or revocation',
    failure: { answer: invalidGrant('Session not active'), request: refresh() },
    first: 'session-ended',
  },
  {
    what: 'host localhost, token from 127.0.0.1',
    failure: {
      answer: invalidGrant("Invalid token issuer. Expected 'http://localhost:8180/realms/my_realm'"),
      request: refresh({ url: tokenUrl.replace('127.0.0.1', 'localhost') }),
    },
    first: 'issuer-host-mismatch',
  },
  {
    what: 'Origin not in Web Origins (23)',
    failure: { answer: answer(200, undefined, undefined, unreadable), request: refresh() },
    first: 'origin-not-allowed',
  },
  {
    what: 'Origin not in Web Origins (23), as a page sees it',
    failure: { noAnswer: 'hidden', request: refresh() },
    first: 'origin-not-allowed',
  },
  {
    what: 'Origin not in Web Origins (26)',
    failure: { answer: invalidOrigin, request: refresh() },
    first: 'origin-not-allowed',
  },
  {
    what: 'realm missing',
    failure: { answer: answer(404, 'Realm does not exist', undefined, unreadable), request: refresh() },
    first: 'realm-unknown',
  },
  {
    what: '/auth prefix',
    failure: {
      answer: answer(404, 'Unable to find matching target resource method'),
      request: refresh({ url: tokenUrl.replace('/realms', '/auth/realms') }),
      server: { discovery: { url: realmUrl, status: 404, isMetadata: false } },
    },
    first: 'base-path-wrong',
  },
  {
    what: 'realm disabled',
    failure: { answer: answer(403, 'access_denied', 'Realm not enabled', unreadable), request: refresh() },
    first: 'realm-disabled',
  },
  {
    what: 'GET',
    failure: {
      answer: answer(405, 'HTTP 405 Method Not Allowed'),
      request: refresh({ method: 'GET', encoding: 'none', fields: {}, queryFields: refresh().fields }),
    },
    first: 'method-not-post',
  },
  {
    what: 'rotation on, spent token again',
    failure: { answer: invalidGrant('Maximum allowed refresh token reuse exceeded'), request: refresh() },
    first: 'refresh-token-reused',
  },
  {
    what: 'then the newest token',
    failure: { answer: invalidGrant("Session doesn't have required client"), request: refresh() },
    first: 'client-session-removed',
  },
  {
    what: 'wrong password or unknown user (23)',
    failure: {
      answer: answer(401, 'invalid_grant', 'Invalid user credentials'),
      request: signInWithPassword,
    },
    first: 'user-credentials-wrong',
  },
  {
    what: 'wrong password or unknown user (26)',
    failure: { answer: invalidGrant('Invalid user credentials'), request: signInWithPassword },
    first: 'user-credentials-wrong',
  },
  {
    what: 'disabled user',
    failure: { answer: invalidGrant('Account disabled'), request: signInWithPassword },
    first: 'user-disabled',
  },
  {
    what: 'direct access off',
    failure: {
      answer: answer(400, 'unauthorized_client', 'Client not allowed for direct access grants'),
      request: signInWithPassword,
    },
    first: 'direct-access-off',
  },
  {
    what: 'no username',
    failure: {
      answer: answer(401, 'invalid_request', 'Missing parameter: username'),
      request: { ...signInWithPassword, fields: fieldsOf('grant_type', 'client_id', 'password') },
    },
    first: 'username-missing',
  },
  {
    what: 'revoking a junk token',
    failure: { answer: answer(200, 'invalid_token') },
    first: 'dead-token-revoked',
  },
  {
    what: 'userinfo with a bad token',
    failure: {
      answer: answer(401, undefined, undefined, { challenge: 'bearer', contentType: undefined }),
      request: refresh({ url: `${realmUrl}/protocol/openid-connect/userinfo`, ...bearer }),
    },
    first: 'endpoint-wrong',
  },
];
