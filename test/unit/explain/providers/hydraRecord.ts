import type { RequestShape } from '../../../../src/explain/failedGrant.ts';
import type { Recorded } from './recorded.ts';
import { requestsTo } from './requests.ts';

const to = requestsTo('https://hydra.example.com/oauth2/token');

/** ory/hydra, fosite/errors.go: the general sentences. */
const general = {
  invalid_request:
    'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.',
  invalid_grant:
    'The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
  invalid_client:
    'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).',
  unauthorized_client: 'The client is not authorized to request a token using this method.',
  invalid_scope: 'The requested scope is invalid, unknown, or malformed.',
  jti_known: 'The jti was already used.',
} as const;

const said = (
  error: keyof typeof general,
  hint: string,
  first: string,
  file: string,
  request?: RequestShape,
): Recorded => ({
  status: error === 'invalid_client' ? 401 : 400,
  error,
  description: `${general[error]} ${hint}`,
  first,
  source: `ory/hydra, fosite/${file}`,
  ...(request && { request }),
});

const REFRESH = 'handler/oauth2/flow_refresh.go';
const CODE = 'handler/oauth2/flow_authorize_code_token.go';
const PKCE = 'handler/pkce/handler.go';
const CLIENT = 'client_authentication.go';
const REQUEST = 'access_request_handler.go';

