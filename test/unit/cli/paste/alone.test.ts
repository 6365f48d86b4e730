import { describe, expect, it } from 'vitest';
import { readPaste } from '../../../../src/cli/paste/readPaste.ts';

const only = (text: string) => {
  const exchanges = readPaste(text);
  expect(exchanges).toHaveLength(1);
  return exchanges[0]!;
};

const saidIn = (text: string): unknown => JSON.parse(only(text).answer?.text ?? 'null');

describe('A text without a request that says why no answer came', () => {
  it.each([
    ['certificate_refused', 'Post "https://id.example/token": x509: certificate signed by unknown authority'],
    ['certificate_refused', 'cURL error 60 for the token'],
    ['certificate_refused', 'curl: (60) SSL certificate problem: self-signed certificate'],
    [
      'certificate_refused',
      'javax.net.ssl.SSLHandshakeException: sun.security.validator.ValidatorException: PKIX path building failed',
    ],
    ['certificate_refused', '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed (_ssl.c:1007)'],
    [
      'certificate_refused',
      'Error: unable to verify the first certificate\n    at TLSSocket.onConnectSecure',
    ],
    ['certificate_refused', 'GET https://id.example net::ERR_CERT_AUTHORITY_INVALID'],
    ['name_unknown', 'dial tcp: lookup keycloak on 127.0.0.11:53: no such host'],
    ['name_unknown', 'Error: getaddrinfo ENOTFOUND id.example'],
    ['name_unknown', 'java.net.UnknownHostException: keycloak'],
    ['name_unknown', 'socket.gaierror: [Errno -2] Name or service not known'],
    ['connection_refused', 'connect ECONNREFUSED 127.0.0.1:8080'],
    ['connection_refused', 'dial tcp [::1]:8080: connect: connection refused'],
    ['timed_out', 'dial tcp 192.0.2.1:443: i/o timeout'],
    ['timed_out', 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)'],
    ['timed_out', 'java.net.SocketTimeoutException: Read timed out'],
    ['timed_out', 'HTTP error | error=Unauthorized msg="x" status_code=500 after: connection timed out'],
    ['connection_lost', 'Client network socket disconnected before secure TLS connection was established'],
    ['connection_lost', 'Error: socket hang up'],
    ['connection_lost', 'http: server gave HTTP response to HTTPS client'],
    ['connection_lost', "('Connection aborted.', RemoteDisconnected('Remote end closed connection'))"],
    ['redirected_too_often', 'stopped after 10 redirects'],
    ['hidden', "Access to fetch at 'https://id.example/token' has been blocked by CORS policy: no"],
    ['hidden', "access to fetch at 'https://id.example/token' has been blocked by cors policy: no"],
    ['hidden', 'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource'],
    ['hidden', 'Origin https://app.example is not allowed by Access-Control-Allow-Origin.'],
    ['hidden', '[WRN] CorsPolicyService did not allow origin: http://localhost:4200'],
  ])('%s: %s', (reason, text) => {
    expect(only(`I get this:\n${text}\n`)).toMatchObject({ silence: { reason } });
  });

  it('does not count beside an answer', () => {
    const { answer, silence } = only('{"error":"invalid_grant"}\n… and once: connection refused');
    expect(silence).toBeUndefined();
    expect(answer?.text).toBe('{"error":"invalid_grant"}');
  });
});

