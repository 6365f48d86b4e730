import { expect, it } from 'vitest';
import type { RankedCause } from '../../../../src/explain/explanation.ts';
import { cli, jwt } from './stage.ts';

const NOW_SECONDS = 1_795_953_600;
const DAY_SECONDS = 86_400;
const keycloak = 'https://id.example.com/realms/app/protocol/openid-connect';
const elsewhere = 'https://auth.example.com/oauth/token';

const first = async (paste: string): Promise<string> => {
  const { out } = await cli(['doctor', '--offline', '--json'], {
    stdin: paste,
    nowMs: () => NOW_SECONDS * 1000,
  });
  const { verdict, causes = [] } = JSON.parse(out) as { verdict: string; causes?: readonly RankedCause[] };
  const [cause] = causes;
  return verdict === 'cannot_tell' || !cause ? verdict : `${cause.id} ${cause.certainty}`;
};

const lapsed = jwt({ iss: 'https://id.example.com/realms/app', iat: 0, exp: NOW_SECONDS - DAY_SECONDS });
const resource = (header: string): string =>
  `GET https://api.example.com/x HTTP/1.1\nAuthorization: Bearer ${lapsed}\n\nHTTP/1.1 401 Unauthorized\n${header}WWW-Authenticate: Bearer error="invalid_token"\n`;

const shop = 'https://id.example.com/realms/app';
const live = (claims: object = {}): string =>
  jwt({ iss: shop, iat: NOW_SECONDS - 20, exp: NOW_SECONDS + 280, typ: 'Bearer', ...claims });
const shown = (url: string, token: string, answer: string): string =>
  `curl '${url}' -H 'Authorization: Bearer ${token}'\n${answer}`;
const unverified =
  'HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer realm="app", error="invalid_token", error_description="Token verification failed"\n';
const users = 'https://id.example.com/admin/realms/app/users';
const ofAdmin = (status: number, error: string): string => `HTTP/1.1 ${status}\n\n{"error":"${error}"}`;
const post = (path: string, fields: string, answer: string): string =>
  `curl ${keycloak}${path} ${fields}\n${answer}`;
const badSecret =
  'HTTP/1.1 401\n\n{"error":"unauthorized_client","error_description":"Invalid client or Invalid client credentials"}';
const badPassword =
  'HTTP/1.1 400\n\n{"error":"invalid_grant","error_description":"Invalid user credentials"}';
const fetched = `fetch('${keycloak}/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'password', client_id: 'web' }) })\n`;
const blocked = (why: string): string =>
  `Access to fetch at '${keycloak}/token' from origin 'http://localhost:4200' has been blocked by CORS policy: ${why}`;
const event = (error: string): string =>
  `\n2026-11-29 15:40:01,120 WARN  [org.keycloak.events] (executor-thread-7) type="LOGIN_ERROR", realmId="d7", clientId="web", error="${error}", username="alice"`;