/** What Ory Hydra answers. */
export const hydraRecord: readonly Recorded[] = [
  said(
    'invalid_request',
    'The "redirect_uri" parameter does not match any of the OAuth 2.0 Client\'s pre-registered redirect urls.',
    'redirect-uri-not-registered',
    'github.com/ory/hydra/issues/1515',
  ),
  said('invalid_grant', 'The refresh token was already used.', 'refresh-token-reused', REFRESH, to.refresh),
  said(
    'invalid_request',
    'Failed to refresh token because of multiple concurrent requests using the same token. Please retry the request.',
    'refresh-token-reused',
    REFRESH,
    to.refresh,
  ),
  said(
    'invalid_grant',
    'The refresh token is malformed or not valid.',
    'refresh-token-no-longer-valid',
    REFRESH,
    to.refresh,
  ),
  said('invalid_grant', 'The refresh token expired.', 'refresh-token-expired', REFRESH, to.refresh),
  said(
    'invalid_grant',
    'The OAuth 2.0 Client ID from this request does not match the ID during the initial token issuance.',
    'refresh-token-of-other-client',
    REFRESH,
    to.refresh,
  ),
  said(
    'unauthorized_client',
    "The OAuth 2.0 Client is not allowed to use authorization grant 'refresh_token'.",
    'grant-off-for-client',
    REFRESH,
    to.refresh,
  ),
  said(
    'invalid_scope',
    "The OAuth 2.0 Client is not allowed to request scope 'x'.",
    'scope-unknown',
    REFRESH,
    to.refresh,
  ),
  said(
    'invalid_grant',
    'The authorization code has already been used.',
    'code-used-or-unknown',
    CODE,
    to.exchange,
  ),
  said(
    'invalid_grant',
    'The OAuth 2.0 Client ID from this request does not match the one from the authorize request.',
    'code-of-other-client',
    CODE,
    to.exchange,
  ),
  said(
    'invalid_grant',
    'The "redirect_uri" from this request does not match the one from the authorize request.',
    'redirect-uri-differs',
    CODE,
    to.exchange,
  ),
  said(
    'invalid_grant',
    'The PKCE code challenge did not match the code verifier.',
    'pkce-verifier-wrong',
    PKCE,
    to.exchangeWithProof,
  ),
  said(
    'invalid_grant',
    'The PKCE code verifier must be at least 43 characters.',
    'pkce-verifier-missing',
    PKCE,
    to.exchange,
  ),
  said(
    'invalid_grant',
    'The PKCE code verifier must be at least 43 characters.',
    'pkce-verifier-malformed',
    PKCE,
    to.exchangeWithProof,
  ),
  said(
    'invalid_grant',
    'The PKCE code verifier can not be longer than 128 characters.',
    'pkce-verifier-malformed',
    PKCE,
    to.exchangeWithProof,
  ),
  said(
    'invalid_grant',
    "The PKCE code verifier must only contain [a-Z], [0-9], '-', '.', '_', '~'.",
    'pkce-verifier-malformed',
    PKCE,
    to.exchangeWithProof,
  ),
  said(
    'invalid_grant',
    'Unable to find initial PKCE data tied to this request',
    'pkce-challenge-missing',
    PKCE,
    to.exchange,
  ),
  said(
    'invalid_grant',
    'The PKCE code verifier was provided but the code challenge was absent from the authorization request.',
    'pkce-challenge-missing',
    PKCE,
    to.exchange,
  ),
  said(
    'invalid_client',
    "The OAuth 2.0 Client supports client authentication method 'client_secret_basic', but method 'client_secret_post' was requested.",
    'client-secret-method',
    CLIENT,
    to.machine,
  ),
  said(
    'invalid_client',
    "The OAuth 2.0 Client supports client authentication method 'client_secret_post', but method 'client_secret_basic' was requested.",
    'client-secret-method',
    CLIENT,
  ),
  said(
    'invalid_client',
    "This requested OAuth 2.0 client only supports client authentication method 'client_secret_post', however 'client_assertion' was provided in the request.",
    'client-secret-method',
    CLIENT,
    to.withAssertion,
  ),
  said(
    'invalid_client',
    "The OAuth 2.0 Client supports client authentication method 'client_secret_basic', but method 'none' was requested.",
    'client-secret-missing',
    CLIENT,
    to.withoutSecret,
  ),
  said(
    'invalid_request',
    "The client secret in the HTTP authorization header could not be decoded from 'application/x-www-form-urlencoded'.",
    'basic-header-broken',
    CLIENT,
  ),
  said(
    'invalid_request',
    'Client credentials missing or malformed in both HTTP Authorization header and HTTP POST body.',
    'client-id-missing',
    CLIENT,
  ),
  said(
    'jti_known',
    "Claim 'jti' from 'client_assertion' MUST only be used once.",
    'client-assertion-reused',
    CLIENT,
    to.withAssertion,
  ),
  said(
    'invalid_client',
    "Claim 'audience' from 'client_assertion' must match the authorization server's token endpoint 'https://hydra.example.com/oauth2/token'.",
    'client-assertion-audience',
    CLIENT,
    to.withAssertion,
  ),
  said(
    'invalid_client',
    "Claim 'iss' from 'client_assertion' must match the 'client_id' of the OAuth 2.0 Client.",
    'client-assertion-issuer',
    CLIENT,
    to.withAssertion,
  ),
  said(
    'invalid_client',
    "Claim 'sub' from 'client_assertion' must match the 'client_id' of the OAuth 2.0 Client.",
    'client-assertion-issuer',
    CLIENT,
    to.withAssertion,
  ),
  said(
    'invalid_client',
    "Claim 'jti' from 'client_assertion' must be set but is not.",
    'client-assertion-without-id',
    CLIENT,
    to.withAssertion,
  ),
  said(
    'invalid_client',
    "The 'client_assertion' uses signing algorithm 'PS256' but the requested OAuth 2.0 Client enforces signing algorithm 'RS256'.",
    'client-assertion-algorithm',
    CLIENT,
    to.withAssertion,
  ),
  said(
    'invalid_client',
    "The 'client_assertion' request parameter uses unsupported signing algorithm 'none'.",
    'client-assertion-algorithm',
    CLIENT,
    to.withAssertion,
  ),
  said(
    'invalid_client',
    'Unable to verify the request object because its claims could not be validated, check if the expiry time is set correctly.',
    'client-assertion-expired',
    CLIENT,
    to.withAssertion,
  ),
  said(
    'invalid_client',
    "Unable to verify the integrity of the 'client_assertion' value.",
    'client-assertion-key',
    CLIENT,
    to.withAssertion,
  ),
  said(
    'invalid_request',
    "The JSON Web Token uses signing key with kid 'x', which could not be found.",
    'client-assertion-key',
    CLIENT,
    to.withAssertion,
  ),
  said('invalid_request', "HTTP method is 'GET', expected 'POST'.", 'method-not-post', REQUEST),
  said('invalid_request', "Request parameter 'grant_type' is missing", 'grant-type-missing', REQUEST),
  said('invalid_request', 'The POST body can not be empty.', 'body-missing', REQUEST),
];
