import type { Question } from './question.ts';

/** Questions of every kind: requests, sentences, logs and addresses, chosen by somebody who did not write the causes. */
export const mixedQuestions: readonly Question[] = [
  {
    id: 'kc-python-userinfo-403',
    source: 'https://github.com/marcospereirampj/python-keycloak/issues/389',
    provider: 'keycloak',
    paste: `We where using keycloak quarkus 19.0.2 and had to upgrade to 20.0.1. Userinfo api was working fine till then. After the migration, api started to respond as \`403 : b ''\`.

        keycloak_openid = KeycloakOpenID(server_url=api_base_url,
                          client_id=client_id,
                          realm_name=user_realm_name,
                          client_secret_key=client_secret_key)
        userinfo = keycloak_openid.userinfo(access_token)
`,
    truth: { causes: ['userinfo-openid-missing'], endpoint: 'userinfo' },
    why: 'Keycloak 20 wants the scope openid in the token for userinfo; answer read from the known change of Keycloak 20.',
  },
  {
    id: 'kc-landregistry-issuer',
    source: 'https://github.com/LandRegistry/common-dev-env/pull/83',
    provider: 'keycloak',
    paste: `Running a curl command from a docker container will result in the
following error;

{"error":"invalid_token","error_description":"Token invalid: Invalid token issuer. Expected 'http://keycloak:8080/auth/realms/development', but was 'http://localhost:8180/auth/realms/development'"}
`,
    truth: { causes: ['userinfo-issuer-differs', 'issuer-host-mismatch'], endpoint: 'userinfo' },
    why: 'The token was issued under localhost:8180 and shown under keycloak:8080; host and port were made the same.',
  },
  {
    id: 'kc-logout-saved-url',
    source: 'https://github.com/keycloak/keycloak/issues/24213',
    provider: 'keycloak',
    paste: `After migrating Keycloak from version 16 to 22 some users land here and get an error page:

https://iam.srv.das-gate.example/auth/realms/myrealm/protocol/openid-connect/logout?post_logout_redirect_uri=https://myrealm.app.example/
`,
    truth: { causes: ['logout-hint-missing'], endpoint: 'logout' },
    why: 'post_logout_redirect_uri demands id_token_hint or client_id, and neither is sent.',
  },
  {
    id: 'kc-wordpress-logout-log',
    source: 'https://github.com/oidc-wp/openid-connect-generic/issues/472',
    provider: 'keycloak',
    paste: `We just ran into the problem that logout was not working and kept showing the following error

error = invalid_redirect_uri
redirect_uri = https://my-wp.tld/wp-login.php?loggedout=true&wp_lang=en_US
`,
    truth: { causes: ['logout-return-not-registered'], endpoint: 'logout' },
    why: 'Setting "Valid post logout redirect URIs" of the client mended it.',
  },
  {
    id: 'kc-appauth-endsession',
    source: 'https://github.com/openid/AppAuth-Android/issues/790',
    provider: 'keycloak',
    paste: `Identity provider: KeyCloack

  Intent endSessionIntent = mAuthService.getEndSessionRequestIntent(
                new EndSessionRequest.Builder(config)
                        .setIdTokenHint(currentState.getIdToken())
                        .setPostLogoutRedirectUri(mConfiguration.getEndSessionRedirectUri())
                        .build());
        startActivityForResult(endSessionIntent, TokenActivity.END_SESSION_REQUEST_CODE);

But i keep getting invalid redirect uri error. What am i doing wrong?
`,
    truth: { causes: ['logout-return-not-registered'], endpoint: 'logout' },
    why: 'The post-logout URI was not among the valid redirect URIs of the client (read from the answers; the asker did not confirm).',
  },
  {
    id: 'kc-nginx-port-2443',
    source: 'https://github.com/jinnerbichler/keycloak-nginx/issues/3',
    provider: 'keycloak',
    paste: `I get the following error when logging into the admin console:
type=LOGIN_ERROR, realmId=master, clientId=security-admin-console, userId=null, ipAddress=127.0.0.1, error=invalid_redirect_uri, redirect_uri=https://my.domain:2443/auth/admin/master/console/#/realms/master/login-settings
`,
    truth: {
      causes: ['redirect-uri-not-registered', 'redirect-uri-nearly-right', 'proxy-hides-address'],
      endpoint: 'authorization',
    },
    why: 'The proxy passed on the host without the port; the asker names the Host header with the port as what is needed.',
  },
  {
    id: 'kc-odc-redirect',
    source: 'https://github.com/open-datenschutzcenter/open-datenschutzcenter/issues/238',
    provider: 'keycloak',
    paste: `after a fresh installation ive go to the domain , begin redirected to the keycloak site and got this message.

We are sorry...
Invalid parameter: redirect_uri
`,
    truth: {
      causes: ['redirect-uri-not-registered', 'redirect-uri-nearly-right'],
      endpoint: 'authorization',
    },
    why: 'The maintainer: http was registered and https asked for, or the other way round.',
  },
  {
    id: 'kc-apicurio-realm',
    source: 'https://github.com/ApicurioArchive/apicurio-studio/issues/380',
    provider: 'keycloak',
    paste: `I am getting page not found error.
Keycloak version 4.1.0
http://192.168.2.3:8080/auth/realms/apicurio-local/protocol/openid-connect/auth?response_type=code&client_id=apicurio-studio&redirect_uri=http%3A%2F%2F192.168.2.3%3A8180%2Fstudio%2F&state=7c67e841-c25d-452a-a829-882585449e1a&login=true&scope=openid
`,
    truth: { causes: ['realm-unknown'], endpoint: 'authorization' },
    why: 'The realm in the address is not the one that was made in Keycloak.',
  },
  {
    id: 'kc-kuma-service-account',
    source: 'https://github.com/louislam/uptime-kuma/issues/4202',
    provider: 'keycloak',
    paste: `\`The oauth config is invalid. unauthorized_client (Client not enabled to retrieve service account)\`
`,
    truth: { causes: ['service-account-off'], endpoint: 'token' },
    why: 'Service accounts had to be enabled for the client.',
  },
  {
    id: 'kc-gocloak-temporary',
    source: 'https://github.com/Nerzal/gocloak/issues/437',
    provider: 'keycloak',
    paste: `1. Create a user with temporary password: using CreateUser
2. Try Login for the user with the temporary password
3. Returns error: 400 Bad Request: invalid_grant: Account is not fully set up
`,
    truth: { causes: ['account-not-set-up'], endpoint: 'token' },
    why: 'The password is temporary and has to be changed first.',
  },
  {
    id: 'kc-konga-httpie',
    source: 'https://github.com/d4rkstar/kong-konga-keycloak/issues/13',
    provider: 'keycloak',
    paste: `GET /auth/realms/experimental/.well-known/openid-configuration HTTP/1.1
Accept: */*
Accept-Encoding: gzip, deflate
Connection: keep-alive
Host: sso.example.net
User-Agent: HTTPie/0.9.8

HTTP/1.1 404 Not Found
Connection: keep-alive
Content-Length: 149
Content-Type: application/json
Date: Sun, 13 Feb 2022 11:26:44 GMT
Referrer-Policy: no-referrer
Server: nginx/1.14.2
Strict-Transport-Security: max-age=31536000; includeSubDomains
X-Content-Type-Options: nosniff
X-Frame-Options: SAMEORIGIN
X-XSS-Protection: 1; mode=block

{
    "error": "RESTEASY003210: Could not find resource for full path: https://sso.example.net/auth/realms/experimental/.well-known/openid-configuration"
}
`,
    truth: { causes: ['base-path-wrong'], endpoint: 'metadata' },
    why: 'From Keycloak 17 on /auth is not part of the path.',
  },
  {
    id: 'kc-new-api-redirect',
    source: 'https://github.com/QuantumNous/new-api/issues/3106',
    provider: 'keycloak',
    paste: `在对接keycloak做OAuth认证时，发现报错Incorrect redirect_uri，开启debug后，发现获取token重定向使用的永远是http://localhost:3000，但在keycloak调用重定向时，应该需要具体的ip登录。
`,
    truth: { causes: ['redirect-uri-differs'], endpoint: 'token' },
    why: 'The app redeemed the code with http://localhost:3000; its server address has to be set.',
  },
  {
    id: 'kc-muximux-verifier',
    source: 'https://github.com/mescon/Muximux/issues/456',
    provider: 'keycloak',
    paste: `level=ERROR msg="OIDC code exchange failed" request_id=195f174dcfa41ff3 source=auth error="token endpoint returned 400: {\\"error\\":\\"invalid_grant\\",\\"error_description\\":\\"PKCE verification failed: Invalid code verifier\\"}"

[org.keycloak.events] (executor-thread-50) type="CODE_TO_TOKEN_ERROR", realmId="7e4e79ee-d4f1-4d89-9318-135c05f6e5b9", realmName="master", clientId="muximux", userId="96e0c9e6-c92c-4868-ad8c-1abc40eb2dae", sessionId="pSTyF7Ve0N6TCpiZYjNS2Tyj", ipAddress="192.168.64.1", error="invalid_code_verifier", reason="Invalid code verifier", grant_type="authorization_code", code_id="pSTyF7Ve0N6TCpiZYjNS2Tyj", client_auth_method="client-secret"
`,
    truth: { causes: ['pkce-verifier-malformed'], endpoint: 'token' },
    why: 'The verifier had 32 characters; RFC 7636 wants 43 to 128.',
  },
  {
    id: 'kc-matomo-json',
    source: 'https://github.com/dominik-th/matomo-plugin-LoginOIDC/issues/2',
    provider: 'keycloak',
    paste: `print_r($dataString);

{"client_id":"piwik","client_secret":"asdfasdfasdf","code":"asdf-asdf-asdf","redirect_uri":"https:\\/\\/app.example.com\\/piwik\\/index.php?module=LoginOIDC&action=callback&provider=oidc","grant_type":"authorization_code","state":"0123"}

print_r (curl_getinfo($curl));
Array ( [url] => https://keycloak.example.com/auth/realms/master/protocol/openid-connect/token [content_type] => application/json [http_code] => 400 [header_size] => 248 [request_size] => 967 [filetime] => -1 [ssl_verify_result] => 0 [redirect_count] => 0 [size_upload] => 763 [size_download] => 84 )

print $response;
{"error":"invalid_request","error_description":"Missing form parameter: grant_type"}
`,
    truth: { causes: ['json-body'], endpoint: 'token' },
    why: 'The plugin sent the fields as JSON.',
  },
  {
    id: 'kc-robot-json',
    source: 'https://github.com/asyrjasalo/RESTinstance/issues/45',
    provider: 'keycloak',
    paste: `Struggeling with a POST request - "error": "invalid_request"

*** Test Cases ***
Give me an admin Token
    # Set Headers    {"Content-Type": "application/x-www-form-urlencoded"}
    POST    /realms/master/protocol/openid-connect/token    {"grant_type": "password", "client_id": "admin-cli", "username": "admin", "password": "admin"}
    Output

The instance as JSON is:
{
    "request": {
        "method": "POST",
        "url": "http://localhost:8080/auth/realms/master/protocol/openid-connect/token",
        "scheme": "http",
        "netloc": "localhost:8080",
        "path": "/auth/realms/master/protocol/openid-connect/token",
        "query": {},
        "body": {
            "grant_type": "password",
            "client_id": "admin-cli",
            "username": "admin",
`,
    truth: { causes: ['json-body'], endpoint: 'token' },
    why: 'The library sends the fields as JSON.',
  },
  {
    id: 'kc-mcp-gateway-json',
    source: 'https://github.com/IBM/mcp-context-forge/issues/1109',
    provider: 'keycloak',
    paste: `the MCP Gateway UI only seems to support input via JSON Schema, either through Schema Builder or raw JSON Input, which doesn't allow us to directly send raw x-www-form-urlencoded payloads.
\`/auth/realms/<realm>/protocol/openid-connect/token\`
\`400 Bad Request: {"error":"invalid_request","error_description":"Missing form parameter: grant_type"}\`
`,
    truth: { causes: ['json-body', 'body-not-a-form'], endpoint: 'token' },
    why: 'The gateway sends JSON only; form encoding was added.',
  },
  {
    id: 'kc-exchange-impersonation',
    source: 'https://github.com/keycloak/keycloak/issues/25788',
    provider: 'keycloak',
    paste: `curl --location 'http://localhost:8080/realms/myreal/protocol/openid-connect/token' \\
--header 'Content-Type: application/x-www-form-urlencoded' \\
--data-urlencode 'grant_type=urn:ietf:params:oauth:grant-type:token-exchange' \\
--data-urlencode 'requested_token_type=urn:ietf:params:oauth:token-type:access_token' \\
--data-urlencode 'client_secret=r3Kq0vVnZt7mB2xY' \\
--data-urlencode 'client_id=testclientid' \\
--data-urlencode 'requested_subject=usernamex'

Error "Client not allowed to exchange" on "Direct Naked Impersonation"
`,
    truth: { causes: ['exchange-not-permitted', 'grant-off-for-client', 'access-denied'], endpoint: 'token' },
    why: 'The client lacks the permission to exchange (read from the message and the docs that it cites).',
  },
  {
    id: 'kc-gitlab-refused',
    source: 'https://github.com/sameersbn/docker-gitlab/issues/2376',
    provider: 'keycloak',
    paste: `After I authenticate with keycloak I get the following error -
"Could not authenticate you from KeycloakOpenid because "Failed to open tcp connection to localhost:1234 (connection refused - connect(2) for "localhost" port 1234)"."

        - name: OAUTH2_GENERIC_CLIENT_TOKEN_URL
          value: "https://localhost:1234/auth/realms/myrelm/protocol/openid-connect/token"
`,
    truth: { causes: ['connection-refused'], endpoint: 'token' },
    why: 'localhost is the container of GitLab itself, where no Keycloak listens (read from the message).',
  },
  {
    id: 'kc-introspect-wrong-secret',
    source: 'https://github.com/keycloak/keycloak/issues/48721',
    provider: 'keycloak',
    paste: `When sending request like this:
POST /realms/{realm}/protocol/openid-connect/token/introspect
Content-Type: application/x-www-form-urlencoded
Authorization: Basic base64(test-client:wrong-secret)

token=any-value

Observe the response (HTTP 401):

{"error":"invalid_request","error_description":"Authentication failed."}
`,
    truth: { causes: ['introspection-caller-unproven', 'client-secret-wrong'], endpoint: 'introspection' },
    why: 'The Basic header of the caller holds a wrong secret.',
  },
  {
    id: 'kc-nodejs-admin-realm',
    source: 'https://github.com/keycloak/keycloak-nodejs-admin-client/issues/173',
    provider: 'keycloak',
    paste: `await kcAdminClient.auth({
          username: process.env.KEYCLOAK_USERNAME,
          password: process.env.KEYCLOAK_PASSWORD,
          grantType: "password",
          clientId: process.env.KEYCLOAK_CLIENTID,
        });

        // Override client configuration for all further requests:
        kcAdminClient.setConfig({
          realmName: "Demo-Realm",
        });

        const updateduser = await kcAdminClient.users.update({id: user.user_id},{
          realm: process.env.KEYCLOAK_REALMNAME,
          emailVerified: true
        });

I am getting 403 unauthorized when i try to update user
`,
    truth: { causes: ['admin-role-missing', 'admin-token-of-other-realm'], endpoint: 'admin' },
    canBeTold: false,
    why: 'The wrong realm was named for the update.',
  },
  {
    id: 'kc-openldap-kid',
    source: 'https://github.com/ivangfr/springboot-keycloak-openldap/issues/3',
    provider: 'keycloak',
    paste: `curl -i -H "Authorization: Bearer «{"iss":"http://localhost:8181/auth/realms/company-services","aud":"account","sub":"42e8dcf1-d1e1-4f65-b5d5-ef46180f8c6e","typ":"Bearer","azp":"simple-service","iat":-20,"exp":280,"scope":"profile email","preferred_username":"bgates"}»" http://localhost:$PORT/api/private

HTTP/1.1 401
WWW-Authenticate: Bearer realm="company-services", error="invalid_token", error_description="Didn't find publicKey for specified kid"
X-Content-Type-Options: nosniff
X-XSS-Protection: 1; mode=block
`,
    truth: {
      causes: ['access-token-signature-wrong', 'signing-keys-changed', 'access-token-issuer-differs'],
      endpoint: 'api',
    },
    why: 'The service finds no key for the kid of the token (read from the answer).',
  },
  {
    id: 'kc-nest-wrong-iss',
    source: 'https://github.com/ferrerojosh/nest-keycloak-connect/issues/176',
    provider: 'keycloak',
    paste: `WARN [Keycloak] Cannot validate access token: Error: Grant validation failed. Reason: invalid token (wrong ISS)
`,
    truth: { causes: ['access-token-issuer-differs'], endpoint: 'api' },
    why: 'The adapter compares the issuer with the address that it was given (read from the message).',
  },
  {
    id: 'kc-oauth2-proxy-aud-account',
    source: 'https://github.com/oauth2-proxy/oauth2-proxy/issues/2117',
    provider: 'keycloak',
    paste: `[2023/05/16 17:41:06] [oauthproxy.go:830] Error creating session during OAuth2 callback: audience from claim aud with value [account] does not match with any of allowed audiences map[oauth2-proxy:{}]
`,
    truth: { causes: ['access-token-audience-wrong', 'id-token-wrong'], endpoint: 'gateway' },
    why: 'Keycloak needs an audience mapper, so that the token names oauth2-proxy.',
  },
  {
    id: 'kc-dashboard-expected-audience',
    source: 'https://github.com/oauth2-proxy/oauth2-proxy/issues/1617',
    provider: 'keycloak',
    paste: `... Error creating session during OAuth2 callback: oidc: expected audience "kubernetes-dashboard" got ["account"]

        - --provider=keycloak-oidc
        - --client-id=kubernetes-dashboard
`,
    truth: { causes: ['access-token-audience-wrong', 'id-token-wrong'], endpoint: 'gateway' },
    why: 'An audience mapper for the client is missing (read from the message).',
  },
  {
    id: 'kc-stale-refresh',
    source: 'https://github.com/marcospereirampj/python-keycloak/issues/53',
    provider: 'keycloak',
    paste: `1. Instantiate KeycloakAdmin with refresh token

1. Login in the keycloak administration console

1. Use the previously instantiated KeycloakAdmin

You should get an error:
> 400: b'{\\"error\\":\\"invalid_grant\\",\\"error_description\\":\\"Stale refresh token\\"}'
`,
    truth: {
      causes: ['refresh-token-reused', 'token-of-earlier-login', 'not-before-pushed'],
      endpoint: 'token',
    },
    why: 'A newer sign-in made the kept refresh token stale (read from the steps).',
  },
  {
    id: 'entra-wpf-reply-url',
    source: 'https://github.com/MicrosoftDocs/azure-docs/issues/15339',
    provider: 'entra',
    paste: `Updated ClientId as instructed using Native app (I have tried both Converged application and Azure AD only application), auth works fine but then get
"AADSTS50011: The reply url specified in the request does not match the reply urls configured for the application: 3f0c2b6e-6f2e-4d27-9b1f-0a5b1f9be777" presented on auth popup.
`,
    truth: {
      causes: ['redirect-uri-not-registered', 'redirect-uri-nearly-right'],
      endpoint: 'authorization',
    },
    why: 'Setting RedirectUri in the app to that of the registration mended it.',
  },
  {
    id: 'entra-device-token-secret',
    source: 'https://github.com/MicrosoftDocs/azure-docs/issues/31986',
    provider: 'entra',
    paste: `I have received device_code using URL https://login.microsoftonline.com/my-tenant-id/oauth2/v2.0/devicecode.. While getting access-token using the URL as mentioned in the doc  (https://login.microsoftonline.com/my-tenant-id/oauth2/v2.0/token), i am getting error..

Included client, grant_type, code in the request body..

**{
    "error": "invalid_client",
    "error_description": "AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'.\\r\\nTrace ID: 0de65102-2fc2-4862-a02e-4c5b6b0f0400\\r\\nCorrelation ID: 8dfeaa3f-40b7-47d7-98b1-88b8458bbfff\\r\\nTimestamp: 2019-05-23 11:50:14Z",
    "error_codes": [
        7000218
    ],
    "timestamp": "2019-05-23 11:50:14Z",
    "trace_id": "0de65102-2fc2-4862-a02e-4c5b6b0f0400",
    "correlation_id": "8dfeaa3f-40b7-47d7-98b1-88b8458bbfff"
}**
`,
    truth: { causes: ['client-not-public', 'client-secret-missing'], endpoint: 'token' },
    why: 'The device flow needs a public client; the app is registered as a confidential one (read from the message).',
  },
  {
    id: 'entra-graph-me-headers',
    source: 'https://github.com/microsoftgraph/microsoft-graph-docs/issues/4752',
    provider: 'entra',
    paste: `Request "https://graph.microsoft.com/v1.0/me" shows "Access token validation failure. Invalid audience."

Request URL: https://graph.microsoft.com/v1.0/me
Request Method: GET
Status Code: 401 Unauthorized
Remote Address: 20.190.141.179:443
Referrer Policy: no-referrer-when-downgrade
Access-Control-Allow-Origin: *
Access-Control-Expose-Headers: ETag, Location, Preference-Applied, Content-Range, request-id, client-request-id
client-request-id: d369de2b-d1b8-44fa-bed6-f56280b1aef1
Content-Length: 262
Content-Type: application/json; charset=utf-8
`,
    truth: { causes: ['access-token-audience-wrong'], endpoint: 'api' },
    why: 'The token of /.auth/me is for the app, not for Microsoft Graph (read from the message).',
  },
  {
    id: 'entra-react-adal-graph',
    source: 'https://github.com/salvoravida/react-adal/issues/91',
    provider: 'entra',
    paste: `If I call the microsoft graph with the generated token it is showing error.

Error
{
  "error": {
    "code": "InvalidAuthenticationToken",
    "message": "Access token validation failure. Invalid audience.",
    "innerError": {
      "request-id": "df2ddcfa-a2d0-42e8-80b2-b8323888191d",
      "date": "2019-10-14T11:51:06"
    }
  }
}
`,
    truth: { causes: ['access-token-audience-wrong', 'access-token-of-other-kind'], endpoint: 'api' },
    why: 'The ID token was sent to Graph; a token for Graph has to be asked for.',
  },
  {
    id: 'entra-assertion-time',
    source:
      'https://github.com/Azure-Samples/active-directory-dotnet-daemon-certificate-credential/issues/46',
    provider: 'entra',
    paste: `AADSTS70002: Error validating credentials. AADSTS50012: Client assertion is not within its valid time range.

The line throwing an error is (Program.cs(147)):
result = await authContext.AcquireTokenAsync(todoListResourceId, certCred);
`,
    truth: {
      causes: ['client-assertion-expired', 'client-assertion-too-early', 'clock-wrong'],
      endpoint: 'token',
    },
    why: 'The times of the assertion do not fit the clock of the server (read from the message).',
  },
  {
    id: 'entra-assertion-audience',
    source: 'https://github.com/AzureAD/azure-activedirectory-library-for-python/issues/79',
    provider: 'entra',
    paste: `E           Failed: Get Token request returned http error: 401 and server response: {"error":"invalid_client","error_description":"AADSTS70002: Error validating credentials. AADSTS50012: Client assertion audience claim does not match Realm issuer.\\r\\nTrace ID: b3a77dbe-af3b-4545-8c2c-a76ab79c15ff\\r\\nCorrelation ID: 5018bf95-777c-448c-96ea-19e2532cbb48\\r\\nTimestamp: 2017-03-08 23:18:59Z","error_codes":[70002,50012],"timestamp":"2017-03-08 23:18:59Z"}
`,
    truth: { causes: ['client-assertion-audience'], endpoint: 'token' },
    why: 'The audience of the assertion is not the realm that was asked (read from the message).',
  },
  {
    id: 'entra-obo-signature',
    source: 'https://github.com/Azure/azure-sdk-for-java/issues/25109',
    provider: 'entra',
    paste: `2021-10-29 15:53:09.643 ERROR com.azure.identity.OnBehalfOfCredential  Azure Identity => ERROR in getToken() call for scopes [.default]: AADSTS50013: Assertion failed signature validation. [Reason - The provided signature value did not match the expected signature value., Thumbprint of key used by client: '977B10FB9D1C087E3105564B1D31B09D247BEBCD', Found key 'Start=02/07/2021 17:00:39, End=02/06/2026 17:00:39'].
Trace ID: 62d60ed5-56c3-45a0-b960-93d4ec917d00
Correlation ID: 23f6c5a9-1ff9-4e6a-9dc8-b8b5fa539613
Timestamp: 2021-10-29 10:23:09Z
`,
    truth: { causes: ['assertion-key', 'assertion-refused'], endpoint: 'token' },
    why: 'The token given as assertion cannot be verified (read from the message).',
  },
  {
    id: 'entra-guest-missing',
    source: 'https://github.com/uphold/rest-api-examples/issues/11',
    provider: 'entra',
    paste: `Correlation Id: 2afae1cf-0a21-447d-a227-5b2606368a7b
Timestamp: 2021-05-02T03:24:52Z
Message: AADSTS50020: User account 'somebody@outlook.com' from identity provider 'live.com' does not exist in tenant 'Microsoft Services' and cannot access the application '0b107b34-72a8-4081-a8ca-f3ecb0937531'(Microsoft Azure) in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different Azure Active Directory user account.
`,
    truth: { causes: ['user-not-in-tenant'], endpoint: 'authorization' },
    why: 'The account is not in the tenant (read from the message).',
  },
  {
    id: 'entra-secret-superfluous',
    source: 'https://github.com/O365/python-o365/issues/469',
    provider: 'entra',
    paste: `Unable to fetch auth token. Error: (invalid_client) AADSTS700025: Client is public so neither 'client_assertion' nor 'client_secret' should be presented.

Trace ID: 43d77fa0-0f4d-4b83-ac05-b05592320801

Correlation ID: 6f214225-c2c2-4b66-b2bb-232bd77f8e5d

Timestamp: 2020-06-19 14:12:06Z
`,
    truth: { causes: ['client-secret-superfluous'], endpoint: 'token' },
    why: 'The client is public and sends a secret (read from the message).',
  },
  {
    id: 'entra-cli-code-expired',
    source: 'https://github.com/Azure/azure-cli/issues/3808',
    provider: 'entra',
    paste: `**Message:** Unexpected polling state code_expired
**Stack:** [_site-packages\\\\azure\\\\cli\\\\main.py_, line 36, in main\\n cmd_result = APPLICATION.execute(args)\\n_, _site-packages\\\\azure\\\\cli\\\\core\\\\application.py_, line 210, in execute\\n result = expanded_arg.func(params)\\n_, _site-packages\\\\azure\\\\cli\\\\command_modules\\\\profile\\\\custom.py_, line 91, in login\\n raise CLIError(err)\\n_]
`,
    truth: { causes: ['device-code-expired'], endpoint: 'token' },
    why: 'code_expired means the device code.',
  },
  {
    id: 'b2c-invalid-redirect',
    source: 'https://github.com/MicrosoftDocs/azure-docs/issues/76963',
    provider: 'b2c',
    paste: `AADB2C90287

Microsoft.Cpim.Protocols.OAuth2.OAuthException: The request contains invalid redirect URI 'http://localhost:3033/',
`,
    truth: {
      causes: ['redirect-uri-not-registered', 'redirect-uri-nearly-right', 'redirect-uri-malformed'],
      endpoint: 'authorization',
    },
    why: 'The exception names the redirect URI (read from the message).',
  },
  {
    id: 'adfs-refresh-cors-header',
    source: 'https://github.com/mulesoft-labs/js-client-oauth2/issues/121',
    provider: 'adfs',
    paste: `Access to XMLHttpRequest at 'https://adfs.mycompany.com/adfs/oauth2/token?resource=OUR_ADFS_RESOURCE' from origin 'https://myservice' has been blocked by CORS policy: Request header field authorization is not allowed by Access-Control-Allow-Headers in preflight response.
SSOLogin.tsx:30 Error: XHR aborted: https://adfs.mycompany.com/adfs/oauth2/token?resource=OUR_ADFS_RESOURCE
    at XMLHttpRequest.u.onerror.u.onabort (browser.js:23)
`,
    truth: { causes: ['header-not-allowed'], endpoint: 'token' },
    why: 'The library sets an Authorization header, which the server does not allow to pages.',
  },
  {
    id: 'okta-twice',
    source: 'https://github.com/boylesoftware/tomcat-oidcauth/issues/6',
    provider: 'okta',
    paste: `> FINE [https-openssl-nio-8443-exec-4] org.bsworks.catalina.authenticator.oidc.BaseOpenIDConnectAuthenticator.callTokenEndpoint received response: status: 401, date: 4 Jun, 2018 10:55:29 AM, body: {"error_description":"Cannot supply multiple client credentials. Use one of the following: credentials in the Authorization header, credentials in the post body, or a client_assertion in the post body.","error":"invalid_request"}
`,
    truth: { causes: ['client-authenticated-twice'], endpoint: 'token' },
    why: 'The valve sent the credentials in the header and in the form.',
  },
  {
    id: 'okta-dotnet-assertion-aud',
    source: 'https://github.com/okta/okta-sdk-dotnet/issues/600',
    provider: 'okta',
    paste: `"error":"invalid_client","error_description":"The audience claim for client_assertion must be the endpoint invoked for the request."

         services.AddTransient<IGroupApi>(_ => new GroupApi(
            new Configuration
            {
                OktaDomain = options.BaseUri.AbsoluteUri,
                Scopes = new HashSet<string>{"okta.groups.read"},
                ClientId = options.ClientId,
                AuthorizationMode = AuthorizationMode.PrivateKey,
                PrivateKey = new JsonWebKeyConfiguration(JsonSerializer.Serialize(options.PrivateKey))
            }));
`,
    truth: { causes: ['client-assertion-audience'], endpoint: 'token' },
    why: 'The audience of the assertion is not the address that is asked (read from the message).',
  },
  {
    id: 'okta-jhipster-audience',
    source: 'https://github.com/jhipster/generator-jhipster/issues/10449',
    provider: 'okta',
    paste: `**2019-09-19 21:06:53.184  WARN 55988 --- [  XNIO-1 task-1] s.p.p.security.oauth2.AudienceValidator  : Invalid audience: [http://localhost:8081]
2019-09-19 21:06:53.938  WARN 55988 --- [  XNIO-1 task-2] s.p.p.security.oauth2.AudienceValidator  : Invalid audience: [http://localhost:8081]
`,
    truth: { causes: ['access-token-audience-wrong'], endpoint: 'api' },
    why: 'The service accepts the audience of the default server only; the new one has to be set (read from the message).',
  },
  {
    id: 'okta-trino-audience',
    source: 'https://github.com/trinodb/trino/issues/13175',
    provider: 'okta',
    paste: `io.trino.server.security.oauth2.ChallengeFailedException: Invalid Audience: api://default. Allowed audiences: [0oace79rl7vLce7HP297]
`,
    truth: { causes: ['access-token-audience-wrong'], endpoint: 'api' },
    why: 'Trino expects the client id, the token is for api://default (read from the message).',
  },
  {
    id: 'okta-smart-aud',
    source: 'https://github.com/oktadev/okta-smartfhir-docs/issues/11',
    provider: 'okta',
    paste: `When I try to make a get request to get a patient record I keep getting

"An invalid audience was specified on the authorize request."

I have updated the audience field for the default authorization server and in the requests using postman I make sure the 'aud' and I even tried 'audience' query parameter is added
`,
    truth: { causes: ['resource-unknown'], endpoint: 'authorization' },
    why: 'The aud of the SMART request is not the value that the server is set to.',
  },
  {
    id: 'auth0-java-password-realm',
    source: 'https://github.com/auth0/auth0-java/issues/165',
    provider: 'auth0',
    paste: `    com.auth0.exception.APIException: Request failed with status code 403: Grant type 'http://auth0.com/oauth/grant-type/password-realm' not allowed for the client.
`,
    truth: { causes: ['direct-access-off', 'grant-off-for-client', 'client-not-allowed'], endpoint: 'token' },
    why: 'The grant type is not enabled for the client.',
  },
  {
    id: 'auth0-react-malformed',
    source: 'https://github.com/auth0-samples/auth0-react-samples/issues/20',
    provider: 'auth0',
    paste: `API Request (port 3001): GET /api/public 200 3.275 ms - 91
API Request (port 3001): GET /api/private 401 6.557 ms - 569
UnauthorizedError: jwt malformed
    at /Users/justfly/projects/auth0-react-samples/03-Calling-an-API/node_modules/express-jwt/lib/index.js:102:22
    at /Users/justfly/projects/auth0-react-samples/03-Calling-an-API/node_modules/jsonwebtoken/verify.js:27:18
`,
    truth: { causes: ['access-token-malformed'], endpoint: 'api' },
    why: 'What arrives is no JWT (read from the message).',
  },
  {
    id: 'auth0-return-to',
    source: 'https://github.com/auth0/auth0-react/issues/127',
    provider: 'auth0',
    paste: `    logout({
        returnTo: thePreviousURL,
    });

> The "returnTo" querystring parameter "http://mysite.com/users/1234112" is not defined as a valid URL in "Allowed Logout URLs".
`,
    truth: { causes: ['logout-return-not-registered'], endpoint: 'logout' },
    why: 'returnTo has to be listed under Allowed Logout URLs.',
  },
  {
    id: 'google-after-a-week',
    source: 'https://github.com/googleapis/google-api-nodejs-client/issues/2886',
    provider: 'google',
    paste: `Invalid token with \`invalid_grant\` after a week

-   tokens are refreshed every hour by setting a cron job on a cloud function that refreshes tokens
-   after a week tokens get invalid even after refreshing them every hour

oAuth2Client.generateAuthUrl({
    access_type: 'offline',
    scope: ['profile', 'email', 'https://www.googleapis.com/auth/gmail.modify']
})
`,
    truth: { causes: ['refresh-token-expired', 'refresh-token-no-longer-valid'], endpoint: 'token' },
    why: 'Apps in testing get refresh tokens of seven days (read from the thread and the known rule).',
  },
  {
    id: 'google-cpp-jwt-reused',
    source: 'https://github.com/googleapis/google-cloud-cpp/issues/2689',
    provider: 'google',
    paste: `Permanent error in ReadObject: {
  "error": "invalid_grant",
  "error_description": "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values and use a clock with skew to account for clock differences between systems."
}
`,
    truth: { causes: ['assertion-out-of-time', 'assertion-expired', 'clock-wrong'], endpoint: 'token' },
    why: 'iat and exp were made once and never renewed, so that the assertion was too old after an hour.',
  },
  {
    id: 'cognito-redirect-address',
    source: 'https://github.com/aws/aws-aspnet-cognito-identity-provider/issues/167',
    provider: 'cognito',
    paste: `(the callback url is set as https://localhost:5001)
But it only redirects to the error page like below.
URL: \`https://mydomain.auth.us-east-2.amazoncognito.com/error?error=redirect_mismatch&client_id=5lq9k0d0vq2m4v8v7a3p2n1b0c\`
`,
    truth: {
      causes: ['redirect-uri-not-registered', 'redirect-uri-nearly-right'],
      endpoint: 'authorization',
    },
    why: 'The callback URL is not that of the app client (read from the message).',
  },
  {
    id: 'cognito-scope-address',
    source: 'https://github.com/python-social-auth/social-app-django/issues/538',
    provider: 'cognito',
    paste: `when i goto \`http://localhost:8000/auth/login/cognito\` ,  my Cognito hosted UI comes, but the url bar has url: \`https://myclientapp.auth.ap-south-1.amazoncognito.com/error?error=invalid_scope&client_id=3dkqled3898h7t2v0m4qtni5gtj7\` . The request's reponse is \`error: invalid_scope\`

SOCIAL_AUTH_COGNITO_SCOPE = ["email", "openid"]
`,
    truth: { causes: ['authorization-scope-invalid', 'scope-unknown'], endpoint: 'authorization' },
    why: 'The app client does not allow a scope that was asked for (read from the message).',
  },
  {
    id: 'spring-location-scope',
    source: 'https://github.com/wultra/powerauth-webflow/issues/968',
    provider: 'spring',
    paste: `Location: http://localhost:8080/powerauth-webflow-client/connect/demo?error=invalid_scope&error_description=Invalid%20scope:%20aisp&state=a60f0f91-23f8-4ce9-a10b-500347b2240b&scope=profile
`,
    truth: { causes: ['authorization-scope-invalid', 'scope-unknown'], endpoint: 'authorization' },
    why: 'The client is registered with the scope profile only.',
  },
  {
    id: 'spring-redirected-preflight',
    source: 'https://github.com/axios/axios/issues/2616',
    provider: 'spring',
    paste: `Access to XMLHttpRequest at 'http://192.168.3.99:8001/oauth2/authorization/demo' (redirected from 'http://192.168.3.99:9080/sitianjian/auth/user-info') from origin 'http://192.168.3.99:9080' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: Redirect is not allowed for a preflight request.
`,
    truth: {
      causes: ['authorization-by-script', 'preflight-refused', 'redirected'],
      endpoint: 'authorization',
    },
    why: 'The API leads the XHR to the sign-in, which a script cannot follow (read from the message).',
  },
  {
    id: 'apis-grant-not-offered',
    source: 'https://github.com/OAuth-Apis/apis/issues/64',
    provider: 'generic',
    paste: `curl -v -H "Accept: application/json" -H "Content-type: application/x-www-form-urlencoded" -H \\
  "Authorization: Basic aXQtdGVzdC1jbGllbnQtY3JlZGVudGlhbC1ncmFudDpzb21lLXNlY3JldC1jbGllbnQtY3JlZGVudGlhbC1ncmFudA==" \\
  -X POST -d 'grant_type=client_credentials' http://localhost:8080/oauth2/token

 HTTP/1.1 400 Bad Request
< Content-Type: application/json
< Transfer-Encoding: chunked
* Server Jetty(8.1.4.v20120524) is not blacklisted
< Server: Jetty(8.1.4.v20120524)
<
{"error":"unsupported_grant_type","error_description":"The supported grant_type values are 'authorization_code' and 'refresh_token'"}* Connection #0 to host localhost left intact
`,
    truth: { causes: ['grant-type-not-offered'], endpoint: 'token' },
    why: 'The server knows two other grants only (read from the message).',
  },
  {
    id: 'hydra-tutorial-redirect',
    source: 'https://github.com/ory/hydra/issues/1515',
    provider: 'hydra',
    paste: `I see \`invalid request\` error, with \`\`\`Hint: "redirect_uri" parameter does not match any of the OAuth 2.0 Client's pre-registered redirect urls.\`\`\`
`,
    truth: {
      causes: ['redirect-uri-not-registered', 'redirect-uri-nearly-right'],
      endpoint: 'authorization',
    },
    why: '127.0.0.1 and localhost were mixed up.',
  },
  {
    id: 'canvas-scope-json',
    source: 'https://github.com/instructure/canvas-lms/issues/1483',
    provider: 'generic',
    paste: `https://hypothesis.instructure.com/login/oauth2/auth?client_id=10000000000042&response_type=code&redirect_uri=https://hypothes.is/canvas_oauth_callback&state=eyJhbGciOiJIUzI1NiJ9&scope=url:GET|/api/v1/courses/:course_id/folders
 It raises a HTTP 400 error.  {"error":"invalid_scope","error_description":"A requested scope is invalid, unknown, malformed, or exceeds the scope granted by the resource owner."}
`,
    truth: { causes: ['authorization-scope-invalid', 'scope-unknown'], endpoint: 'authorization' },
    why: 'The developer key does not hold the scope that is asked for.',
  },
  {
    id: 'authentik-komodo',
    source: 'https://github.com/moghtech/komodo/issues/121',
    provider: 'authentik',
    paste: `Redirect URI Error
The request fails due to a missing, invalid, or mismatching redirection URI (redirect_uri).

In the address bar the URI redirect seems correct:
https://authentik.domain.dev/application/o/authorize/?response_type=code&client_id=clientid&state=xxx&code_challenge=D9vk-WaX7iKovA-xxx&code_challenge_method=S256&redirect_uri=https%3A%2F%2Fkomodo.domain.dev%2Fauth%2Foidc%2Fcallback&scope=openid+openid+email&nonce=YY-EzCCJX2p3NZpoD-6Bng
`,
    truth: {
      causes: ['redirect-uri-not-registered', 'redirect-uri-nearly-right'],
      endpoint: 'authorization',
    },
    why: 'The redirect URI in authentik is not the one that is sent.',
  },
  {
    id: 'zitadel-redirect-json',
    source: 'https://github.com/zitadel/zitadel/issues/6955',
    provider: 'zitadel',
    paste: `Full error message: {"error":"invalid_request","error_description":"The requested redirect_uri is missing in the client configuration. If you have any questions, you may contact the administrator of the application."}
`,
    truth: {
      causes: ['redirect-uri-not-registered', 'redirect-uri-nearly-right'],
      endpoint: 'authorization',
    },
    why: 'The exact redirect URL has to be added to the application.',
  },
  {
    id: 'github-bad-code',
    source: 'https://github.com/geniushkg/github-oauth/issues/8',
    provider: 'github',
    paste: `response is:{"error":"bad_verification_code","error_description":"The code passed is incorrect or expired.","error_uri":"https://developer.github.com/v3/oauth/#bad-verification-code"}
`,
    truth: { causes: ['code-used-or-unknown', 'code-expired'], endpoint: 'token' },
    why: 'GitHub does not accept the code (read from the message).',
  },
  {
    id: 'gitlab-gitbeaker-token',
    source: 'https://github.com/jdalrymple/gitbeaker/issues/509',
    provider: 'gitlab',
    paste: `const { Gitlab } = require('gitlab');
 const api = new Gitlab({
                            token: JSON.parse(result.body).access_token
                        });

 api.Projects.all().then(function (data) { debugger });

description:"401 Unauthorized"
message:"Unauthorized"
name:"HTTPError"
response:Response {size: 0, timeout: 300000, Symbol(Body internals): Object, …}
stack:"HTTPError: Unauthorized\\n    at fn (C:\\code\\RoboticApi\\RestApi\\node_modules\\ky\\umd.js:279:12)
`,
    truth: {
      causes: ['access-token-scheme-wrong', 'access-token-of-other-kind', 'access-token-not-sent'],
      endpoint: 'api',
    },
    canBeTold: false,
    why: '`token` is for personal tokens (header PRIVATE-TOKEN); an OAuth token goes into `oauthToken` (Bearer).',
  },
  {
    id: 'gitlab-curl-sudo-scope',
    source: 'https://github.com/git-as-svn/git-as-svn/issues/344',
    provider: 'gitlab',
    paste: `$ curl --header "PRIVATE-TOKEN: token_with_only_sudo" "https://team.allstargamejammers.example/api/v4/projects/2"
{"error":"insufficient_scope","error_description":"The request requires higher privileges than provided by the access token.","scope":"api"}%
`,
    truth: { causes: ['api-scope-missing'], endpoint: 'api' },
    why: 'The token has the scope sudo only, and the API wants api.',
  },
  {
    id: 'gitlab-dart-revoke',
    source: 'https://github.com/appsup-dart/openid_client/issues/83',
    provider: 'gitlab',
    paste: `\`credentials.revoke();\`

does not work with Gitlab OmniAuth provider.
It returns an error 'Unauthorized'.

I did debug it and it looks like \`revoke\` method is calling endpoint with \`Authorization: Bearer access_token\`
`,
    truth: {
      causes: ['client-authentication-failed', 'client-secret-missing', 'client-id-missing'],
      endpoint: 'revocation',
    },
    why: "The revocation carries a Bearer token in place of the client's Basic credentials.",
  },
  {
    id: 'ids-local-api-scope',
    source: 'https://github.com/DuendeArchive/Support/issues/710',
    provider: 'identityserver',
    paste: `I am using angular-oauth2-oidc in angular frontend.
When I request a token from the token endpoint with a scope including 'IdentityServerApi', I get returned
{"error":"invalid_scope"}.
`,
    truth: { causes: ['scope-unknown', 'authorization-scope-invalid'], endpoint: 'token' },
    why: 'The client is not allowed the scope, or it is not registered (read from the message).',
  },
  {
    id: 'ids-post-logout-log',
    source: 'https://github.com/DuendeArchive/IdentityServer4/issues/2882',
    provider: 'identityserver',
    paste: `auth:idsrv:admin 2018-12-08 21:18:27.6169 - ERROR [35]: Invalid post logout URI
{
  "ClientId": "NetCoreMvcWeb",
  "ClientName": "NetCoreMvcWeb",
  "SubjectId": "10000",
  "PostLogOutUri": "http://localhost:5000/signout-callback-oidc",
  "Raw": {
    "post_logout_redirect_uri": "http://localhost:5000/signout-callback-oidc",
    "id_token_hint": "«{"iss":"http://localhost/iam.web/identity","aud":"NetCoreMvcWeb","exp":300,"nbf":-1,"iat":-1,"sub":"10000","idp":"idsrv"}»"
  }
}
`,
    truth: { causes: ['logout-return-not-registered'], endpoint: 'logout' },
    why: 'The return address is not registered for the client (read from the message).',
  },
  {
    id: 'openiddict-velusia-log',
    source: 'https://github.com/openiddict/openiddict-samples/issues/112',
    provider: 'openiddict',
    paste: `OpenIddict.Core.OpenIddictApplicationManager: Warning: Client validation failed because 'https://localhost:44338/signin-oidc' was not a valid redirect_uri for mvc.
OpenIddict.Server.OpenIddictServerDispatcher: Error: The authorization request was rejected because the redirect_uri was invalid: 'https://localhost:44338/signin-oidc'.
`,
    truth: {
      causes: ['redirect-uri-not-registered', 'redirect-uri-nearly-right'],
      endpoint: 'authorization',
    },
    why: 'The client runs at another address than the one registered (read from the log).',
  },
  {
    id: 'spotify-meteor-address',
    source: 'https://github.com/xinranxiao/meteor-accounts-spotify/issues/2',
    provider: 'generic',
    paste: `INVALID_CLIENT: Invalid redirect URI

https://accounts.spotify.com/en/authorize?response_type=code&client_id=cc16d738aec44ae6a4d904ae41800d0d&redirect_uri=http:%2F%2Flocalhost:3000%2F_oauth%2Fspotify%3Fclose&state=eyJsb2dpblN0eWxlIjoicG9wdXAiLCJjcmVkZW50aWFsVG9rZW4iOiJSTlE3TWFqaHlLY3lDd3BkXzBWMjI4Y25ldHFhS1NHaXEtSV9ZQmNSTHB0IiwiaXNDb3Jkb3ZhIjpmYWxzZX0&scope=user-read-email#_=_
`,
    truth: {
      causes: ['redirect-uri-not-registered', 'redirect-uri-nearly-right'],
      endpoint: 'authorization',
    },
    why: 'The URI was registered without http:// in front.',
  },
  {
    id: 'dot-authentication-header',
    source: 'https://github.com/django-oauth/django-oauth-toolkit/issues/1235',
    provider: 'django-oauth-toolkit',
    paste: `curl --location --request POST 'http://127.0.0.1:8000/o/token/' \\
--header 'Authentication: Basic UE80dDI0UlZFd2tFRlBYT2NCVnVHZ0luQ3pNMnppQ21VbnRIQm52ejpBZ2VnR3FXd3prbEdZZTlqeU9ySEFJdXVJeUtzaE1CNmRYb1FkMnQwVTJlcHREblhsWVRr' \\
--header 'Cache-Control: no-cache' \\
--header 'Content-Type: application/x-www-form-urlencoded' \\
--data-urlencode 'grant_type=client_credentials'

response in postman:
- body: \`{"error": "invalid_client"}\`
`,
    truth: {
      causes: ['client-id-missing', 'client-secret-missing', 'client-authentication-failed'],
      endpoint: 'token',
    },
    why: 'The header is called Authentication instead of Authorization (read from the request).',
  },
  {
    id: 'salesforce-code-used',
    source: 'https://github.com/omniphx/forrest/issues/169',
    provider: 'salesforce',
    paste: `Client error: \`POST https://login.salesforce.com/services/oauth2/token\` resulted in a \`400 Bad Request\` response: {"error":"invalid_grant","error_description":"expired authorization code"}
`,
    truth: { causes: ['code-used-or-unknown', 'code-expired'], endpoint: 'token' },
    why: 'The code had been used before.',
  },
  {
    id: 'istio-issuer',
    source: 'https://github.com/istio/istio/issues/40718',
    provider: 'istio',
    paste: `it gets block on the gateway with this error "Jwt issuer is not configured".  I clearly have issuer's defined so I'm confused.

apiVersion: security.istio.io/v1beta1
kind: RequestAuthentication
metadata:
  name: jwt-rule
  namespace: istio-system
spec:
  jwtRules:
  - forwardOriginalToken: true
    issuer: https://keycloak.example.com/auth/realms/test
    jwks: '..removed..'
  - forwardOriginalToken: true
    issuer: https://app.example.com
    jwksUri: https://app.example.com/v1/.well-known/jwks.json
`,
    truth: { causes: ['access-token-issuer-differs'], endpoint: 'gateway' },
    why: 'No rule names the issuer of the token (read from the message).',
  },
  {
    id: 'ping-chainlit-cors',
    source: 'https://github.com/Chainlit/chainlit/issues/1389',
    provider: 'ping',
    paste: `I am getting the below issue in the browser console after session cookie/token expires.

Access to fetch at 'https://sso.xyz.com/as/authorization.oauth2?approval_prompt=force&client_id=ITSIKMMETC_ZuluAccelerationPortal_OIDC_SI&code_challenge=f-JknuSdFLW7uCyQVYf54OuSqxUI9VY8oIy5cDHGTgY&code_challenge_method=S256&redirect_uri=https%3A%2F%2Fsampleapp.xyz.com%2Foauth2%2Fcallback&response_type=code&scope=openid+email+profile&state=EYD6_FUTAmTcEba3L3g8XlsbFmVDvSqZTDQCklUYJNQ%3A%2Fauth%2Fconfig' (redirected from 'https://sampleapp.xyz.com/auth/config') from origin 'https://sampleapp.xyz.com' has been blocked by CORS policy: Request header field content-type is not allowed by Access-Control-Allow-Headers in preflight response.
`,
    truth: { causes: ['authorization-by-script', 'header-not-allowed'], endpoint: 'authorization' },
    why: 'The session had ended, and the proxy leads the fetch to the sign-in page (read from the message).',
  },
  {
    id: 'aspnet-no-keys',
    source: 'https://github.com/dotnet/aspnetcore/issues/2223',
    provider: 'aspnet',
    paste: `info: Microsoft.AspNetCore.Authentication.JwtBearer.JwtBearerHandler[1]
      Failed to validate the token [MyTokenHere]
Microsoft.IdentityModel.Tokens.SecurityTokenInvalidSignatureException: IDX10500: Signature validation failed. No security keys were provided to validate the signature.
   at System.IdentityModel.Tokens.Jwt.JwtSecurityTokenHandler.ValidateSignature(String token, TokenValidationParameters validationParameters)
info: Microsoft.AspNetCore.Authentication.JwtBearer.JwtBearerHandler[7]
      Bearer was not authenticated. Failure message: IDX10500: Signature validation failed. No security keys were provided to validate the signature.
`,
    truth: { causes: ['access-token-signature-wrong'], endpoint: 'api' },
    why: 'The API finds no keys for the token of B2C (read from the message).',
  },
  {
    id: 'aspnet-b2c-keys',
    source:
      'https://github.com/AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet/issues/1289',
    provider: 'aspnet',
    paste: `Receiving the error message of IDX10501: Signature validation failed. Unable to match keys when using Azure AD

            services
                .AddAuthentication(AzureADDefaults.BearerAuthenticationScheme)
                .AddAzureADBearer(options => Configuration.Bind("AzureAd", options));

  "AzureAd": {
    "Instance": "https://login.microsoftonline.com/",
    "Domain": "testdirectoryv44.onmicrosoft.com"
  }
`,
    truth: { causes: ['access-token-signature-wrong', 'access-token-issuer-differs'], endpoint: 'api' },
    why: 'The API takes the keys of Azure AD, the token is of a B2C tenant (read from the code).',
  },
  {
    id: 'azuretre-audience-log',
    source: 'https://github.com/microsoft/AzureTRE/issues/361',
    provider: 'entra',
    paste: `When you authentication and try to call any protected endpoint on the API the following error is logged and the API returns 401.

DEBUG:root:Invalid audience
`,
    truth: { causes: ['access-token-audience-wrong'], endpoint: 'api' },
    why: 'The API refuses the audience of the token (read from the message).',
  },
];