it.each([
  [
    'an ID token',
    shown(`${keycloak}/userinfo`, live({ typ: 'ID' }), unverified),
    'access-token-of-other-kind shown',
  ],
  [
    'a token that is alive',
    shown(`${keycloak}/userinfo`, live(), unverified),
    'userinfo-issuer-differs possible',
  ],
  [
    'a token that has run out',
    shown(`${keycloak}/userinfo`, lapsed, unverified),
    'access-token-expired likely',
  ],
  [
    'a server whose clock is ahead',
    shown(
      'https://api.example.com',
      live(),
      unverified.replace('Token verification failed', 'Token has expired'),
    ),
    'access-token-expired shown',
  ],
  [
    'a session that is over',
    shown(
      `${keycloak}/userinfo`,
      live(),
      unverified.replace('Token verification failed', 'user_session_not_found'),
    ),
    'userinfo-session-over shown',
  ],
  [
    'an admin of another realm',
    shown(users, live({ iss: `${shop}2` }), ofAdmin(403, 'HTTP 403 Forbidden')),
    'admin-token-of-other-realm shown',
  ],
  [
    'no token at the admin API',
    shown(users, 'undefined', ofAdmin(401, 'HTTP 401 Unauthorized')),
    'access-token-malformed likely',
  ],
  [
    'an old token at the admin API',
    shown(users, lapsed, ofAdmin(401, 'HTTP 401 Unauthorized')),
    'access-token-expired likely',
  ],
  [
    'introspection by a wrong secret',
    post(
      '/token/introspect',
      '-u api:s3cret -d token=abc',
      'HTTP/1.1 401\n\n{"error":"invalid_request","error_description":"Authentication failed."}',
    ),
    'client-secret-wrong shown',
  ],
  [
    'the code that is for the user',
    post(
      '/token',
      '-d grant_type=urn:ietf:params:oauth:grant-type:device_code -d client_id=tv -d device_code=KQZP-XWTR',
      'HTTP/1.1 400\n\n{"error":"invalid_grant","error_description":"Device code not valid"}',
    ),
    'device-code-unknown likely',
  ],
  [
    'a secret that stands for itself',
    post(
      '/token',
      "-d grant_type=client_credentials -d client_id=api -d 'client_secret=<your-client-secret>'",
      badSecret,
    ),
    'client-secret-placeholder possible',
  ],
  [
    'the asterisks of an exported realm',
    post('/token', "-u 'api:**********' -d grant_type=client_credentials", badSecret),
    'client-secret-placeholder possible',
  ],
  [
    'a secret to be changed',
    post('/token', '-d grant_type=client_credentials -d client_id=api -d client_secret=changeme', badSecret),
    'client-secret-placeholder likely',
  ],
  [
    'what the log says beside the answer',
    post(
      '/token',
      '-d grant_type=password -d client_id=web -d username=alice -d password=x',
      badPassword + event('user_temporarily_disabled'),
    ),
    'user-locked-out shown',
  ],
  [
    'the log of another sign-in',
    post(
      '/token',
      `-d grant_type=authorization_code -d client_id=web -d code=x -d redirect_uri=https://app/cb -d code_verifier=${'a'.repeat(43)}`,
      badPassword.replace('Invalid user credentials', 'PKCE verification failed') + event('user_disabled'),
    ),
    'pkce-verifier-wrong shown',
  ],
  [
    'what the log says that nobody knows',
    post(
      '/token',
      '-d grant_type=password -d client_id=web -d username=alice -d password=x',
      badPassword + event('different_user_authenticated'),
    ),
    'user-credentials-wrong possible',
  ],
  [
    'two clients',
    post('/token', '-u one:s3cret -d grant_type=client_credentials -d client_id=other', badSecret),
    'client-named-twice likely',
  ],
  [
    'an offline token for somebody who may not have one',
    post(
      '/token',
      '-d grant_type=password -d client_id=web -d scope=offline_access',
      'HTTP/1.1 400\n\n{"error":"not_allowed","error_description":"Offline tokens not allowed for the user or client"}',
    ),
    'offline-access-withdrawn shown',
  ],
  [
    'an issuer with a slash too many',
    `Caused by: java.lang.IllegalStateException: The Issuer "${shop}" provided in the configuration metadata did not match the requested issuer "${shop}/"`,
    'issuer-differs likely',
  ],
  [
    'a token in quotation marks',
    `curl ${keycloak}/userinfo -H 'Authorization: Bearer "${live()}"'\nHTTP/1.1 401 Unauthorized\nContent-Length: 0\n`,
    'access-token-malformed shown',
  ],
  [
    'a sign-out without the secret',
    post('/logout', `-d client_id=web -d refresh_token=${live({ typ: 'Refresh', azp: 'web' })}`, badSecret),
    'client-secret-missing likely',
  ],
  [
    'a sign-out as it was once',
    `${keycloak}/logout?redirect_uri=https%3A%2F%2Fapp.example.com\n\nWe are sorry...\nInvalid parameter: redirect_uri`,
    'logout-redirect-uri-renamed shown',
  ],
  [
    'a sign-out that leads nowhere',
    `${keycloak}/logout?redirect_uri=https%3A%2F%2Fapp.example.com\n\nDo you want to log out?`,
    'logout-redirect-uri-renamed likely',
  ],
  [
    'a client that may be unknown',
    post(
      '/token',
      '-u web:s3cret -d grant_type=client_credentials',
      badSecret.replace('unauthorized', 'invalid'),
    ),
    'client-id-unknown possible',
  ],
  [
    'the server of the page',
    post(
      '/token',
      '-d grant_type=password -d client_id=web',
      `HTTP/1.1 404 Not Found\nContent-Type: text/html\n\n<!DOCTYPE html>\n<pre>Cannot POST /realms/app</pre>`,
    ),
    'gateway-answers possible',
  ],
  [
    'a page of another origin',
    `fetch('${keycloak}/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'password', client_id: 'web' }) })\nAccess to fetch at '${keycloak}/token' from origin 'http://localhost:4200' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
    'origin-not-allowed likely',
  ],
  [
    'a header that pages may not send',
    `${fetched}${blocked('Request header field x-id is not allowed by Access-Control-Allow-Headers in preflight response.')}\nAxiosError {message: 'Network Error', name: 'AxiosError', code: 'ERR_NETWORK'}`,
    'header-not-allowed likely',
  ],
  [
    "a page out of a file, in Safari's words",
    `${fetched}[Error] Origin null is not allowed by Access-Control-Allow-Origin. Status code: 403`,
    'origin-null shown',
  ],
  [
    'a preflight that a proxy answers',
    `${fetched}${blocked("Response to preflight request doesn't pass access control check: It does not have HTTP ok status.")}`,
    'preflight-refused likely',
  ],
  [
    'a page out of a file',
    `${fetched}${blocked("No 'Access-Control-Allow-Origin' header is present.").replace('http://localhost:4200', 'null')}`,
    'origin-null shown',
  ],
  [
    'a proxy that stands alone',
    post(
      '/token',
      '-d grant_type=password -d client_id=web',
      'HTTP/1.1 502 Bad Gateway\nServer: nginx/1.27\nContent-Type: text/html\n\n<html><h1>502 Bad Gateway</h1></html>',
    ),
    'server-unavailable possible',
  ],
  [
    'a sign-in without a redirect URI',
    `${keycloak}/auth?response_type=code&client_id=web&scope=openid\n\nWe are sorry...\nInvalid parameter: redirect_uri`,
    'authorization-parameter-missing shown',
  ],
  [
    'the scheme twice',
    `curl ${keycloak}/userinfo -H 'Authorization: Bearer Bearer ${live()}'\nHTTP/1.1 401 Unauthorized\nContent-Length: 0\n`,
    'access-token-scheme-wrong shown',
  ],
  [
    'a sign-out by an access token',
    post(
      '/logout',
      `-d client_id=web -d refresh_token=${live()}`,
      'HTTP/1.1 400\n\n{"error":"invalid_grant","error_description":"Invalid refresh token"}',
    ),
    'not-a-refresh-token shown',
  ],
  [
    'an object in place of its text',
    post(
      '/token',
      "-d '[object Object]'",
      'HTTP/1.1 400\n\n{"error":"invalid_request","error_description":"Missing form parameter: grant_type"}',
    ),
    'body-not-a-form shown',
  ],
  [
    'a token that was blacked out in quotation marks',
    `curl ${keycloak}/userinfo -H 'Authorization: Bearer "<token>"'\nHTTP/1.1 401 Unauthorized\nContent-Length: 0\n`,
    'access-token-expired possible',
  ],
  [
    'a server whose clock is known',
    shown(
      `${keycloak}/userinfo`,
      live(),
      unverified.replace('\n', `\nDate: ${new Date((NOW_SECONDS + 3600) * 1000).toUTCString()}\n`),
    ),
    'access-token-expired shown',
  ],
  [
    'a sign-out beside an answer of an API',
    `http://localhost:3000/logout?next=/ is where I go.\nWWW-Authenticate: Bearer error="invalid_token", error_description="The audience 'x' is invalid"`,
    'access-token-audience-wrong likely',
  ],
  [
    'a sign-out by address',
    `curl '${keycloak}/logout?post_logout_redirect_uri=https%3A%2F%2Fapp.example.com&client_id=app'\nHTTP/1.1 401 Unauthorized\n`,
    'cannot_tell',
  ],
  [
    'userinfo in the log',
    'invalid_token "Token verification failed"\nWARN [org.keycloak.events] type=USER_INFO_REQUEST_ERROR, realmId=app, clientId=null, error=invalid_token',
    'cannot_tell',
  ],
  [
    'servers that read multipart',
    `curl ${elsewhere} -F grant_type=password -F client_id=web\n{"error":"invalid_client"}`,
    'multipart-body likely',
  ],
  [
    'Keycloak, which does not',
    `curl ${keycloak}/token -F grant_type=password -F client_id=web\nHTTP/1.1 401\n{"error":"invalid_client"}`,
    'multipart-body shown',
  ],
  [
    'servers that read JSON',
    `curl ${elsewhere} --json '{"grant_type":"password","client_id":"web"}'\n{"error":"unsupported_grant_type"}`,
    'json-body likely',
  ],
  [
    'a server that says what it reads',
    `curl ${elsewhere} --json '{"grant_type":"password","client_id":"web"}'\nHTTP/1.1 415 Unsupported Media Type`,
    'json-body shown',
  ],
  [
    'servers that read the query',
    `curl -X POST '${elsewhere}?grant_type=password&client_id=web'\n{"error":"invalid_request"}`,
    'parameters-in-query likely',
  ],
  [
    'grants of their own',
    `curl ${elsewhere} -d grant_type=account_credentials -d client_id=web\n{"error":"unsupported_grant_type"}`,
    'grant-type-unknown likely',
  ],
  ['APIs that want no token', 'curl https://api.example.com/health', 'cannot_tell'],
  [
    'APIs that want a cookie',
    'curl https://api.example.com/me -H "Cookie: a=b"\nHTTP/1.1 401 Unauthorized',
    'access-token-not-sent likely',
  ],
  [
    'APIs that say they want a token',
    'curl https://api.example.com/me\nHTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer',
    'access-token-not-sent shown',
  ],
  ['a line of a log', 'GET https://graph.microsoft.com/v1.0/users\n', 'cannot_tell'],
  ['a token that has expired since', resource(''), 'access-token-expired likely'],
  [
    'a token that had expired',
    resource('Date: Sun, 29 Nov 2026 11:00:00 GMT\n'),
    'access-token-expired shown',
  ],
  [
    'a token that had not',
    resource('Date: Sat, 28 Nov 2026 00:00:00 GMT\n'),
    'access-token-issuer-differs possible',
  ],
  [
    'a redirect to the same path',
    'curl -i http://x.example.com/oauth2/token -d grant_type=password -d client_id=a\nHTTP/1.1 301 Moved\nLocation: https://x.example.com/oauth2/token',
    'redirected possible',
  ],
  [
    'headers that nobody wrote down',
    `POST ${keycloak}/token HTTP/1.1\n\ngrant_type=client_credentials&client_id=web&client_secret=abcdefgh\n\nHTTP/1.1 401\n{"error":"unauthorized_client"}`,
    'client-secret-wrong likely',
  ],
  [
    'a body that nobody wrote down',
    `POST ${keycloak}/token\nContent-Type: application/x-www-form-urlencoded\n\nHTTP/1.1 400\n{"error":"invalid_request"}`,
    'parameter-twice possible',
  ],
  [
    'a secret of the session',
    `import requests\ns = requests.Session()\ns.auth = ('web', 'x')\ns.post("${keycloak}/token", data={"grant_type": "client_credentials"})\n401 {"error":"unauthorized_client"}`,
    'client-secret-missing possible',
  ],
  ['another token', '{"message":"Your password reset token has expired"}', 'cannot_tell'],
  [
    'the assertion of the client',
    '{"error":"invalid_client","error_description":"client assertion: jwt expired"}',
    'cannot_tell',
  ],
  [
    'a code of a library',
    '[invalid_user_info_response] An error occurred while attempting to retrieve the UserInfo Resource: 401 Unauthorized',
    'cannot_tell',
  ],
  [
    'a code that was expected',
    'It says "invalid device code" instead of "authorization_pending"',
    'cannot_tell',
  ],
  [
    'a stand-in',
    `curl ${keycloak}/token -d grant_type=client_credentials -d client_id='<id>' -d client_secret='<secret>'\nHTTP/1.1 401\n{"error":"unauthorized_client"}`,
    'client-secret-wrong likely',
  ],
  [
    'another host, which may be the same server',
    `curl -u api:s3cret http://keycloak:8080/realms/app/protocol/openid-connect/token/introspect -d token=${jwt({ iss: 'https://id.example.com/realms/app', exp: NOW_SECONDS + 60 })}\n{"active":false}`,
    'introspection-issuer-differs likely',
  ],
  [
    'what the shell made of it',
    `curl -u \${A}:\${B} ${elsewhere} -F grant_type=password\n> POST /oauth/token HTTP/1.1\n> Authorization: Basic Og==\n> Content-Type: multipart/form-data; boundary=x\n>\n< HTTP/1.1 401\n<\n{"error":"invalid_client"}`,
    'client-id-empty shown',
  ],
  [
    'an address in words',
    `I sent\n\`${elsewhere}?grant_type=password&client_id=web\`\nand got {"error":"invalid_client"}`,
    'parameters-in-query likely',
  ],
  [
    'code beside a command',
    `This works:\ncurl ${keycloak}/token -d grant_type=password -d client_id=web\nThis does not:\naxios.post('${keycloak}/token', { grant_type: 'password', client_id: 'web' })\n400 {"error":"invalid_request"}`,
    'json-body shown',
  ],
  [
    'a password that an admin sets, which has a type as well',
    `curl -X PUT https://id.example.com/admin/realms/app/users/1/reset-password -H 'Content-Type: application/json' -H 'Authorization: Bearer ${live()}' -d '{"type":"password","value":"x"}'\nHTTP/1.1 403 Forbidden\n\n{"error":"unknown_error"}`,
    'admin-role-missing likely',
  ],
  [
    'code with a semicolon',
    `clientId = "web";\nclientSecret = "s3cretOfAnApp";\ntokenUrl = "${keycloak}/token";\n401 {"error":"invalid_client"}`,
    'client-id-unknown possible',
  ],
])('no more is said than what was seen shows: %s', async (_what, paste, said) => {
  expect(await first(paste)).toBe(said);
});
