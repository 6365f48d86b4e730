import type { Question } from './question.ts';

/** Questions that show a sentence, a log or an exception rather than a request; shortened, secrets are made up. */
export const complaints: readonly Question[] = [
  {
    id: 'kc-code-used-sentence',
    source: 'https://github.com/keycloak/keycloak/issues/14449',
    provider: 'keycloak',
    paste: `while getting access token (<server>/login/oauth2/code/kerberos?state=XXXXX&session_stated=XXXXX&code=XXXX) we are getting **Code already in used for user session and client error**
`,
    truth: { causes: ['code-used-or-unknown'], endpoint: 'token' },
    why: 'The maintainer: if you get this error, the code was used twice.',
  },
  {
    id: 'kc-oauth2-proxy-code-used',
    source: 'https://github.com/oauth2-proxy/oauth2-proxy/issues/2097',
    provider: 'keycloak',
    paste: `{"msg":"oauth2: cannot fetch token: 400 Bad Request\\nResponse: {\\"error\\":\\"invalid_grant\\",\\"error_description\\":\\"Code not valid\\"}"}

Below log extract from Keycloak pod :
2023-04-25 13:49:41,782 WARN  [org.keycloak.events] (executor-thread-91) type=CODE_TO_TOKEN_ERROR, realmId=885bf23b-49a0-4d7a-89f5-76b7541d01ff, clientId=urnstack, userId=7538f1fc-d254-4c97-ac60-bb5ff6de294a, ipAddress=10.0.0.4, error=invalid_code, grant_type=authorization_code, code_id=634bcc7c-eabd-4295-9df2-9637c37a00ff, client_auth_method=client-secret
2023-04-25 13:49:41,783 WARN  [org.keycloak.protocol.oidc.utils.OAuth2CodeParser] (executor-thread-91) Code '8f5759a2-d658-430d-a9f6-298f387dc5d6' already used for userSession '634bcc7c-eabd-4295-9df2-9637c37a00ff' and client '38183741-cafd-4386-a8a6-a3418ccf74f4'.
2023-04-25 13:49:41,783 WARN  [org.keycloak.events] (executor-thread-91) type=CODE_TO_TOKEN_ERROR, realmId=885bf23b-49a0-4d7a-89f5-76b7541d01ff, clientId=urnstack, userId=null, ipAddress=10.0.0.4, error=invalid_code, grant_type=authorization_code, code_id=634bcc7c-eabd-4295-9df2-9637c37a00ff, client_auth_method=client-secret
`,
    truth: { causes: ['code-used-or-unknown'], endpoint: 'token' },
    why: "Keycloak's log says that the code was already used for this session.",
  },
  {
    id: 'kc-angular-code-used',
    source: 'https://github.com/mauriciovigolo/keycloak-angular/issues/464',
    provider: 'keycloak',
    paste: `I can see this this error in console;
{
    "error": "invalid_grant",
    "error_description": "Code not valid"
}

If I check the logs of my KeyCloak server I find this:

2022-12-29 07:55:50,841 WARN  [org.keycloak.protocol.oidc.utils.OAuth2CodeParser] (executor-thread-27) Code 'b199dad6-06c2-4e3d-9054-ebff4d96b459' already used for userSession '463987a6-5ab5-484b-b12a-24ee20abb1da' and client '9f330c7c-4985-4c0c-8185-8932b9fa7297'.
`,
    truth: { causes: ['code-used-or-unknown'], endpoint: 'token' },
    why: "The server's log says that the code was already used.",
  },
  {
    id: 'kc-scope-empty-redmine',
    source: 'https://github.com/devopskube/redmine_openid_connect/issues/73',
    provider: 'keycloak',
    paste: `http://ip:8030/oic/local_login?error=invalid_scope&error_description=Invalid+scopes%3A+&state=21318a43-69f0-46fb-8df3-9cad122948fe

Started GET "/oic/local_login?error=invalid_scope&error_description=Invalid+scopes%3A+&state=21318a43-69f0-46fb-8df3-9cad122948fe" for 10.249.3.45 at 2022-12-13 07:08:04 +0000

keyclock error:

KC-SERVICES0093: Invalid parameter value for: scope
`,
    truth: {
      causes: ['authorization-scope-invalid', 'scope-unknown', 'openid-scope-missing'],
      endpoint: 'authorization',
    },
    why: 'The configured scopes were wrong (an empty one was sent); setting it to openid mended it.',
  },
  {
    id: 'kc-scope-newshare',
    source: 'https://github.com/mattbaya/ITEGA/issues/5',
    provider: 'keycloak',
    paste: `Home base rejects the request: invalid_scope 'openid newshare'

error=invalid_scope&error_description=Invalid+scopes:+openid+newshare
`,
    truth: { causes: ['authorization-scope-invalid', 'scope-unknown'], endpoint: 'authorization' },
    why: 'The plugin asked for a scope that is not defined; asking for openid only mended it.',
  },
  {
    id: 'kc-direct-access-python',
    source: 'https://github.com/urbanplatform/django-keycloak-auth/issues/99',
    provider: 'keycloak',
    paste: `b'{"error":"unauthorized_client","error_description":"Client not permitted for direct access grants"}'
`,
    truth: { causes: ['direct-access-off'], endpoint: 'token' },
    why: 'Enabling direct access for the client mended it.',
  },
  {
    id: 'kc-pkce-missing-react',
    source: 'https://github.com/react-keycloak/react-keycloak-examples/issues/13',
    provider: 'keycloak',
    paste: `Following the react example, trying the login I get:
error: "invalid_request"
error_description: "Missing+parameter%3A+code_challenge_method"
`,
    truth: { causes: ['authorization-pkce-missing'], endpoint: 'authorization' },
    why: 'The client demands PKCE, and the app sends no code_challenge_method.',
  },
  {
    id: 'kc-otp-direct-grant',
    source: 'https://github.com/keycloak/keycloak/issues/22901',
    provider: 'keycloak',
    paste: `Token request is denied when user has the OTP configured (and not requested)

curl --location --request POST --header "Content-Type: application/x-www-form-urlencoded"
    --data-urlencode "password=xyz"
    --data-urlencode "username=aaa@bbb.com"
    --data-urlencode "client_id=Unattended"
    --data-urlencode "grant_type=password"
    --data-urlencode "scope=openid"
    "https://keycloak.local:8443/realms/Demo/protocol/openid-connect/token"
`,
    args: ['--status', '401'],
    truth: { causes: ['second-factor-missing'], endpoint: 'token' },
    canBeTold: false,
    why: 'The user has an OTP configured, which the direct grant flow then asks for.',
  },
  {
    id: 'kc-nexus-login-error',
    source: 'https://github.com/flytreeleft/nexus3-keycloak-plugin/issues/41',
    provider: 'keycloak',
    paste: `keycloak server's log is here.
10:28:42,779 WARN  [org.keycloak.events] (default task-83) type=LOGIN_ERROR, realmId=nwse, clientId=nexus, userId=693a7ee3-4755-4ea2-90a9-083369856b3e, ipAddress=127.0.0.1, error=invalid_user_credentials, auth_method=openid-connect, grant_type=password, client_auth_method=client-secret, username=luckyhk.lee
`,
    truth: { causes: ['user-credentials-wrong'], endpoint: 'token' },
    why: 'The password check of the direct grant failed; the asker then switched that check off.',
  },
  {
    id: 'kc-appauth-token-not-active',
    source: 'https://github.com/openid/AppAuth-iOS/issues/843',
    provider: 'keycloak',
    paste: `Domain=org.openid.appauth.oauth_token Code=-10 "invalid_grant: Token is not active" UserInfo={OIDOAuthErrorResponseErrorKey={
    error = "invalid_grant";
    "error_description" = "Token is not active";
}, NSLocalizedDescription=invalid_grant: Token is not active, NSUnderlyingError=0x28302f240 {Error Domain=org.openid.appauth.remote-http Code=400 "{"error":"invalid_grant","error_description":"Token is not active"}" UserInfo={NSLocalizedDescription={"error":"invalid_grant","error_description":"Token is not active"}}}}
`,
    truth: {
      causes: ['refresh-token-expired', 'refresh-token-no-longer-valid', 'session-timed-out'],
      endpoint: 'token',
    },
    why: 'The refresh token had expired when the app used it.',
  },
  {
    id: 'kc-portainer-x509',
    source: 'https://github.com/portainer/portainer/issues/4301',
    provider: 'keycloak',
    paste: `portainer    |  [DEBUG] - OAuth authentication error: Post https://mydomain/auth/realms/myrealm/protocol/openid-connect/token: x509: certificate signed by unknown authority
portainer    |  http error: Unable to authenticate through OAuth (err=Unauthorized) (code=500)
`,
    truth: { causes: ['certificate-refused'], endpoint: 'token' },
    why: "Portainer's container does not trust the CA of Keycloak's certificate.",
  },
  {
    id: 'kc-wikijs-self-signed',
    source: 'https://github.com/requarks/wiki/issues/2035',
    provider: 'keycloak',
    paste: `Keycloak OpenID: "Failed to obtain access token" with SSL enabled
`,
    truth: { causes: ['certificate-refused'], endpoint: 'token' },
    canBeTold: false,
    why: 'The certificate is self-signed; NODE_EXTRA_CA_CERTS with its root mended it.',
  },
  {
    id: 'kc-bookstack-curl60',
    source: 'https://github.com/BookStackApp/BookStack/issues/4920',
    provider: 'keycloak',
    paste: `cURL error 60 for keycloak token

Keycloak is correct configured, it works for some other container apps using same ssl certificate.
`,
    truth: { causes: ['certificate-refused'], endpoint: 'token' },
    why: "Mounting the system's certificates into the container mended it.",
  },
  {
    id: 'authentik-portainer-timeout',
    source: 'https://github.com/portainer/portainer/issues/8187',
    provider: 'authentik',
    paste: `2023/04/11 09:54AM DBG oauth/oauth.go:34 > failed retrieving oauth token | error="Post \\"https://authentik.exampleNOTreal.net/application/o/token/\\": dial tcp 192.168.1.181:443: i/o timeout"
2023/04/11 09:54AM DBG auth/authenticate_oauth.go:75 > OAuth authentication error | error="Post \\"https://authentik.exampleNOTReal.net/application/o/token/\\": dial tcp 192.168.1.181:443: i/o timeout"
2023/04/11 09:54AM DBG error/error.go:34 > HTTP error | error=Unauthorized msg="Unable to authenticate through OAuth" status_code=500
`,
    truth: { causes: ['server-silent'], endpoint: 'token' },
    why: 'The container cannot reach the address: the packets are not answered.',
  },
  {
    id: 'entra-reply-relative',
    source: 'https://github.com/Azure-Samples/azure-search-openai-demo/pull/784',
    provider: 'entra',
    paste: `{ "error": "invalid_client", "error_description": "AADSTS500116: The reply uri specified in the request is not a valid URL. Allowed schemes: '*'.\\r\\nTrace ID: 30ef56ba-316c-46fe-bb75-8767e39a4a00\\r\\nCorrelation ID: d53ad251-30f8-4cf6-bf1e-83e55a6a4db5\\r\\nTimestamp: 2023-10-12 04:28:06Z", "error_codes": [ 500116 ], "timestamp": "2023-10-12 04:28:06Z", "trace_id": "30ef56ba-316c-46fe-bb75-8767e39a4a00", "correlation_id": "d53ad251-30f8-4cf6-bf1e-83e55a6a4db5" }
`,
    truth: { causes: ['redirect-uri-malformed', 'redirect-uri-not-registered'], endpoint: 'token' },
    why: 'A relative redirect URI was sent; an absolute one mended it.',
  },
  {
    id: 'entra-autopilot-redirect',
    source: 'https://github.com/okieselbach/AutopilotMonitor/issues/37',
    provider: 'entra',
    paste: `When my admin consent administrator logs in and attempts to enable "Autopilot Device Validation ", we are ultimately presented with an error:
"AADSTS50011: The redirect URI
'https://www.autopilotmonitor.com/settings/tenant/autopilot' specified in the request does not match the redirect URIs configured for the application '1a400946-62c1-4ab4-aa37-f730ac89704d'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more about how to fix this."
`,
    truth: {
      causes: ['redirect-uri-not-registered', 'redirect-uri-nearly-right'],
      endpoint: 'authorization',
    },
    why: "The app's registration lacks this redirect URI.",
  },
  {
    id: 'entra-azureauth-r',
    source: 'https://github.com/Azure/AzureAuth/issues/18',
    provider: 'entra',
    paste: ` Unauthorized (HTTP 401). Failed to obtain Azure Active Directory token. Message:
AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'.
Trace ID: 87e0ef44-550c-4b89-a90e-02de054e5800
Correlation ID: f2e88a85-8432-47db-90e6-8d3553eb0f5c
Timestamp: 2019-10-23 14:31:25Z.

Code used:
library(shiny)
library(AzureAuth)

options(shiny.port=8100)

# parameters -- set the redirect URI for the app to 'Public Client / http://localhost:8100'

resource <- "https://graph.microsoft.com/" # I used the graph.microsoft.com resource as I don't have rights on the azre management resource.
tenant <- "<my tenantid>"
app <- "<cmy client app id>"
`,
    truth: { causes: ['client-secret-missing', 'client-not-public'], endpoint: 'token' },
    why: 'The app is to be a public client, and the registration does not say so, so that a secret is asked for.',
  },
  {
    id: 'graph-denied-java',
    source: 'https://github.com/microsoftgraph/msgraph-training-java/issues/87',
    provider: 'entra',
    paste: `Feb 16, 2023 10:43:04 AM com.microsoft.graph.logger.DefaultLogger logError
Error getting users
SEVERE: CoreHttpProvider[sendRequestInternal] - 408Graph service exception
Feb 16, 2023 10:43:04 AM com.microsoft.graph.logger.DefaultLogger logError
Error code: Authorization_RequestDenied
SEVERE: Throwable detail: com.microsoft.graph.http.GraphServiceException: Error code: Authorization_RequestDenied
Error message: Insufficient privileges to complete the operation.

GET https://graph.microsoft.com/v1.0/users
`,
    truth: {
      causes: [
        'permission-missing',
        'consent-missing',
        'api-role-missing',
        'api-scope-missing',
        'admin-role-missing',
      ],
      endpoint: 'api',
    },
    why: 'Admin consent for the application permission had not been granted.',
  },
  {
    id: 'b2c-scope-must-name-resource',
    source: 'https://github.com/AzureAD/microsoft-authentication-library-for-js/issues/1470',
    provider: 'b2c',
    paste: `Call to acquireTokenSilent is failing always with error AADB2C90055

AADB2C90055: The scope 'openid profile' provided in request must specify a resource, such as 'https://example.com/calendar.read'
`,
    truth: {
      causes: ['scope-missing', 'authorization-scope-invalid', 'scope-unknown', 'resource-unknown'],
      endpoint: 'authorization',
    },
    why: 'For an access token B2C needs a scope of an API; only openid profile was asked for.',
  },
  {
    id: 'b2c-scope-not-default',
    source: 'https://github.com/dotnet/aspnetcore/issues/56311',
    provider: 'b2c',
    paste: `> System.Exception : An error occurred while attempting to acquire a token.  See the inner exception for detail.
  ----> Microsoft.Identity.Client.MsalServiceException : AADB2C99068: Scope parameter (https://MyDomain.onmicrosoft.com/555-212762d209fe/access_as_user) must be formatted like https://<application-uri>/.default
Correlation ID: 2048500c-056e-40a6-8157-145f9b4b423e
Timestamp: 2024-06-19 03:33:00Z
`,
    truth: { causes: ['scope-not-default'], endpoint: 'token' },
    why: 'A token without a user is asked for with a scope that does not end with /.default.',
  },
  {
    id: 'okta-rn-custom-scope',
    source: 'https://github.com/okta/okta-react-native/issues/315',
    provider: 'okta',
    paste: `createConfig({
          issuer: "...",
          clientId: "...",
          redirectUri: "...:/callback",
          endSessionRedirectUri: "...:/",
          discoveryUri: "...",
          scopes: ["openid", "profile", "offline_access", "user:delete"],
})

Error: Authorization Error: invalid_scope: Custom scopes are not allowed for this request.
`,
    truth: {
      causes: ['scope-unknown', 'authorization-scope-invalid', 'endpoint-wrong', 'issuer-differs'],
      endpoint: 'authorization',
    },
    why: 'The app asked the org server; with /oauth2/default, a custom server, it works.',
  },
  {
    id: 'okta-consoleme-scopes',
    source: 'https://github.com/Netflix/consoleme/issues/9075',
    provider: 'okta',
    paste: `Aslo I see following URL being requested at the end and getting error from the okta server.

\`https://dev-24752425.okta.com/oauth2/default/v1/authorize?response_type=code&redirect_uri=http%3A%2F%2F127.0.0.1%3A8081%2Fauth&client_id=[ID]&scope=email+groups+openid&state=http%3A%2F%2F127.0.0.1%3A8081%2F\`

following is the HTTP response:
\`\`\`
HTTP/1.1 302 Found
Date: Mon, 26 Apr 2021 08:41:20 GMT
Content-Length: 0
Connection: close
[OTHER HEADERS]
location: http://127.0.0.1:8081/auth?state=http%3A%2F%2F127.0.0.1%3A8081%2F&error=invalid_scope&error_description=One+or+more+scopes+are+not+configured+for+the+authorization+server+resource.
content-language: en
[OTHER HEADERS]
\`\`\`
`,
    truth: { causes: ['scope-unknown', 'authorization-scope-invalid'], endpoint: 'authorization' },
    why: 'The default custom server has no groups scope.',
  },
  {
    id: 'authelia-scope-comma',
    source: 'https://github.com/postalserver/postal/pull/3332',
    provider: 'authelia',
    paste: `omniauth: (oidc) Request phase initiated.
"POST /auth/oidc HTTP/1.1" 302 274 0.0484
omniauth: (oidc) Callback phase initiated.
omniauth: (oidc) Authentication failure! invalid_scope: OmniAuth::Strategies::OpenIDConnect::CallbackError, invalid_scope | The requested scope is invalid, unknown, or malformed. The OAuth 2.0 Client is not allowed to request scope 'openid,email'.
`,
    truth: { causes: ['authorization-scope-invalid', 'scope-unknown'], endpoint: 'authorization' },
    why: 'The scopes were joined by a comma instead of a blank.',
  },
  {
    id: 'auth0-laravel-unauthorized',
    source: 'https://github.com/auth0/laravel-auth0/issues/42',
    provider: 'auth0',
    paste: `ErrorException in Auth0.php line 244:
Illegal string offset 'error'

HandleExceptions->handleError('2', 'Illegal string offset 'error'', 'vendor/auth0/auth0-php/src/Auth0.php', '244', array('code' => '*******', 'auth_url' => 'https://mytenant.auth0.com/oauth/token/', 'response' => array('result' => 'Unauthorized', 'code' => '401', 'content_type' => false), 'auth0_response' => 'Unauthorized'))

on /auth0/callback
`,
    truth: {
      causes: ['client-secret-wrong', 'client-id-unknown', 'client-authentication-failed'],
      endpoint: 'token',
    },
    why: 'The maintainer: the only reason of this error is that client id or secret are wrong.',
  },
  {
    id: 'auth0-callback-mismatch',
    source: 'https://github.com/MudXtra/MudXThemeCreator/issues/25',
    provider: 'auth0',
    paste: `When you try to log in demo website, Auth0 shows an error as below.

Callback URL mismatch.
The provided redirect_uri is not in the list of allowed callback URLs.
Please go to the [Application Settings page](https://manage.auth0.com/#/applications/NlllqwmYLlEsvtk0BFiNqM2BbAJCN5E7/settings) and make sure you are sending a valid callback url from your application.
`,
    truth: {
      causes: ['redirect-uri-not-registered', 'redirect-uri-nearly-right'],
      endpoint: 'authorization',
    },
    why: 'The domain had changed, and the new callback URL was not registered.',
  },
  {
    id: 'google-builderbook',
    source: 'https://github.com/async-labs/builderbook/issues/26',
    provider: 'google',
    paste: `I am trying to run the locally but when I try to login, it keeps giving me an error:

Error: redirect_uri_mismatch

The redirect URI in the request, http://localhost:8000/oauth2callback, does not match the ones authorized for the OAuth client.
`,
    truth: {
      causes: ['redirect-uri-not-registered', 'redirect-uri-nearly-right'],
      endpoint: 'authorization',
    },
    why: 'Another path was registered (/auth/oauth2callback instead of /oauth2callback).',
  },
  {
    id: 'google-oob-web-client',
    source: 'https://github.com/joshcarty/google-searchconsole/issues/69',
    provider: 'google',
    paste: `**Access blocked: This app’s request is invalid**
You can’t sign in because this app sent an invalid request. You can try again later, or contact the developer about this issue.
If you are a developer of this app, see [error details](https://accounts.google.com/).
Error 400: redirect_uri_mismatch

**Error 400: redirect_uri_mismatch**
The redirect URI in the request, urn:ietf:wg:oauth:2.0:oob, can only be used by a Client ID for native application. It is not allowed for the WEB client type. You can create a Client ID for native application at https://console.developers.google.com/apis/credentials/oauthclient
Request details: flowName=GeneralOAuthFlow
`,
    truth: {
      causes: ['redirect-uri-type-wrong', 'redirect-uri-not-registered', 'client-type-wrong'],
      endpoint: 'authorization',
    },
    why: 'The out-of-band URI is for native clients only, and the client is of the kind "web".',
  },
  {
    id: 'google-php-analytics-subject',
    source: 'https://github.com/googleapis/google-api-php-client/issues/950',
    provider: 'google',
    paste: `        $user_to_impersonate = 'denis********@******.com';
        $client->setSubject($user_to_impersonate);
        $scopes = [\\Google_Service_Analytics::ANALYTICS_READONLY];
        $client->setScopes($scopes);

Response: 
Exception 'GuzzleHttp\\Exception\\ClientException' with message 'Client error: \`POST https://www.googleapis.com/oauth2/v4/token\` resulted in a \`401 Unauthorized\` response:
{
 "error": "unauthorized_client",
 "error_description": "Unauthorized client or scope in request."
}
`,
    truth: { causes: ['delegation-not-authorized'], endpoint: 'token' },
    why: 'The service account impersonates a user without being authorized for it.',
  },
  {
    id: 'google-php-gmail-delegation',
    source: 'https://github.com/googleapis/google-api-php-client/issues/1379',
    provider: 'google',
    paste: `<?php
  putenv('GOOGLE_APPLICATION_CREDENTIALS=service-account.json');
  $client = new Google_Client();
  $client->useApplicationDefaultCredentials();
  $client->setScopes('https://mail.google.com');
  $client->setSubject('user@mydomain.com');

  $google_mail = new Google_Service_Gmail($client);
  $google_mail->users_messages->listUsersMessages('me');

Getting "Client is unauthorized to retrieve access tokens using this method." error.. this is on a Ubuntu server 14.04.5 LTS and PHP 5.5.9 please advice!
`,
    truth: { causes: ['delegation-not-authorized'], endpoint: 'token' },
    why: 'The domain-wide delegation was not (yet) in force for the scope.',
  },
  {
    id: 'google-terraform-scopes',
    source: 'https://github.com/DeviaVir/terraform-provider-gsuite/issues/65',
    provider: 'google',
    paste: `I keep getting the error of:

Error creating domain: googleapi: Error 403: Insufficient Permission: Request had insufficient authentication scopes., insufficientPermissions
`,
    truth: { causes: ['api-scope-missing', 'insufficient-scope'], endpoint: 'api' },
    why: 'The token was asked for without the scope that the call needs.',
  },
  {
    id: 'cognito-android-newline',
    source: 'https://github.com/aws-amplify/aws-sdk-android/issues/368',
    provider: 'cognito',
    paste: `I always get "invalid_client" error when I try to get user token from a user pool app client with client secret. My code:
Auth.Builder builder = new Auth.Builder();
        builder
                .setAppClientId("MY_CLIENT_ID")
                .setAppClientSecret("MY_CLIENT_SECRET")
                .setAppCognitoWebDomain("MY_USER_POOL_DOMAIN")
                .setSignInRedirect("MY_REDIRECT_URL")
                .setSignOutRedirect("MY_REDIRECT_URL")
                .setApplicationContext(this.getApplicationContext());
`,
    truth: { causes: ['basic-header-broken'], endpoint: 'token' },
    canBeTold: false,
    why: 'The base64 of the Basic header was broken by line feeds.',
  },
  {
    id: 'cognito-redirect-mismatch',
    source: 'https://github.com/amazon-archives/amazon-cognito-auth-js/issues/85',
    provider: 'cognito',
    paste: `Keep getting redirect_mismatch

My Request URL looks like this: https://xxMyAppxx.auth.us-east-1.amazoncognito.com/oauth2/authorize?redirect_uri=https%3A%2F%2Flocalhost%3A4200%2Flogin&response_type=token&client_id=<<myclientid>>&state=nhaxExm6ojeV9AmNxacNCm9DAh1r7DWC&scope=email%20profile%20openid&identity_provider=Google
`,
    truth: {
      causes: ['redirect-uri-not-registered', 'redirect-uri-nearly-right'],
      endpoint: 'authorization',
    },
    why: 'The app sent another callback URL than the one set up in the user pool.',
  },
  {
    id: 'aws-gateway-iam-header',
    source: 'https://github.com/amazon-archives/aws-cognito-angular-quickstart/issues/50',
    provider: 'cognito',
    paste: `But if I use the token to "curl -H "Authorizer Bearer [token]" for a simple GET, I am getting:

{message: "...not a valid key=value pair (missing equal-sign) in Authorization header..."
`,
    truth: { causes: ['gateway-wants-signature'], endpoint: 'gateway' },
    why: 'The route reads the header as a signature of AWS.',
  },
  {
    id: 'spring-uaa-keys',
    source: 'https://github.com/eugenp/tutorials/issues/7079',
    provider: 'spring',
    paste: `However, when I try to use that token to access a resource server, I'm getting 401 Unauthorized 
with the following issue:
Bearer error="invalid_token", error_description="An error occurred while attempting to decode the Jwt: Signed JWT rejected: Another algorithm expected, or no matching key(s) found", error_uri="https://tools.ietf.org/html/rfc6750#section-3.1"
`,
    truth: { causes: ['access-token-signature-wrong'], endpoint: 'api' },
    why: "The resource server has no key that fits the token's signature.",
  },
  {
    id: 'spring-device-pending',
    source: 'https://github.com/spring-attic/spring-authorization-server/issues/1556',
    provider: 'spring',
    paste: `curl --location --request POST 'http://identity.nuzar.com/oauth2/token' \\
--header 'User-Agent: Apifox/1.0.0 (https://www.apifox.cn)' \\
--header 'Authorization: Basic NzhhZWQwZmQzNGQxNDJlNjg5YjQwOTYzOWNmNDYyMjA6TnV6YXIwMDAwMDBf' \\
--header 'Accept: */*' \\
--header 'Host: identity.nuzar.com' \\
--header 'Connection: keep-alive' \\
--header 'Content-Type: application/x-www-form-urlencoded' \\
--header 'Cookie: SESSION=MThhMWQ2ZmYtYjIxYS00YmFiLTlmMDEtNjQzY2VjZGU0Mjhh' \\
--data-urlencode 'grant_type=urn:ietf:params:oauth:grant-type:device_code' \\
--data-urlencode 'device_code=sRN6Nk_1uuuHpitZJP63pf6NgADAviPG8nS1FbAsl6bknfNnj6F2HrDRprS5lU-PMF7FR-6ECLBOn5oO_SMaDpa3FbK45OW_3VXfX8mSRb_ptVDUWUjh1dS7PlGgjnKo'

response:
{
    "error": "authorization_pending",
    "error_uri": "https://datatracker.ietf.org/doc/html/rfc8628#section-3.5"
}

the device code has been expired , but the response present " authorization_pending" always. 
it should be  "expired_token"
`,
    truth: { causes: ['device-not-confirmed-yet', 'device-code-expired'], endpoint: 'token' },
    why: 'Nobody confirmed the device, and the code has meanwhile expired.',
  },
  {
    id: 'twitch-device-pending',
    source: 'https://github.com/twitchdev/issues/issues/971',
    provider: 'twitch',
    paste: `when I try to poll the \`https://id.twitch.tv/oauth2/token\` API with the device code, while the user is authorizing app using the device code, I get an error response saying "invalid device code" instead of "authorization_pending"
`,
    truth: { causes: ['device-not-confirmed-yet', 'device-code-pending'], endpoint: 'token' },
    canBeTold: false,
    why: 'The user had not confirmed yet; Twitch says "invalid device code" then.',
  },
  {
    id: 'dot-revoke-bearer',
    source: 'https://github.com/django-oauth/django-oauth-toolkit/issues/217',
    provider: 'django-oauth-toolkit',
    paste: `When I send the following request:
POST /o/revoke_token/ HTTP/1.1
Host: localhost:8000
Connection: keep-alive
Content-Length: 36
Pragma: no-cache
Cache-Control: no-cache
Accept: application/json, text/plain, */*
Origin: http://localhost:8100
User-Agent: Mozilla/5.0 (Linux; Android 4.2.1; en-us; Nexus 5 Build/JOP40D) AppleWebKit/535.19 (KHTML, like Gecko) Chrome/18.0.1025.166 Mobile Safari/535.19
Authorization: Bearer <Here goes the token>
Content-Type: application/x-www-form-urlencoded
Referer: http://localhost:8100/
Accept-Encoding: gzip, deflate
Accept-Language: en-US,en;q=0.8,es-419;q=0.6,es;q=0.4,it;q=0.2,pt;q=0.2

The response I get is:
HTTP/1.1 401 UNAUTHORIZED
Connection: keep-alive
Server: gunicorn/19.2.1
Date: Mon, 06 Apr 2015 20:11:37 GMT
Transfer-Encoding: chunked
Content-Type: text/html; charset=utf-8
X-Frame-Options: SAMEORIGIN
Access-Control-Allow-Origin: *
Via: 1.1 vegur

And the JSON I get from that response is:
{"error": "invalid_client"}
`,
    truth: {
      causes: ['client-id-missing', 'client-secret-missing', 'client-authentication-failed'],
      endpoint: 'revocation',
    },
    why: 'The request shows a bearer token where the client has to name and prove itself.',
  },
  {
    id: 'intuit-refresh-old',
    source: 'https://github.com/intuit/oauth-jsclient/issues/77',
    provider: 'intuit',
    paste: `I get the invalid grant error every so often when calling the refresh method

response: 
      Response {
        Url: [Object],
        rawHeaders: [Array],
        body: '{"error":"invalid_grant"}',
        status: 400,
        statusText: 'Bad Request' },
     body: '{"error":"invalid_grant"}',
     json: { error: 'invalid_grant' },
     intuit_tid: '6a115e25-544e-489d-9d90-25c4c5c9f466' }
`,
    truth: { causes: ['refresh-token-reused', 'refresh-token-no-longer-valid'], endpoint: 'token' },
    why: "The server's log: refresh token not found; an older one than the latest was used.",
  },
  {
    id: 'ids-hybrid-password',
    source: 'https://github.com/DuendeArchive/IdentityServer4/issues/1567',
    provider: 'identityserver',
    paste: `## I am using .net core 2.0 identity server 4 approach

I am trying to get access token from identity server using postman.

**Postman post request**

x-www-form-urlencode post 

client_id:ASAP-Mobile
client_secret:ASAP@Mobile
response_type:code id_token
scope:openid profile aspa-api offline_access
grant_type:password

Identity server /connect/token is returning unauthorized client
`,
    truth: { causes: ['direct-access-off', 'grant-off-for-client', 'client-not-allowed'], endpoint: 'token' },
    why: 'The client is allowed the hybrid grant only, and the password grant is asked for.',
  },
  {
    id: 'ids-log-resource-owner',
    source: 'https://github.com/DuendeArchive/IdentityServer4/issues/4480',
    provider: 'identityserver',
    paste: `i am trying to call api to get the token but i got an error unauthorized_client i searched google but still haven't fixed it. 
Error log : 
2020-06-07 23:18:31.385 +07:00 [ERR] Client not authorized for resource owner flow, check the AllowedGrantTypes setting{"client_id":"test123"}, details: {"ClientId":"test123","ClientName":"newpmscoreapp.webapp","GrantType":"password","Scopes":null,"AuthorizationCode":null,"RefreshToken":null,"UserName":null,"AuthenticationContextReferenceClasses":null,"Tenant":null,"IdP":null,"Raw":{"client_id":"test123","client_secret":"***REDACTED***","grant_type":"password","username":"admin","password":"***REDACTED***"},"$type":"TokenRequestValidationLog"}
2020-06-07 23:18:31.385 +07:00 [INF] {"ClientId":"test123","ClientName":"newpmscoreapp.webapp","RedirectUri":null,"Endpoint":"Token","SubjectId":null,"Scopes":null,"GrantType":"password","Error":"unauthorized_client","ErrorDescription":null,"Category":"Token","Name":"Token Issued Failure","EventType":"Failure","Id":2001,"Message":null}
`,
    truth: { causes: ['direct-access-off', 'grant-off-for-client', 'client-not-allowed'], endpoint: 'token' },
    why: 'The log: the client is not authorized for the resource owner flow.',
  },
  {
    id: 'ids-all-in-query',
    source: 'https://github.com/DuendeArchive/IdentityServer4/issues/1587',
    provider: 'identityserver',
    paste: `This is the one I sent:

\`http://localhost:15319/connect/token?grant_type=client_credentials&scope=customAPI.read&client_id=oauthClient&client_secret=superSecretPassword\`

But, I'm getting a response.

{
    "error": "invalid_client"
}
`,
    truth: {
      causes: ['parameters-in-query', 'client-id-in-query', 'client-secret-in-query', 'body-missing'],
      endpoint: 'token',
    },
    why: 'Everything is in the query; the server reads the form and finds no client there.',
  },
  {
    id: 'duende-silent-renew-uri',
    source: 'https://github.com/damienbod/angular-auth-oidc-client/issues/1423',
    provider: 'identityserver',
    paste: `Duende IdentityServer-based service logs the following:
{
  "Timestamp": "xxx",
  "Level": "Error",
  "MessageTemplate": "Invalid redirect_uri{@values}, details: {@details}",
  "Properties": {
    "values": {
      "redirectUri": "https://brand-master-tool-test.apps.igaming-test.euc1.xxx.tech/",
      "expectedRedirectUri": "https://brand-master-tool-test.apps.igaming-test.euc1.xxx.tech/silent-renew.html"
    },
    "details": {
      "_typeTag": "TokenRequestValidationLog",
      "ClientId": "Tools.BMT.Frontend",
      "ClientName": "Brand Master Tool SPA",
      "GrantType": "authorization_code",
      "Scopes": null,
      "AuthorizationCode": "****",
      "RefreshToken": "********",
      "Raw": {
        "grant_type": "authorization_code",
        "client_id": "Tools.BMT.Frontend",
        "code_verifier": "xxx",
        "code": "xxx",
        "redirect_uri": "https://brand-master-tool-test.apps.igaming-test.euc1.xxx.tech/"
      }
    },
    "SourceContext": "Duende.IdentityServer.Validation.TokenRequestValidator",
    "RequestId": "xxxx",
    "RequestPath": "/connect/token",
`,
    truth: { causes: ['redirect-uri-differs'], endpoint: 'token' },
    why: 'The code was asked for with the silent-renew page as redirect URI and is redeemed with another one.',
  },
  {
    id: 'ids-code-challenge',
    source: 'https://github.com/DuendeArchive/IdentityServer4/issues/4238',
    provider: 'identityserver',
    paste: `But demo server returns me 
> Sorry, there was an error : invalid_request
code challenge required

const config = {
  authority: "https://demo.identityserver.io",
  client_id: "interactive.confidential",
  redirect_uri: "http://localhost:3000/callback",
  response_type: "code",
  scope:"openid profile email api offline_access",
  post_logout_redirect_uri : "http://localhost:3000/post_logout",
};

const url = \`https://demo.identityserver.io/connect/authorize?
client_id=\${config.client_id}&
redirect_uri=\${config.redirect_uri}&
response_type=\${config.response_type}&
scope=\${config.scope}\`;
`,
    truth: { causes: ['authorization-pkce-missing'], endpoint: 'authorization' },
    why: 'The client of the demo server demands PKCE.',
  },
  {
    id: 'ids-audience-empty',
    source: 'https://github.com/DuendeArchive/IdentityServer4/issues/4278',
    provider: 'identityserver',
    paste: `When I ran https://github.com/IdentityServer/IdentityServer4/tree/master/samples/Quickstarts/4_JavaScriptClient sample project and clicked on Call API button I got 401 response with
Bearer error="invalid_token", error_description="The audience 'empty' is invalid" value in header WWW-Authenticate.
`,
    truth: { causes: ['access-token-audience-wrong', 'audience-wrong'], endpoint: 'api' },
    why: 'The token carries no audience, and the API expects one.',
  },
  {
    id: 'openiddict-verifier',
    source: 'https://github.com/openiddict/openiddict-core/issues/1225',
    provider: 'openiddict',
    paste: `The relevant part of the logs are:

[15:12:56 INF] The token request was successfully extracted: {
  "grant_type": "authorization_code",
  "code": "[redacted]",
  "redirect_uri": "http://localhost:6200/",
  "client_id": "dashboard",
  "code_verifier": "XRkc42OkRXmhiOCNNQqMDk0TjGQDn3SBDvLuLWIPpcDNZts5T9"
}.

Then I get an error message:

[15:12:56 ERR] The token request was rejected because the 'code_verifier' parameter didn't correspond to the expected value.
[15:12:56 INF] The response was successfully returned as a JSON document: {
  "error": "invalid_grant",
  "error_description": "The specified 'code_verifier' is invalid.",
  "error_uri": "https://documentation.openiddict.com/errors/ID2052"
}.
`,
    truth: { causes: ['pkce-verifier-wrong'], endpoint: 'token' },
    why: 'The verifier is not the one whose hash was sent at sign-in.',
  },
  {
    id: 'openiddict-challenge-missing',
    source: 'https://github.com/dnplus/streamlit-oauth/issues/18',
    provider: 'openiddict',
    paste: `I get this error when trying to implement this authorization package:

error:invalid_request
error_description:The mandatory 'code_challenge' parameter is missing.
error_uri:https://documentation.openiddict.com/errors/ID2029
`,
    truth: { causes: ['authorization-pkce-missing'], endpoint: 'authorization' },
    why: 'The server demands PKCE, and the package sends no challenge.',
  },
  {
    id: 'openid-client-assertion',
    source: 'https://github.com/panva/openid-client/issues/300',
    provider: 'generic',
    paste: `OPError: invalid_client (Invalid JWT token)

const payload = {
            iss: clientId,
            sub: clientId,
            iat: issuedAtTimeSeconds,
            exp: expirationTimeSeconds,
            aud: url,
            jti: Math.random().toString(36).replace(/[^a-z]+/g, '').substr(0, 12)
        };
const clientAssertion = await client.requestObject(payload);
`,
    truth: {
      causes: ['client-assertion-refused', 'client-assertion-key', 'client-assertion-algorithm'],
      endpoint: 'token',
    },
    canBeTold: false,
    why: 'A request object was sent in place of a client assertion.',
  },
  {
    id: 'ping-cors',
    source: 'https://github.com/authts/react-oidc-context/issues/460',
    provider: 'ping',
    paste: `access to fetch at 'https://sso.example.com/as/token.oauth2' from origin 'https://app.example.com' has been blocked by cors policy: no 'access-control-allow-origin' header is present on the requested resource. if an opaque response serves your needs, set the request's mode to 'no-cors' to fetch the resource with cors disabled.
`,
    truth: { causes: ['origin-not-allowed'], endpoint: 'token' },
    why: 'The origin was not allowed at the server; allowing it mended it.',
  },
  {
    id: 'abp-cors-log',
    source: 'https://github.com/abpframework/abp/issues/6222',
    provider: 'identityserver',
    paste: `[09:55:28 DBG] CORS request made for path: /.well-known/openid-configuration/jwks from origin: http://localhost:4200
[09:55:28 WRN] Origin is not allowed: http://localhost:4200
[09:55:28 WRN] CorsPolicyService did not allow origin: http://localhost:4200
[09:55:28 INF] No CORS policy found for the specified request.
`,
    truth: { causes: ['origin-not-allowed'], endpoint: 'metadata' },
    why: 'The log: the CORS service does not allow the origin.',
  },
  {
    id: 'gitlab-credential-oauth',
    source: 'https://github.com/hickford/git-credential-oauth/issues/74',
    provider: 'gitlab',
    paste: `~ ❯❯❯ git clone https://mygitlab.tld/myorg/myrepo
Clonage dans 'myrepo'...
Please complete authentication in your browser...
https://mygitlab.tld/oauth/authorize?client_id=REDACTED&code_challenge=REDACTED&code_challenge_method=S256&redirect_uri=http%3A%2F%2F127.0.0.1%3A38589&response_type=code&scope=read_repository+write_repository&state=REDACTED
2025/02/14 10:00:40 oauth2: "invalid_client" "Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method."
Username for 'https://mygitlab.tld': ^C
`,
    truth: { causes: ['client-secret-missing', 'client-not-public'], endpoint: 'token' },
    why: 'The app is registered as confidential; giving the secret, or unchecking that box, mends it.',
  },
  {
    id: 'gitlab-go-password',
    source: 'https://github.com/xanzy/go-gitlab/issues/1104',
    provider: 'gitlab',
    paste: `func NewBasicClient(username, password, url string) *Gitlab {
	var err error
	c := &Gitlab{}

	c.Client, err = gitlab.NewBasicAuthClient(username, password, gitlab.WithBaseURL(url))

Error: oauth2: cannot fetch token: 401 Unauthorized
Response: {"error":"invalid_client","error_description":"Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method."}.
Exiting.
`,
    truth: {
      causes: ['client-authentication-failed', 'client-id-missing', 'client-secret-missing'],
      endpoint: 'token',
    },
    why: 'This version of GitLab demanded client credentials for the password grant; the next one took that back.',
  },
  {
    id: 'passport-query-parameters',
    source: 'https://github.com/dusterio/lumen-passport/issues/39',
    provider: 'laravel-passport',
    paste: `{
    "error": "unsupported_grant_type",
    "message": "The authorization grant type is not supported by the authorization server.",
    "hint": "Check the \`grant_type\` parameter"
}

I get this error when I put my /oauth/token route using postman
`,
    truth: { causes: ['parameters-in-query', 'grant-type-missing', 'body-missing'], endpoint: 'token' },
    canBeTold: false,
    why: 'The parameters were sent in the query; in the body they worked.',
  },
  {
    id: 'passport-sentence',
    source: 'https://github.com/laravel/passport/issues/36',
    provider: 'laravel-passport',
    paste: `error: {"error":"invalid_client","message":"Client authentication failed"}
`,
    truth: {
      causes: ['client-secret-wrong', 'client-id-unknown', 'client-authentication-failed'],
      endpoint: 'token',
    },
    why: 'Client id or secret were not those of the database (an old cache of the configuration).',
  },
  {
    id: 'github-cloudfront-code',
    source: 'https://github.com/Widen/cloudfront-auth/issues/13',
    provider: 'github',
    paste: `    data: 'error=bad_verification_code&error_description=The+code+passed+is+incorrect+or+expired.&error_uri=https%3A%2F%2Fdeveloper.github.com%2Fapps%2Fmanaging-oauth-apps%2Ftroubleshooting-oauth-app-access-token-request-errors%2F%23bad-verification-code'
}
`,
    truth: { causes: ['redirect-uri-differs', 'redirect-uri-not-registered'], endpoint: 'token' },
    canBeTold: false,
    why: 'The callback path was not set to match the redirect URI.',
  },
  {
    id: 'salesforce-self-authorize',
    source: 'https://github.com/restforce/restforce/issues/248',
    provider: 'salesforce',
    paste: `client = Restforce.new 
:username => 'xxxxxx@xxxxxx.com', 
:password => 'xxxxxxxxx', 
:security_token => 'CW0xxxxxxxxxxxxxxxxxx5lM3',
:client_id => '3MVGxxxxxxxxxxxxxxxxxxxxxxWyt5V4eq1Rqa5gNzj0t6i05', 
:client_secret  => '800xxxxxx8911'

seems to work, but this: 
sf_id = client.create('Lead', Name: "Test Restforce", Email: "test@hellorlarty.com")

Gets me this:
Restforce::AuthenticationError: invalid_grant: authentication failure
`,
    truth: { causes: ['user-not-assigned', 'consent-missing', 'access-denied-by-policy'], endpoint: 'token' },
    canBeTold: false,
    why: 'The connected app did not let all users authorize themselves.',
  },
  {
    id: 'fusionauth-client-id-comma',
    source: 'https://github.com/FusionAuth/fusionauth-issues/issues/445',
    provider: 'fusionauth',
    paste: `{
  "error" : "invalid_client",
  "error_description" : "client_id: 3c219e58-ed0e-4b18-ad48-f4f92793ae32,IRkY6ekOxO9-252rS8wz19f4bM7Rc-ddhG81V4ou2g0 is not valid.",
  "error_reason" : "invalid_client_id"
}
`,
    truth: {
      causes: ['client-id-unknown', 'authorization-client-unknown', 'client-id-padded', 'parameter-twice'],
      endpoint: 'authorization',
    },
    why: 'client_id holds two values with a comma between them.',
  },
  {
    id: 'opaque-for-jwt',
    source: 'https://github.com/bshaffer/oauth2-server-php/issues/950',
    provider: 'generic',
    paste: `When creating an access token using this library getting the following response:{"access_token":"337f73db5848dde6d2c76ca2af868487b19991b7","expires_in":3600,"token_type":"bearer","scope":null,"refresh_token":"97c97af533f16aac21e9ea283a5140606f1a669f"}

But when I am passing this access_token to Blackberry SDK it is giving the error "Invalid Token Audience".
`,
    truth: {
      causes: ['access-token-malformed', 'audience-wrong', 'access-token-audience-wrong'],
      endpoint: 'api',
    },
    why: 'The token is opaque, and the API expects a JWT with an audience.',
  },
  {
    id: 'tidbyt-no-bearer',
    source: 'https://github.com/tidbyt/tidbyt.dev/issues/148',
    provider: 'generic',
    paste: `my calls would fail with the status code 401 and below response, even though I'd authorized with a valid API key.

{
  "code": 16,
  "message": "auth error: rpc error: code = Unauthenticated desc = Bad authorization string",
  "details": []
}

Inspecting the call in the debugger, I noticed the authorization header does not include the \`Bearer\` prefix:

authorization: eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJkZXYifQ.c2ln
`,
    truth: { causes: ['access-token-scheme-wrong'], endpoint: 'api' },
    why: 'The page sends the key without the word Bearer before it.',
  },
  {
    id: 'b2c-id-token-at-api',
    source: 'https://github.com/Azure-Samples/active-directory-b2c-dotnetcore-webapi/issues/26',
    provider: 'b2c',
    paste: `I get a 401 unauthorized when I try to call my API built from this code.  I (login) to get a id_token, but I am wondering if this should be an "access_token" or if the id_token will suffice.
`,
    truth: { causes: ['access-token-of-other-kind', 'token-kind-wrong'], endpoint: 'api' },
    why: 'The ID token was sent to the API, which wants an access token.',
  },
  {
    id: 'openiddict-bearer-header-name',
    source: 'https://github.com/openiddict/openiddict-core/issues/577',
    provider: 'openiddict',
    paste: `GET https://localhost:44357/api/test
Headers:
  Bearer: {ACCESS_TOKEN_VALUE}
  Content-Type: application/json
`,
    args: ['--status', '401'],
    truth: { causes: ['access-token-not-sent', 'access-token-scheme-wrong'], endpoint: 'api' },
    why: 'The header is called Bearer; it has to be Authorization: Bearer ….',
  },
  {
    id: 'eve-unpadded-basic',
    source: 'https://github.com/ccpgames/sso-issues/issues/75',
    provider: 'generic',
    paste: `When sending a POST request to \`https://login.eveonline.com/v2/oauth/token\` with

Authorization: Basic Y2xpZW50OmtleQ
Content-Type: application/x-www-form-urlencoded
Host: login.eveonline.com

I get the following error :
{
    "error": "invalid_grant",
    "error_description": "Grant type authorization_code is not supported."
}
`,
    truth: { causes: ['basic-header-broken'], endpoint: 'token' },
    why: 'The base64 of the Basic header lacks its padding; with it the request works.',
  },
  {
    id: 'allegro-basic-not-encoded',
    source: 'https://github.com/allegro/allegro-api/issues/3747',
    provider: 'allegro',
    paste: `otrzymuje:
Response status code: 401
Result: {"error":"Unauthorized","error_description":"Unauthorized"}.     

Kod zapytania:

$base = 'https://allegro.pl.allegrosandbox.pl';
$end = '/auth/oauth/token?grant_type=authorization_code&code=' . $code . '&redirect_uri=' . get_option('wcara-redirect-uri');
$url = $base . $end;
$setopt = array(
  CURLOPT_RETURNTRANSFER    => 1,
  CURLOPT_POST              => 1,
  CURLOPT_HTTPHEADER        => [
    'Authorization: Basic ' . get_option('wcara-client-id') . ':' . get_option('wcara-client-secret'),
  ],
);
`,
    truth: { causes: ['basic-header-broken'], endpoint: 'token' },
    why: 'The Basic header holds id:secret without base64.',
  },
  {
    id: 'oauth2orize-query',
    source: 'https://github.com/jaredhanson/oauth2orize/issues/238',
    provider: 'oauth2orize',
    paste: `I was able to get the auth code but when i call the token api, i get Unauthorised 401 Error,
I am passing these values in the url
http://localhost:3000/oauth/token?grant_type=authorization_code&code=tncHiOrBZRcvjJQ1&redirect_uri=http://localhost:3000/account&client_id=abc123&client_secret=ssh-secret
`,
    truth: {
      causes: ['parameters-in-query', 'client-id-in-query', 'client-secret-in-query', 'body-missing'],
      endpoint: 'token',
    },
    why: 'Everything is in the query; it has to be posted as a form.',
  },
  {
    id: 'n26-axios-json',
    source: 'https://github.com/femueller/python-n26/issues/42',
    provider: 'spring',
    paste: `It works perfectly when I do it through curl request 
\`\`\`
curl -k -H "Authorization:Basic bXktdHJ1c3RlZC13ZHBDbGllbnQ6c2VjcmV0" -H "Content-Type: application/x-www-form-urlencoded" -d "grant_type=password&username=email&password=pwd" -X POST https://api.tech26.de/oauth/token
\`\`\`

But This code does not work:

\`\`\`
const instance = axios.create({
    baseURL: 'https://api.tech26.de',
    headers: {
        'Authorization': 'Basic bXktdHJ1c3RlZC13ZHBDbGllbnQ6c2VjcmV0',
    }
});

async function main() {
    try {
        const authentification_successful = await instance.post('/oauth/token',{ 
            username: 'secret',
            password: 'secret',
            grant_type: 'password'
        })
        console.log(authentification_successful)
    } catch (e) {
        console.log(e, e.response.data)
    }
}
main()
\`\`\`

\`\`\`
userMessage: 
   { title: 'error.oauth2.invalid_client.title',
     detail: 'error.oauth2.invalid_client.detail' },
  error: 'invalid_client',
  error_description: 'Unauthorized grant type: client_credentials' }
\`\`\`
`,
    truth: { causes: ['json-body', 'content-type-wrong'], endpoint: 'token' },
    why: 'axios sends the object as JSON; the working curl command sends a form.',
  },
];
