import type { Question } from './question.ts';

/**
 * Questions that people asked in public, shortened; secrets are made up. The truth is what the answer says that solved
 * it, which is not always what can be seen in the paste (`canBeTold`).
 */
export const publicQuestions: readonly Question[] = [
  {
    id: 'kc-signed-jwt-authenticator',
    source: 'https://github.com/thomasdarimont/spring-boot-keycloak-jwe-example/issues/1',
    provider: 'keycloak',
    paste: `KC_RESPONSE=$( \\
curl \\
  -d "client_id=$KC_CLIENT_ID" \\
  -d "client_secret=$KC_CLIENT_SECRET" \\
  -d "username=$KC_USERNAME" \\
  -d "password=$KC_PASSWORD" \\
  -d "grant_type=password" \\
  -d "scope=profile openid" \\
  "$KC_ISSUER/protocol/openid-connect/token" \\
)
{
  "error": "invalid_client",
  "error_description": "Parameter client_assertion_type is missing"
}
`,
    truth: {
      causes: ['client-secret-method', 'client-authentication-method-wrong', 'client-assertion-missing'],
      endpoint: 'token',
    },
    why: "The client's authenticator is Signed JWT, and the request sends a client secret.",
  },
  {
    id: 'kc-auth-prefix-python',
    source: 'https://github.com/marcospereirampj/python-keycloak/issues/273',
    provider: 'keycloak',
    paste: `keycloak_admin = KeycloakAdmin(server_url="https://localhost:8443/auth/",
                               username='example-admin',
                               password='secret',
                               realm_name="master",
                               verify=False)
...
keycloak.exceptions.KeycloakGetError: 404: b'{"error":"RESTEASY003210: Could not find resource for full path: https://localhost:8443/auth/realms/master/protocol/openid-connect/token"}'
`,
    truth: { causes: ['base-path-wrong', 'endpoint-wrong'], endpoint: 'token' },
    why: 'server_url ends in /auth/, which Keycloak 17 no longer has.',
  },
  {
    id: 'kc-userinfo-no-openid',
    source: 'https://github.com/keycloak/keycloak/issues/16168',
    provider: 'keycloak',
    paste: `curl -i https://kc.example.com/realms/test/protocol/openid-connect/userinfo -H "Authorization: Bearer «{"iss":"https://kc.example.com/realms/test","azp":"app","scope":"profile email","typ":"Bearer","iat":-20,"exp":280}»"

HTTP/1.1 403 Forbidden
www-authenticate: Bearer realm="test", error="insufficient_scope", error_description="Missing openid scope"
content-length: 0
`,
    truth: { causes: ['openid-scope-missing', 'scope-missing'], endpoint: 'userinfo' },
    why: 'Since Keycloak 19.0.2 userinfo wants a token whose scope has openid.',
  },
  {
    id: 'kc-userinfo-header-only',
    source: 'https://github.com/cylab-tw/bluelight/issues/44',
    provider: 'keycloak',
    paste: `the request to /userinfo fails with a 403 status, and the response shows:

Www-Authenticate: Bearer realm="imaging", error="insufficient_scope", error_description="Missing openid scope"
`,
    truth: { causes: ['openid-scope-missing', 'scope-missing'], endpoint: 'userinfo' },
    why: 'The login URL had no scope, so the token has no openid scope.',
  },
  {
    id: 'kc-userinfo-event-log',
    source: 'https://github.com/keycloak/keycloak/issues/15361',
    provider: 'keycloak',
    paste: `2022-11-05 19:52:02,996 WARN  [org.keycloak.events] (executor-thread-7) type=USER_INFO_REQUEST_ERROR, realmId=REALM, clientId=null, userId=null, ipAddress=10.0.0.9, error=access_denied, auth_method=validate_access_token
"GET /realms/REALM/protocol/openid-connect/userinfo HTTP/1.1" 403 5668 "-" "-"
`,
    truth: { causes: ['openid-scope-missing', 'scope-missing'], endpoint: 'userinfo' },
    canBeTold: false,
    why: 'After the upgrade to 20 the openid scope is needed; the log says access_denied only.',
  },
  {
    id: 'kc-userinfo-docker-issuer',
    source: 'https://github.com/stevenmaguire/oauth2-keycloak/issues/43',
    provider: 'keycloak',
    paste: `GET /auth/realms/master/protocol/openid-connect/userinfo HTTP/1.1
Host: keycloak:8080
Authorization: Bearer «{"iss":"http://localhost:8080/auth/realms/master","azp":"symfony","scope":"openid profile email","typ":"Bearer","iat":-5,"exp":55}»

HTTP/1.1 401 Unauthorized
WWW-Authenticate: Bearer realm="master", error="invalid_token", error_description="Token verification failed"

{"error":"invalid_token","error_description":"Token verification failed"}
`,
    truth: { causes: ['issuer-host-mismatch'], endpoint: 'userinfo' },
    why: 'The token was issued under localhost:8080 and userinfo was asked under keycloak:8080, so the issuer differs.',
  },
  {
    id: 'kc-introspect-inactive',
    source: 'https://github.com/keycloak/keycloak/issues/15694',
    provider: 'keycloak',
    paste: `curl -u api:5f1d5c1e-6b7f-4a1e-a3b8-1b8f0b4c9c11 https://internal.company.com/realms/main/protocol/openid-connect/token/introspect -d "token=«{"iss":"https://auth.company.com/realms/main","azp":"spa","typ":"Bearer","iat":-30,"exp":270}»"

HTTP/1.1 200 OK
{"active":false}
`,
    truth: { causes: ['issuer-host-mismatch'], endpoint: 'introspection' },
    why: 'Introspected under another host than the one that issued the token: always inactive.',
  },
  {
    id: 'kc-logout-hint',
    source: 'https://github.com/s1t5/mail-archiver/issues/270',
    provider: 'keycloak',
    paste: `GET https://kc.example.com/realms/mail/protocol/openid-connect/logout?post_logout_redirect_uri=https%3A%2F%2Fmail.example.com%2F

We are sorry...
Missing parameters: id_token_hint
`,
    truth: { causes: ['logout-hint-missing', 'id-token-hint-missing'], endpoint: 'logout' },
    why: 'post_logout_redirect_uri without client_id or id_token_hint.',
  },
  {
    id: 'kc-logout-plain-sentence',
    source: 'https://github.com/mauriciovigolo/keycloak-angular/issues/462',
    provider: 'keycloak',
    paste: `Keycloak: 18.0.2, keycloak-js: 20.0.2
After calling KeycloakService.logout(urlRedirect) the page says: Missing parameters: id_token_hint
`,
    truth: { causes: ['logout-hint-missing', 'id-token-hint-missing'], endpoint: 'logout' },
    why: 'Since Keycloak 18 the logout wants id_token_hint or client_id.',
  },
  {
    id: 'kc-logout-log-reason',
    source: 'https://github.com/zorn-v/nextcloud-social-login/issues/391',
    provider: 'keycloak',
    paste: `type="LOGOUT_ERROR", realmName="myrealm", clientId="null", error="invalid_request", reason="Either the parameter 'client_id' or the parameter 'id_token_hint' is required when 'post_logout_redirect_uri' is used."
https://cloud.example.com/realms/myrealm/protocol/openid-connect/logout?post_logout_redirect_uri=https%3A%2F%2Fcloud.example.com
`,
    truth: { causes: ['logout-hint-missing', 'id-token-hint-missing'], endpoint: 'logout' },
    why: 'client_id in the logout URL is the remedy.',
  },
  {
    id: 'kc-authorize-http-behind-proxy',
    source: 'https://github.com/9p4/jellyfin-plugin-sso/issues/79',
    provider: 'keycloak',
    paste: `type=LOGIN_ERROR, realmId=realm, clientId=jellyfin, userId=null, ipAddress=::1, error=invalid_redirect_uri, redirect_uri=http://jellyfin.example.com/sso/OID/r/keycloak

(the site is https://jellyfin.example.com, Apache in front)
`,
    truth: {
      causes: [
        'redirect-uri-differs',
        'redirect-uri-not-registered',
        'proxy-hides-address',
        'redirect-uri-scheme-differs',
      ],
      endpoint: 'authorization',
    },
    why: 'The app behind the proxy builds http:// since X-Forwarded-Proto is missing.',
  },
  {
    id: 'kc-authorize-redirect-yarp',
    source: 'https://github.com/manfredsteyer/yarp-auth-proxy/issues/1',
    provider: 'keycloak',
    paste: `http://localhost:8081/realms/demo/protocol/openid-connect/auth?client_id=gateway&redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Fsignin-oidc&response_type=code&scope=openid

"We are sorry... Invalid parameter: redirect_uri"
`,
    truth: { causes: ['redirect-uri-differs', 'redirect-uri-not-registered'], endpoint: 'authorization' },
    why: 'The registered redirect URI has to be that of the reverse proxy; the request alone looks fine.',
  },
  {
    id: 'kc-cors-firefox',
    source: 'https://github.com/dasniko/keycloak-reactjs-demo/issues/10',
    provider: 'keycloak',
    paste: `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://login.example.com:8443/auth/realms/demo/protocol/openid-connect/token. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing).
`,
    truth: { causes: ['origin-not-allowed'], endpoint: 'token' },
    why: 'Web Origins was not right; an entry without path (or *) mended it.',
  },
  {
    id: 'kc-device-flow-off',
    source: 'https://github.com/keycloak/keycloak/issues/11438',
    provider: 'keycloak',
    paste: `curl -X POST http://localhost:8080/realms/test/protocol/openid-connect/auth/device -d "client_id=tv-app"

<html>... Client is not allowed to initiate OAuth 2.0 Device Authorization Grant. The flow is disabled for the client. ...</html>
`,
    truth: { causes: ['device-flow-off', 'grant-off-for-client'], endpoint: 'device' },
    why: 'The device grant is not enabled for the client.',
  },
  {
    id: 'kc-assertion-introspect-aud',
    source: 'https://github.com/keycloak/keycloak/issues/30599',
    provider: 'keycloak',
    paste: `ERROR [org.keycloak.services] KC-SERVICES0025: Error when validating client assertion: java.lang.RuntimeException: Token audience doesn't match domain. Expected audiences are any of [https://as.example.org/auth/realms/test, https://as.example.org/auth/realms/test/protocol/openid-connect/token] but audience from token is '[https://as.example.org/auth/realms/test/protocol/openid-connect/token/introspect]'
`,
    truth: { causes: ['assertion-audience-wrong', 'client-assertion-refused'], endpoint: 'introspection' },
    why: "Keycloak 25.0.0 does not take the introspection endpoint as the assertion's audience.",
  },
  {
    id: 'entra-secret-id',
    source: 'https://github.com/formbricks/formbricks/issues/2879',
    provider: 'entra',
    paste: `message: "invalid_client (AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '11111111-2222-3333-4444-555555555555'. Trace ID: aaaa Correlation ID: bbbb Timestamp: 2024-08-02 14:22:16Z)"
`,
    truth: { causes: ['client-secret-wrong', 'client-secret-id-sent'], endpoint: 'token' },
    why: "The secret's id was configured instead of its value.",
  },
  {
    id: 'entra-secret-guid-curl',
    source: 'https://aztokenwatch.com/blog/fix-aadsts7000215-invalid-client-secret',
    provider: 'entra',
    paste: `curl -X POST https://login.microsoftonline.com/9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d/oauth2/v2.0/token \\
  -d 'client_id=6cb04018-a3f5-46a7-b995-940c78f5aef3' \\
  -d 'client_secret=1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d' \\
  -d 'grant_type=client_credentials' -d 'scope=https://graph.microsoft.com/.default'

{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '6cb04018-a3f5-46a7-b995-940c78f5aef3'.","error_codes":[7000215]}
`,
    truth: { causes: ['client-secret-wrong', 'client-secret-id-sent'], endpoint: 'token' },
    why: "A secret that is a GUID is the secret's id.",
  },
  {
    id: 'entra-secret-placeholder',
    source: 'https://github.com/AzureAD/microsoft-authentication-library-for-dotnet/issues/1576',
    provider: 'entra',
    paste: `"ClientSecret": "[Copy the client secret added to the app from the Azure portal]"

MsalServiceException: The wrong application (public or confidential) is being used with this authentication flow. Original exception: AADSTS7000215: Invalid client secret is provided.
`,
    truth: { causes: ['client-secret-placeholder', 'client-secret-wrong'], endpoint: 'token' },
    why: "The sample's placeholder was left in as the client secret.",
  },
  {
    id: 'entra-public-with-secret',
    source: 'https://github.com/harishkrupo/oauth2ms/issues/19',
    provider: 'entra',
    paste: `Server returned: {'error': 'invalid_client', 'error_description': "AADSTS700025: Client is public so neither 'client_assertion' nor 'client_secret' should be presented. ..."}
`,
    truth: {
      causes: [
        'client-is-public',
        'secret-sent-by-public-client',
        'client-type-wrong',
        'client-secret-method',
      ],
      endpoint: 'token',
    },
    why: 'The redirect URI is registered for a public platform; as a Web platform the secret is accepted.',
  },
  {
    id: 'entra-public-python',
    source: 'https://github.com/Azure-Samples/ms-identity-python-webapp/issues/113',
    provider: 'entra',
    paste: `invalid_client
AADSTS700025: Client is public so neither 'client_assertion' nor 'client_secret' should be presented. Trace ID: 0f0600 Correlation ID: 0a2cf92d Timestamp: 2023-08-01 11:38:36Z
`,
    truth: {
      causes: [
        'client-is-public',
        'secret-sent-by-public-client',
        'client-type-wrong',
        'client-secret-method',
      ],
      endpoint: 'token',
    },
    why: 'The platform was SPA; with the Web platform it worked.',
  },
  {
    id: 'entra-spa-platform',
    source: 'https://github.com/Azure-Samples/ms-identity-javascript-angular-tutorial/issues/37',
    provider: 'entra',
    paste: `ERROR ServerError: invalid_request: 9002326 - [2021-09-03 14:20:13Z]: AADSTS9002326: Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.
Trace ID: 40e5a04a
Correlation ID: b5a1a372
    at ServerError.AuthError [as constructor] (AuthError.ts:40)
`,
    truth: {
      causes: ['redirect-uri-type-wrong', 'spa-platform-missing', 'client-type-wrong', 'origin-not-allowed'],
      endpoint: 'token',
    },
    why: 'The redirect URI is registered as Web, not as single-page application.',
  },
  {
    id: 'entra-pkce-cross-origin',
    source:
      'https://www.codegenes.net/blog/aadsts9002325-proof-key-for-code-exchange-is-required-for-cross-origin-authorization-code-redemption',
    provider: 'entra',
    paste: `AADSTS9002325: Proof Key for Code Exchange is required for cross-origin authorization code redemption.
`,
    truth: {
      causes: ['pkce-verifier-missing', 'pkce-challenge-missing', 'redirect-uri-type-wrong'],
      endpoint: 'token',
    },
    why: 'The SPA redeems a code without PKCE.',
  },
  {
    id: 'entra-b2c-idp-spa',
    source: 'https://learn.microsoft.com/en-us/answers/questions/5789574/azure-ad-b2c',
    provider: 'entra',
    paste: `AADB2C90273: An invalid response was received: 'Error: invalid_request, Error Description: AADSTS9002325: Proof Key for Code Exchange is required for cross-origin authorization code redemption.'
`,
    truth: {
      causes: [
        'redirect-uri-type-wrong',
        'pkce-verifier-missing',
        'pkce-challenge-missing',
        'client-type-wrong',
      ],
      endpoint: 'token',
    },
    why: "The redirect URI of B2C at the Entra app is of type SPA, so the server's redemption is refused; it wants Web.",
  },
  {
    id: 'entra-redirect-case',
    source: 'https://github.com/jasonjoh/dotnet-tutorial/issues/4',
    provider: 'entra',
    paste: `ERROR retrieving token: AADSTS50011: The reply address 'http://localhost:10800/Home/Authorize' does not match the reply addresses configured for the application
`,
    truth: { causes: ['redirect-uri-differs', 'redirect-uri-not-registered'], endpoint: 'token' },
    why: 'The registered URI must be exactly that one.',
  },
  {
    id: 'entra-app-placeholder',
    source: 'https://github.com/OneDrive/onedrive-api-docs/issues/950',
    provider: 'entra',
    paste: `AADSTS700016: Application with identifier 'Insert your client ID here' was not found in the directory '94c3e67c-9e2d-4800-a6b7-635d97882165'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.
`,
    truth: { causes: ['client-id-placeholder', 'client-id-unknown'], endpoint: 'authorization' },
    why: 'The placeholder of the sample was sent as client id.',
  },
  {
    id: 'entra-consent-ropc',
    source: 'https://www.koskila.net/how-to-fix-admin-consent-issues-aadsts65001/',
    provider: 'entra',
    paste: `Error: Request authority:https://login.windows.net/common resource:https://tenant.sharepoint.com clientid:6cb04018 ErrorCode:invalid_grant Error: AADSTS65001: The user or administrator has not consented to use the application with ID '6cb04018-a3f5-46a7-b995-940c78f5aef3' named 'App'. Send an interactive authorization request for this user and resource.
`,
    truth: { causes: ['consent-needed'], endpoint: 'token' },
    why: 'Nobody consented to the permissions.',
  },
  {
    id: 'entra-code-twice',
    source: 'https://www.erroratlas.net/errors/entra-aadsts54005-authorization-code-already-redeemed',
    provider: 'entra',
    paste: `HTTP/1.1 400 Bad Request
Content-Type: application/json

{"error":"invalid_grant","error_description":"AADSTS54005: OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.","error_codes":[54005]}
`,
    truth: { causes: ['code-used-or-unknown', 'code-used-twice'], endpoint: 'token' },
    why: 'The code was redeemed twice.',
  },
  {
    id: 'entra-device-expired',
    source: 'https://github.com/Azure/azure-cli/issues/22251',
    provider: 'entra',
    paste: `$ az login --use-device-code
AADSTS70020: The provided value for the input parameter 'device_code' is not valid. This device code has expired.
Trace ID: a8f3578e
Timestamp: 2022-05-03 08:56:46Z
`,
    truth: { causes: ['device-code-expired'], endpoint: 'token' },
    why: 'The device code has lapsed.',
  },
  {
    id: 'entra-device-pending',
    source: 'https://github.com/AzureAD/azure-activedirectory-library-for-nodejs/issues/137',
    provider: 'entra',
    paste: `[Error: Get Token request returned http error: 400 and server response: {"error":"authorization_pending","error_description":"AADSTS70016: Pending end-user authorization.\\r\\nTrace ID: cd417f24","error_codes":[70016]}]
`,
    truth: { causes: ['device-code-pending', 'authorization-pending'], endpoint: 'token' },
    why: 'The user has not confirmed yet: go on polling.',
  },
  {
    id: 'graph-insufficient-sentence',
    source: 'http://www.kouhan.cn/en/article/00046198',
    provider: 'entra',
    paste: `Code: Authorization_RequestDenied
Message: Insufficient privileges to complete the operation.
`,
    truth: {
      causes: [
        'permission-missing',
        'consent-needed',
        'admin-role-missing',
        'api-scope-missing',
        'role-missing',
      ],
      endpoint: 'admin',
    },
    why: 'Permissions were set for Azure AD Graph, the code calls Microsoft Graph.',
  },
  {
    id: 'entra-api-audience-v1',
    source: 'https://github.com/Azure-Samples/active-directory-dotnetcore-daemon-v2/issues/136',
    provider: 'entra',
    paste: `Failed to call the Web Api: StatusCode: 401, ReasonPhrase: 'Unauthorized', Version: 1.1,
 WWW-Authenticate: Bearer error="invalid_token", error_description="The audience '4be05bf7-1111-2222-3333-444455556666' is invalid"
`,
    truth: { causes: ['audience-wrong', 'token-for-other-api'], endpoint: 'api' },
    why: 'The API expects another audience form (token version 1 against 2).',
  },
  {
    id: 'b2c-redirect-mismatch',
    source: 'https://github.com/Azure-Samples/active-directory-b2c-dotnetcore-webapi/issues/17',
    provider: 'b2c',
    paste: `https://jwt.ms/#error=redirect_uri_mismatch&error_description=AADB2C90006%3a+The+redirect+URI+%27https%3a%2f%2fjwtinspect.azurewebsites.net%27+provided+in+the+request+is+not+registered+for+the+client+id+%279595a991-a717-4669-9af0-d58420ad733a%27.
`,
    truth: { causes: ['redirect-uri-differs', 'redirect-uri-not-registered'], endpoint: 'authorization' },
    why: 'The redirect URI was not registered for that client.',
  },
  {
    id: 'b2c-api-permission',
    source: 'https://github.com/Azure-Samples/active-directory-b2c-dotnetcore-webapi/issues/17',
    provider: 'b2c',
    paste: `error=invalid_request&error_description=AADB2C90205: This application does not have sufficient permissions against this web resource to perform the operation.
`,
    truth: {
      causes: ['permission-missing', 'scope-refused', 'consent-needed', 'api-scope-missing'],
      endpoint: 'authorization',
    },
    why: "The client application needs to be granted access to the API's scopes.",
  },
  {
    id: 'okta-secret-invalid',
    source:
      'https://support.okta.com/help/s/article/invalid-client-error-returned-during-client-authentication-failure',
    provider: 'okta',
    paste: `HTTP/2 401
content-type: application/json

{"error":"invalid_client","error_description":"The client secret supplied for a confidential client is invalid."}
`,
    truth: { causes: ['client-secret-wrong'], endpoint: 'token' },
    why: 'The secret does not match that of the application.',
  },
  {
    id: 'okta-client-id-invalid',
    source: 'https://wiki.nci.nih.gov/pages/diffpagesbyversion.action?pageId=453018227',
    provider: 'okta',
    paste: `curl --request POST "https://0oa1b2c3d4e5f6g7h8i9:Zx8Qw2Er6Ty0Ui4Op8As2Df6Gh0Jk4Lz8Xc2Vb6N@example.okta.com/oauth2/aus3ym6wniM6O3MGE297/v1/token" \\
--header "Accept: application/json" \\
--header "Content-Type: application/x-www-form-urlencoded" \\
--data-urlencode "grant_type=password" \\
--data-urlencode "username=ada" --data-urlencode "password=pw" --data-urlencode "scope=openid"

{"errorCode":"invalid_client","errorSummary":"Invalid value for 'client_id' parameter.","errorLink":"invalid_client","errorId":"oaejDJuWCiRTQeH8n6WG2116A","errorCauses":[]}
`,
    truth: { causes: ['client-id-unknown'], endpoint: 'token' },
    why: 'The client id is not known to that Okta organisation.',
  },
  {
    id: 'okta-openid-with-client-credentials',
    source: 'https://support.okta.com/help/s/article/cannot-request-openid-scopes-using-client-credentials',
    provider: 'okta',
    paste: `curl -X POST https://example.okta.com/oauth2/default/v1/token -H 'Content-Type: application/x-www-form-urlencoded' -H 'Authorization: Basic MG9hMWIyYzNkNDplZjVHaDZKazdMbThObjlQcTBScw==' -d 'grant_type=client_credentials&scope=openid'

{"error":"invalid_scope","error_description":"Cannot request 'openid' scopes using client credentials"}
`,
    truth: { causes: ['scope-refused', 'scope-unknown', 'scope-not-for-grant'], endpoint: 'token' },
    why: 'OpenID scopes cannot be asked with client credentials.',
  },
  {
    id: 'okta-custom-scope-org-server',
    source:
      'https://support.okta.com/help/s/article/okta-authorization-error-occurs-stating-custom-scopes-are-not-allowed-for-this-request',
    provider: 'okta',
    paste: `https://example.okta.com/oauth2/v1/authorize?client_id=0oa1b2c3&response_type=code&scope=openid%20orders.read&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcb&state=x
https://app.example.com/cb?error=invalid_scope&error_description=Custom+scopes+are+not+allowed+for+this+request
`,
    truth: {
      causes: ['scope-refused', 'scope-unknown', 'authorization-server-wrong', 'endpoint-wrong'],
      endpoint: 'authorization',
    },
    why: 'The org authorization server knows no custom scopes; the custom one must be asked.',
  },
  {
    id: 'auth0-spa-type',
    source: 'https://github.com/auth0-samples/auth0-angular-samples/issues/201',
    provider: 'auth0',
    paste: `/oauth/token: getting 401 response status

error: "access_denied"
error_description: "Unauthorized"
`,
    truth: {
      causes: [
        'client-type-wrong',
        'client-secret-missing',
        'client-authentication-method-wrong',
        'client-authentication-failed',
      ],
      endpoint: 'token',
    },
    why: 'The application is no SPA with token endpoint authentication None.',
  },
  {
    id: 'auth0-refresh-unknown',
    source:
      'https://community.auth0.com/t/refresh-token-unknown-or-invalid-before-expiry-403-unknown-or-invalid-refresh-token/120406',
    provider: 'auth0',
    paste: `Status code:
403
Response body:
{
"error": "invalid_grant",
"error_description": "Unknown or invalid refresh token."
}
`,
    truth: {
      causes: ['refresh-token-expired', 'refresh-token-reused', 'refresh-token-revoked'],
      endpoint: 'token',
    },
    canBeTold: false,
    why: 'Its absolute life was over, or an older token of the family was used.',
  },
  {
    id: 'auth0-management-scope',
    source: 'https://community.auth0.com/t/management-api-token-does-not-contain-all-granted-scopes/189322',
    provider: 'auth0',
    paste: `const res = await fetch('https://example.eu.auth0.com/api/v2/roles/rol_1/users', {
  method: 'POST',
  headers: { authorization: 'Bearer ' + token, 'content-type': 'application/json' },
  body: JSON.stringify({ users: ['auth0|1'] }),
});

{
"statusCode": 403,
"error": "Forbidden",
"message": "Insufficient scope, expected any of: create:role_members",
"errorCode": "insufficient_scope"
}
`,
    truth: {
      causes: ['api-scope-missing', 'permission-missing', 'scope-missing', 'insufficient-scope'],
      endpoint: 'admin',
    },
    why: 'The application is not granted that permission of the Management API.',
  },
  {
    id: 'google-testing-mode',
    source: 'https://www.nango.dev/blog/google-oauth-invalid-grant-token-has-been-expired-or-revoked',
    provider: 'google',
    paste: `HTTP/2 400
content-type: application/json; charset=utf-8

{
  "error": "invalid_grant",
  "error_description": "Token has been expired or revoked."
}
`,
    truth: {
      causes: ['refresh-token-expired', 'refresh-token-revoked', 'consent-withdrawn', 'app-in-testing'],
      endpoint: 'token',
    },
    why: "Mostly the app's publishing status is Testing; or the user took the access back.",
  },
  {
    id: 'google-jwt-clock-csharp',
    source: 'https://github.com/SteveWinward/GoogleSheetsWrapper/issues/42',
    provider: 'google',
    paste: `sheetHelper = new SheetHelper(SheetId, "robot@project.iam.gserviceaccount.com", "");
sheetHelper.Init(jsonCredsContent);

Google.Apis.Auth.OAuth2.Responses.TokenResponseException: 'Error:"invalid_grant", Description:"Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.", Uri:""'
`,
    truth: { causes: ['clock-wrong', 'assertion-clock-wrong'], endpoint: 'token' },
    why: "The PC's time was not that of NTP.",
  },
  {
    id: 'google-bare-invalid-grant',
    source: 'https://github.com/googleapis/google-auth-library-nodejs/issues/129',
    provider: 'google',
    paste: `Error: invalid_grant
    at Request._callback (/Users/x/node_modules/gtoken/lib/index.js:215:34)
    at Request.self.callback (/Users/x/node_modules/request/request.js:186:22)
`,
    truth: { causes: ['clock-wrong', 'assertion-clock-wrong'], endpoint: 'token' },
    canBeTold: false,
    why: "The server's time was out of sync.",
  },
  {
    id: 'google-postmessage',
    source: 'https://github.com/MomenSherif/react-oauth/issues/252',
    provider: 'google',
    paste: `POST https://oauth2.googleapis.com/token HTTP/1.1
Content-Type: application/x-www-form-urlencoded

code=4%2F0AfteXvtM&client_id=1234-abc.apps.googleusercontent.com&client_secret=GOCSPX-aBcDeFgHiJkLmNoPqRsTuVwXyZ01&redirect_uri=http%3A%2F%2Flocalhost%3A3000&grant_type=authorization_code

HTTP/1.1 400 Bad Request
Content-Type: application/json

{"error":"redirect_uri_mismatch","error_description":"Bad Request"}
`,
    truth: { causes: ['redirect-uri-differs'], endpoint: 'token' },
    why: 'A code of the popup flow is redeemed with redirect_uri=postmessage.',
  },
  {
    id: 'google-redirect-crossed',
    source: 'https://github.com/gitroomhq/postiz-app/issues/1396',
    provider: 'google',
    paste: `GaxiosError: redirect_uri_mismatch
  response: { status: 400, data: { error: 'redirect_uri_mismatch', error_description: 'Bad Request' } }
`,
    truth: { causes: ['redirect-uri-differs'], endpoint: 'token' },
    why: 'The code was issued for /settings and redeemed with /integrations/social/youtube.',
  },
  {
    id: 'google-authorize-slash',
    source: 'https://github.com/googleapis/google-auth-library-python-oauthlib/issues/70',
    provider: 'google',
    paste: `400. That's an error.

Error: redirect_uri_mismatch

The redirect URI in the request, http://localhost:8080/, does not match the ones authorized for the OAuth client.
`,
    truth: { causes: ['redirect-uri-differs', 'redirect-uri-not-registered'], endpoint: 'authorization' },
    why: 'The URI with the slash had to be registered as redirect URI.',
  },
  {
    id: 'cognito-slash',
    source:
      'https://stackoverflow.com/questions/50264679/aws-cognito-unauthorized-client-error-when-hitting-oauth2-token',
    provider: 'cognito',
    paste: `curl -X POST https://example.auth.us-east-2.amazoncognito.com/oauth2/token -H 'Content-Type: application/x-www-form-urlencoded' -d 'grant_type=authorization_code&redirect_uri=https%3A%2F%2Flocalhost&code=3f6b1c1e-8e7d-4c55-9a51-0a1b2c3d4e5f&client_id=4at70aijtkr7sdx9hjt4d81abc'

{"error":"unauthorized_client"}
`,
    truth: { causes: ['redirect-uri-differs'], endpoint: 'token' },
    canBeTold: false,
    why: 'The redirect URI lacked the trailing slash.',
  },
  {
    id: 'cognito-client-credentials-user',
    source: 'https://repost.aws/questions/QUnhrxb08MRJaH7hIRtUnCKA/oauth-password-grant-type-with-cognito',
    provider: 'cognito',
    paste: `curl -X POST https://example.auth.eu-west-1.amazoncognito.com/oauth2/token -H "Content-Type: application/x-www-form-urlencoded" -d "grant_type=client_credentials&username=myname&password=mypassword&client_id=4at70aijtkr7sdX9hjt4d81"

{"error":"invalid_scope"}
`,
    truth: {
      causes: [
        'scope-unknown',
        'scope-missing',
        'scope-refused',
        'client-secret-missing',
        'grant-off-for-client',
      ],
      endpoint: 'token',
    },
    why: 'Client credentials need an app client with a secret and a custom scope; no user can sign in with them.',
  },
  {
    id: 'cognito-multipart',
    source: 'https://github.com/reapit/foundations/issues/5906',
    provider: 'cognito',
    paste: `curl -X POST 'https://connect.example.cloud/token'  -H 'Content-Type: application/x-www-form-urlencoded' -H 'Authorization: Basic MWJnNHZrZ246czNjcjN0' -F "client_id=1bg4vkgn84en1idcherfa355fq&grant_type=client_credentials"

{"error":"invalid_client"}
`,
    truth: { causes: ['multipart-body', 'body-not-a-form', 'content-type-wrong'], endpoint: 'token' },
    why: '-F sends multipart; --data-urlencode works.',
  },
  {
    id: 'mitre-redirect',
    source: 'https://github.com/mitreid-connect/OpenID-Connect-Java-Spring-Server/issues/1256',
    provider: 'spring',
    paste: `http://localhost:8080/openid-connect-server-webapp/authorize?response_type=code&client_id=client&scope=openid+email&redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Fsimple-web-app%2Fopenid_connect_login&state=37a494eaf49c1

Error invalid_grant
Invalid redirect: http://localhost:8080/simple-web-app/openid_connect_login does not match one of the registered values: [http://localhost/, http://localhost:8080/]
`,
    truth: { causes: ['redirect-uri-differs', 'redirect-uri-not-registered'], endpoint: 'authorization' },
    why: 'Strict matching: the redirect URI is not one of those registered.',
  },
  {
    id: 'ids-plus-in-basic',
    source: 'https://github.com/DuendeArchive/IdentityServer4/issues/2086',
    provider: 'identityserver',
    paste: `curl --request POST \\
  --url http://identity.example.local:49786/connect/token \\
  --header 'Authorization: Basic bXljbGllbnQ6QWJjZCsxMjM0' \\
  --header 'Content-Type: application/x-www-form-urlencoded' \\
  --data 'client_id=myclient&grant_type=client_credentials'

{"error":"invalid_client"}
`,
    truth: { causes: ['client-secret-not-encoded', 'percent-not-encoded'], endpoint: 'token' },
    why: 'The + of the secret in Basic is read as a space.',
  },
  {
    id: 'ids-implicit-client',
    source: 'https://github.com/DuendeArchive/IdentityServer4/issues/2498',
    provider: 'identityserver',
    paste: `When I hit the /connect/token endpoint with grant type password I get:

400 Bad Request
{ "error": "unauthorized_client" }
`,
    truth: { causes: ['grant-off-for-client'], endpoint: 'token' },
    why: 'Implicit clients do not use the token endpoint: the grant is not allowed for the client.',
  },
  {
    id: 'ids-clients-not-seeded',
    source: 'https://github.com/phongnguyend/Practical.CleanArchitecture/issues/136',
    provider: 'identityserver',
    paste: `curl --location --request POST 'https://localhost:44367/connect/token' \\
--header 'Content-Type: application/x-www-form-urlencoded' \\
--data-urlencode 'grant_type=password' \\
--data-urlencode 'username=phong@example.com' \\
--data-urlencode 'password=v*7Un8b4rcN@<-RN' \\
--data-urlencode 'client_id=ClassifiedAds.WebMVC' \\
--data-urlencode 'client_secret=K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols=' \\
--data-urlencode 'scope=openid'

{
     "error": "invalid_client"
}
`,
    truth: { causes: ['client-id-unknown'], endpoint: 'token' },
    canBeTold: false,
    why: 'The migration that seeds the clients had not been run.',
  },
  {
    id: 'ids-introspect-client-id',
    source: 'https://github.com/DuendeArchive/IdentityModel/issues/20',
    provider: 'identityserver',
    paste: `var introspectionClient = new IntrospectionClient("http://localhost:1000/connect/introspect",
    "client_id", "client_secret");

var introspectResponse = await introspectionClient.SendAsync(new IntrospectionRequest()
{
    Token = accessToken
});
`,
    args: ['--status', '401'],
    truth: {
      causes: [
        'introspection-caller-unknown',
        'introspection-caller-credentials',
        'client-secret-wrong',
        'client-id-unknown',
      ],
      endpoint: 'introspection',
    },
    why: 'Introspection authenticates the API (name and secret), not the client.',
  },
  {
    id: 'ids-revoke-no-secret',
    source: 'https://github.com/DuendeArchive/identity-model-oidc-client-js/issues/155',
    provider: 'identityserver',
    paste: `POST http://localhost:8083/connect/revocation 400 (Bad Request)
[Information] Start token revocation request
[Information] Parser found no secret
[Information] No client secret found
[Information] Returning error: invalid_client
`,
    truth: {
      causes: ['client-secret-missing', 'client-authentication-failed', 'client-id-missing'],
      endpoint: 'revocation',
    },
    why: 'The server found no credentials in the revocation request.',
  },
  {
    id: 'hydra-basic-invalid',
    source: 'https://github.com/ory/hydra/issues/2682',
    provider: 'hydra',
    paste: `curl --location --request POST 'https://auth.example.com/oauth2/token' \\
--header 'Authorization: Basic aW52YWxpZDppbnZhbGlk' \\
--header 'Content-Type: application/x-www-form-urlencoded' \\
--data-urlencode 'grant_type=client_credentials'

401 {"error":"invalid_client","error_description":"Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method)."}
`,
    truth: {
      causes: ['client-id-unknown', 'client-secret-wrong', 'client-authentication-failed'],
      endpoint: 'token',
    },
    why: 'Id and secret are made up (invalid:invalid).',
  },
  {
    id: 'zitadel-no-secret',
    source: 'https://github.com/zitadel/zitadel/issues/497',
    provider: 'zitadel',
    paste: `curl 'https://api.zitadel.ch/oauth/v2/token' -v \\
  -H 'content-type: application/x-www-form-urlencoded' \\
  -H 'origin: http://localhost:8080' \\
  -H 'referer: http://localhost:8080/oidc-callback?code=A-q2ttfzkrYb&state=b03f2d' \\
  --data-raw 'client_id=65176319238924015%40test2&code=A-q2ttfzkrYb&redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Foidc-callback&code_verifier=nQ2v8mXk3Tz5LwYb7RcPd1GfHsJu4KaEoViNt6Bq9Mx&grant_type=authorization_code' \\
  --compressed

i get an error
`,
    truth: {
      causes: ['client-secret-missing', 'client-type-wrong', 'client-authentication-method-wrong'],
      endpoint: 'token',
    },
    canBeTold: false,
    why: 'The application expects a secret, and the browser sends none.',
  },
  {
    id: 'zitadel-code-invalid',
    source: 'https://github.com/zitadel/zitadel/issues/11892',
    provider: 'zitadel',
    paste: `POST /oauth/v2/token HTTP/1.1
Host: example.zitadel.cloud
Content-Type: application/x-www-form-urlencoded

grant_type=authorization_code&code=fake-code-abc&redirect_uri=https%3A%2F%2Fquay.example.com%2Foauth2%2Fcb&client_id=1234&client_secret=s3cr3ts3cr3t

HTTP/1.1 400 Bad Request
{"error":"invalid_request","error_description":"Errors.User.Code.Invalid"}
`,
    truth: { causes: ['code-used-or-unknown', 'code-damaged'], endpoint: 'token' },
    why: "The code is none of this server's; Zitadel says invalid_request.",
  },
  {
    id: 'zitadel-audience',
    source: 'https://github.com/zitadel/zitadel/pull/5956',
    provider: 'zitadel',
    paste: `{"code":16,"message":"invalid audience (APP-Zxfako)","details":[{"@type":"type.googleapis.com/zitadel.v1.ErrorDetail","id":"APP-Zxfako","message":"invalid audience"}]}
`,
    truth: { causes: ['audience-wrong', 'token-for-other-api'], endpoint: 'api' },
    why: 'The token lacks the audience of the Zitadel project (scope urn:zitadel:iam:org:project:id:zitadel:aud).',
  },
  {
    id: 'gitlab-redirect-query',
    source: 'https://github.com/doorkeeper-gem/doorkeeper/issues/732',
    provider: 'gitlab',
    paste: `POST /oauth/token HTTP/1.1
Host: gitlab.example.com
Content-Type: application/x-www-form-urlencoded

grant_type=authorization_code&client_id=a1b2c3&client_secret=d4e5f6a7b8c9&code=dcf15a0e87ae6b16&redirect_uri=http%3A%2F%2Flocalhost%3A3001%2Fusers%2Fauth%2Fdoorkeeper%2Fcallback%3Fcode%3Ddcf15a0e87ae6b16%26state%3Dcb154ebce1b3f7f4

HTTP/1.1 401 Unauthorized
{"error":"invalid_grant","error_description":"The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client."}
`,
    truth: { causes: ['redirect-uri-differs'], endpoint: 'token' },
    why: 'The client adds ?code=…&state=… to the redirect URI at the exchange.',
  },
  {
    id: 'gitlab-omniauth-log',
    source: 'https://github.com/linchus/omniauth-gitlab/issues/10',
    provider: 'gitlab',
    paste: `E, [2016-02-12T10:54:55] ERROR -- omniauth: (gitlab) Authentication failure! invalid_credentials: OAuth2::Error, invalid_grant: The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.
`,
    truth: { causes: ['redirect-uri-differs'], endpoint: 'token' },
    canBeTold: false,
    why: 'The redirect URI at the exchange carried extra parameters.',
  },
  {
    id: 'github-credentials',
    source: 'https://github.com/rwth-acis/VIAProMa/issues/186',
    provider: 'github',
    paste: `error=incorrect_client_credentials&error_description=The+client_id+and%2For+client_secret+passed+are+incorrect.&error_uri=https%3A%2F%2Fdocs.github.com%2Fapps%2F
`,
    truth: {
      causes: ['client-secret-wrong', 'client-id-unknown', 'client-authentication-failed'],
      endpoint: 'token',
    },
    why: 'Client id or secret is wrong, as the words say.',
  },
  {
    id: 'salesforce-password-flow-off',
    source: 'https://openillumi.com/?p=43376',
    provider: 'salesforce',
    paste: `curl https://test.salesforce.com/services/oauth2/token -d "grant_type=password" -d "client_id=3MVG9aBcD" -d "client_secret=1234567890123456789" -d "username=a@example.com.sandbox" -d "password=Pa55w0rd"

{"error":"invalid_grant","error_description":"authentication failure"}
`,
    truth: {
      causes: [
        'direct-access-off',
        'grant-off-for-client',
        'user-credentials-wrong',
        'security-token-missing',
      ],
      endpoint: 'token',
    },
    canBeTold: false,
    why: 'Username-password flows are not allowed in the org.',
  },
  {
    id: 'salesforce-security-token',
    source: 'https://qiita.com/fullkawa/items/ab495d874d59011d76f4',
    provider: 'salesforce',
    paste: `curl https://MyDomainName.my.salesforce.com/services/oauth2/token \\
-d 'grant_type=password' \\
-d 'client_id=3MVG9pqRsTuV' \\
-d 'client_secret=9876543210987654321' \\
-d 'username=my-login@example.com' \\
-d 'password=my-passw0rd'

HTTP/1.1 400 Bad Request
{"error":"invalid_grant","error_description":"authentication failure"}
`,
    truth: { causes: ['security-token-missing', 'user-credentials-wrong'], endpoint: 'token' },
    canBeTold: false,
    why: 'From an untrusted address the password needs the security token behind it.',
  },
  {
    id: 'salesforce-not-approved',
    source: 'https://github.com/JitendraZaa/OAuthFlows/issues/1',
    provider: 'salesforce',
    paste: `Some error occurred. Make sure connected app is approved previously. Salesforce Response : {"error":"invalid_grant","error_description":"user hasn't approved this consumer"}
`,
    truth: { causes: ['consent-needed'], endpoint: 'token' },
    why: "The connected app must be pre-authorised for the user's profile.",
  },
  {
    id: 'adfs-code-refreshed-page',
    source: 'https://github.com/snok/django-auth-adfs/issues/1',
    provider: 'adfs',
    paste: `If I refresh the page:
OAuthAccessTokenInvalidAuthorizationCodeException: MSIS9247: Received invalid OAuth access token request. The authorization code is invalid.
`,
    truth: { causes: ['code-used-or-unknown', 'code-used-twice'], endpoint: 'token' },
    why: 'The page with the code was loaded again: the code is used up.',
  },
  {
    id: 'kong-keycloak-issuer',
    source: 'https://github.com/gbbirkisson/kong-plugin-jwt-keycloak/issues/13',
    provider: 'gateway',
    paste: `{
    "message": "Token issuer not allowed"
}
`,
    truth: { causes: ['issuer-not-allowed', 'issuer-unknown', 'issuer-host-mismatch'], endpoint: 'gateway' },
    why: "The token's issuer is not in the plugin's allowed_iss.",
  },
  {
    id: 'proxy-clears-authorization',
    source: 'https://github.com/home-assistant/core/issues/16306',
    provider: 'gateway',
    paste: `GET https://ha.example.com/api/config
Authorization: Bearer eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9…

HTTP/1.1 401 Unauthorized
Server: nginx

401: Unauthorized
`,
    truth: {
      causes: ['authorization-header-dropped', 'authorization-header-missing', 'gateway-answers'],
      endpoint: 'api',
    },
    canBeTold: false,
    why: 'nginx clears the Authorization header.',
  },
  {
    id: 'apache-drops-authorization',
    source: 'https://github.com/encode/django-rest-framework/issues/488',
    provider: 'gateway',
    paste: `curl -i https://app.example.com/api/items/ -H "Authorization: Token 9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b"

HTTP/1.1 401 Unauthorized
Server: Apache/2.4
WWW-Authenticate: Token
{"detail":"Authentication credentials were not provided."}

It works with runserver, and fails in Apache.
`,
    truth: { causes: ['authorization-header-dropped', 'authorization-header-missing'], endpoint: 'api' },
    why: 'mod_wsgi does not pass the Authorization header on.',
  },
  {
    id: 'generic-axios-json',
    source: 'https://github.com/axios/axios/issues/1281',
    provider: 'other',
    paste: `axios({
    method: 'post',
    url: 'http://localhost:2002/token',
    data: {
      "username": "admin",
      "password": "admin123",
      "grant_type": "password"
    },
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      "Cache-Control": "no-cache"
    }
  })

400 {"error":"unsupported_grant_type"}
`,
    truth: {
      causes: ['json-body', 'body-not-a-form', 'content-type-wrong', 'grant-type-missing'],
      endpoint: 'token',
    },
    why: 'axios sends an object as JSON; it takes qs.stringify or URLSearchParams.',
  },
  {
    id: 'generic-shell-braces',
    source: 'https://github.com/authlib/example-oauth2-server/issues/50',
    provider: 'other',
    paste: `curl -u \${g8VpLr1xzQ7W}:\${xGPYloBxj5jR} -XPOST http://127.0.0.1:5000/oauth/token -F grant_type=password -F username=\${admin} -F password=valid -F scope=profile
> POST /oauth/token HTTP/1.1
> Authorization: Basic Og==
> Content-Type: multipart/form-data; boundary=------------------------329be3b09d236e51
< HTTP/1.0 401 UNAUTHORIZED
< Content-Type: application/json
< WWW-Authenticate: Basic error="invalid_client", error_description=""
{"error": "invalid_client"}
`,
    truth: { causes: ['client-id-empty', 'client-id-placeholder', 'client-id-missing'], endpoint: 'token' },
    why: '${…} around the values made the shell send an empty client.',
  },
  {
    id: 'generic-windows-ampersand',
    source: 'https://github.com/bshaffer/oauth2-server-php/issues/473',
    provider: 'other',
    paste: `C:\\> curl -u testclient:testpass http://localhost/test/token.php -d grant_type=authorization_code&code=ce0b5025e69495e24ac5f7bdc89bb75da99d0e30
{"error":"invalid_request","error_description":"Missing parameter: \\"code\\" is required"}'code' is not recognized as an internal or external command, operable program or batch file.
`,
    truth: { causes: ['code-missing'], endpoint: 'token' },
    why: 'cmd.exe cuts the unquoted command at &.',
  },
  {
    id: 'generic-redirect-slash',
    source: 'https://github.com/portier/portier-broker/issues/915',
    provider: 'other',
    paste: `curl -i -X POST http://127.0.0.1:3333/token -d grant_type=authorization_code -d code=a8c1f0 -d client_id=http://127.0.0.1:8082 -d redirect_uri=http://127.0.0.1:8082

HTTP/1.1 400 Bad Request
{"error":"invalid_request","error_description":"redirect_uri does not match the original from the authorization request"}
`,
    truth: { causes: ['redirect-uri-differs'], endpoint: 'token' },
    why: 'Without path the redirect URI lacks the slash that the authorization had.',
  },
  {
    id: 'wso2-client-unknown',
    source: 'https://github.com/wso2/product-is/issues/22336',
    provider: 'other',
    paste: `{
    "error_description": "A valid OAuth client could not be found for client_id: w_sNIcatiDplDKRibkIWgSH8w00b",
    "error": "invalid_client"
}
`,
    truth: { causes: ['client-id-unknown'], endpoint: 'token' },
    why: 'The client id is wrong.',
  },
  {
    id: 'auth0-logout-urls',
    source: 'https://github.com/auth0-training/labs-node-create-an-application/issues/35',
    provider: 'auth0',
    paste: `invalid_request: The "post_logout_redirect_uri" querystring parameter "https://silver-winner-37500.app.github.dev" is not defined as a valid URL in "Allowed Logout URLs".
`,
    truth: {
      causes: [
        'logout-redirect-not-registered',
        'post-logout-redirect-uri-differs',
        'redirect-uri-not-registered',
        'redirect-uri-differs',
      ],
      endpoint: 'logout',
    },
    why: 'The address is not in Allowed Logout URLs.',
  },
  {
    id: 'cognito-logout-parameter',
    source: 'https://github.com/streamlit/streamlit/issues/14601',
    provider: 'cognito',
    paste: `GET https://example.auth.eu-west-1.amazoncognito.com/logout?client_id=5ceho48rc7uuvf044cl8okc6v1&post_logout_redirect_uri=https%3A%2F%2Fcockpit.example.com%2Foauth2callback&id_token_hint=eyJraWQiOiJhIn0.eyJpc3MiOiJ4In0.c2ln

Required String parameter 'redirect_uri' is not present
`,
    truth: {
      causes: ['logout-parameter-wrong', 'logout-uri-missing', 'logout-redirect-not-registered'],
      endpoint: 'logout',
    },
    why: 'Cognito wants client_id and logout_uri and does not know post_logout_redirect_uri.',
  },
  {
    id: 'fusionauth-logout',
    source: 'https://github.com/FusionAuth/fusionauth-issues/issues/433',
    provider: 'other',
    paste: `https://fusionauth.example.com/oauth2/logout?id_token_hint=eyJraWQiOiJhIn0.eyJpc3MiOiJ4In0.c2ln&post_logout_redirect_uri=https%3A%2F%2Fwww.example.com%2Fwp-login.php%3Floggedout%3Dtrue

The post_logout_redirect_uri is invalid. (invalid_post_logout_redirect_uri)
`,
    truth: {
      causes: [
        'logout-redirect-not-registered',
        'post-logout-redirect-uri-differs',
        'redirect-uri-not-registered',
        'redirect-uri-differs',
      ],
      endpoint: 'logout',
    },
    why: 'The URI has to be among the authorized redirect URLs.',
  },
  {
    id: 'ids-redirect-typo',
    source: 'https://github.com/DuendeArchive/IdentityServer4/issues/1927',
    provider: 'identityserver',
    paste: `[Debug] Start authorize request protocol validation
[Error] Invalid redirect_uri: https://localhost:44300/sigin-oidc
{
  "ClientId": "platformlocalhost",
  "RedirectUri": "https://localhost:44300/sigin-oidc",
  "AllowedRedirectUris": [ "https://localhost:44300/signin-oidc" ],
  "SubjectId": "anonymous"
}
unauthorized_client
`,
    truth: { causes: ['redirect-uri-differs', 'redirect-uri-not-registered'], endpoint: 'authorization' },
    why: 'sigin-oidc is sent, signin-oidc is registered.',
  },
  {
    id: 'kc-redirect-two-ports',
    source: 'https://github.com/dcm4che/dcm4chee-arc-light/issues/973',
    provider: 'keycloak',
    paste: `WARN  [org.keycloak.events] (default task-2) type=LOGIN_ERROR, realmId=dcm4che, clientId=dcm4chee-arc-ui, userId=null, ipAddress=10.5.36.86, error=invalid_redirect_uri, redirect_uri=https://hostname:8443/dcm4chee-arc/ui2/

Valid Redirect URIs: http://hostname:8080/dcm4chee-arc/ui2/*
`,
    truth: { causes: ['redirect-uri-differs', 'redirect-uri-not-registered'], endpoint: 'authorization' },
    why: 'Only the http address is registered, the app sends the https one.',
  },
  {
    id: 'b2c-account-type',
    source: 'https://github.com/Azure-Samples/active-directory-b2c-custom-policy-starterpack/issues/72',
    provider: 'b2c',
    paste: `AADB2C90068: The provided application with ID '11111111-2222-3333-4444-555555555555' is not valid against this service. Please use an application created via the B2C portal and try again.
`,
    truth: { causes: ['client-id-unknown', 'client-type-wrong', 'tenant-wrong'], endpoint: 'token' },
    why: 'The two framework apps must be registered for this directory only.',
  },
];