describe('A text without a request that tells an answer in words', () => {
  it.each([
    [
      'we get **Code already used for userSession x**, always',
      { error_description: 'already used for userSession x**, always' },
    ],
    [
      'Getting "Client is unauthorized to retrieve access tokens using this method." error.',
      { error_description: 'Client is unauthorized to retrieve access tokens using this method.' },
    ],
    ['Keep getting redirect_mismatch at sign-in', { error: 'redirect_mismatch' }],
    [
      'WARN [org.keycloak.events] type=LOGIN_ERROR, realmId=x, clientId=web, error=invalid_user_credentials, grant_type=password',
      { error: 'invalid_user_credentials' },
    ],
    [
      'type="REFRESH_TOKEN_ERROR", realmId="x", error="invalid_token", reason="Session not active"',
      { error: 'invalid_grant', error_description: 'Session not active' },
    ],
    ['type="REFRESH_TOKEN_ERROR", realmId="x", error="invalid_token"', { error: 'invalid_grant' }],
    [
      'type="CODE_TO_TOKEN_ERROR", realmId="x", error="invalid_code", reason="Code is expired", clientId="web"',
      { error: 'invalid_grant', error_description: 'Code is expired' },
    ],
    [
      String.raw`{"msg":"cannot fetch: 400\nResponse: {\"error\":\"invalid_grant\",\"error_description\":\"Code not valid\"}"}`,
      { error: 'invalid_grant', error_description: 'Code not valid' },
    ],
    [
      String.raw`body=\"{\\\"error\\\":\\\"invalid_client\\\",\\\"error_description\\\":\\\"no\\nway\\\"}\"`,
      { error: 'invalid_client', error_description: 'no way' },
    ],
    [
      "error:invalid_request\nerror_description:The mandatory 'code_challenge' parameter is missing.\n",
      { error: 'invalid_request', error_description: "The mandatory 'code_challenge' parameter is missing." },
    ],
    [
      'invalid_request: error_description="The "code_challenge" parameter is missing" error_uri="x"',
      { error: 'invalid_request', error_description: 'The "code_challenge" parameter is missing' },
    ],
    [
      "createConfig({ issuer: 'x', clientId: 'y' })\nError: invalid_scope: Custom scopes are not allowed for this request.",
      { error: 'invalid_scope', error_description: 'Custom scopes are not allowed for this request.' },
    ],
    [
      '{"error":"unauthorized_client"}\n[ERR] Client not authorized for resource owner flow, check it',
      {
        error: 'unauthorized_client',
        error_description: 'Client not authorized for resource owner flow, check it',
      },
    ],
  ])('%s', (text, said) => {
    expect(saidIn(text)).toEqual(said);
  });

  it('is not sure of what was not told', () => {
    expect(only('Keep getting redirect_mismatch').answer?.isRetold).toBe(true);
  });

  it('leaves the description that an answer has', () => {
    const body = '{"error":"invalid_grant","error_description":"Something new"}';
    expect(only(`${body}\nand the log: Token is not active`).answer?.text).toBe(body);
  });

  it.each(['hello world', 'nothing works, please help', 'the code was expired yesterday, I think'])(
    'is no answer: %s',
    (text) => {
      expect(() => readPaste(text)).toThrow(/no request in the input/);
    },
  );
});

describe('Below a request', () => {
  const CURL =
    'curl https://id.example/token -d grant_type=refresh_token -d client_id=web -d refresh_token=abc';

  it('stands why no answer came', () => {
    const found = only(`${CURL}\ncurl: (60) SSL certificate problem: unable to get local issuer certificate`);
    expect(found).toMatchObject({ request: { method: 'POST' }, silence: { reason: 'certificate_refused' } });
  });

  it('stands what the log says of the answer', () => {
    const text = `${CURL}\n{"error":"invalid_grant"}\n[log] Session not active, sign in again`;
    expect(saidIn(text)).toMatchObject({ error_description: 'Session not active, sign in again' });
  });

  it('no header that the request itself has is taken for a complaint', () => {
    const found = only(`${CURL} -H "Access-Control-Allow-Origin: *"`);
    expect(found.silence).toBeUndefined();
  });
});

describe('What is said of a request that is not there', () => {
  const error = '{"error":"invalid_grant"}';

  it.each([
    ['authorization_code', `${error} type=CODE_TO_TOKEN_ERROR`],
    ['authorization_code', `${error} "GrantType":"authorization_code", "RefreshToken": "***"`],
    ['refresh_token', `${error} when calling the refresh method`],
    ['refresh_token', `${error} while refreshing the access token`],
    ['password', `${error} with :username => 'x', :password => 'y'`],
    ['urn:ietf:params:oauth:grant-type:jwt-bearer', `${error} after $client->setSubject($user)`],
    [undefined, `${error} with "refresh_token": "x"`],
    [undefined, `${error} grant_type=password, then grant_type=refresh_token`],
    [undefined, error],
  ])('is the grant: %s', (grantType, text) => {
    expect(only(text).mention?.grantType).toBe(grantType);
  });

  it.each([
    ['api', 'I get 401 Unauthorized when I call my API with it'],
    ['api', 'googleapi: Error 403: nope, with 403 Forbidden'],
    [undefined, '401 Unauthorized from the token endpoint, before I call my API'],
    [undefined, '401 Unauthorized'],
    ['logout', 'Logging out shows error = invalid_redirect_uri, redirect_uri=https://app.example/login'],
    ['logout', 'type=LOGOUT_ERROR, error=invalid_redirect_uri, redirect_uri=https://app.example/'],
    [undefined, 'error = invalid_redirect_uri at the login after a logout'],
    [undefined, 'type=LOGIN_ERROR, error=invalid_redirect_uri'],
    [undefined, 'After the logout a refresh of the token is invalid_grant, with a redirect'],
  ])('is the endpoint: %s', (endpoint, text) => {
    expect(only(text).mention?.endpoint).toBe(endpoint);
  });

  it('is the address', () => {
    expect(only(`${error} from https://id.example/token, always`).mention?.url).toContain(
      'https://id.example/token',
    );
  });
});
