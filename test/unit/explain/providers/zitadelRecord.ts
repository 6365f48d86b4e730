import type { RequestShape } from '../../../../src/explain/failedGrant.ts';
import type { Recorded } from './recorded.ts';
import { requestsTo } from './requests.ts';

const to = requestsTo('https://contoso.zitadel.cloud/oauth/v2/token');

const said = (
  error: string,
  description: string,
  first: string,
  source: string,
  request?: RequestShape,
): Recorded => ({
  status: error === 'invalid_client' ? 401 : 400,
  error,
  description,
  first,
  source,
  ...(request && { request }),
});

const REQUEST = 'zitadel/oidc, pkg/op/token_request.go';
const HTTP = 'zitadel/oidc, pkg/op/server_http.go';
const LEGACY = 'zitadel/oidc, pkg/op/server_legacy.go';
const ZITADEL = 'zitadel/zitadel, internal/api/oidc';

/** What Zitadel answers. */
export const zitadelRecord: readonly Recorded[] = [
  said('invalid_client', 'invalid client_id / client_secret', 'client-secret-wrong', REQUEST, to.machine),
  said('invalid_client', 'client must be authenticated', 'client-secret-missing', HTTP, to.withoutSecret),
  said(
    'invalid_request',
    'client authentication must not use more than one method',
    'client-authenticated-twice',
    HTTP,
    { ...to.machine, authorization: 'basic', basicClientId: 'my_client', hasBasicSecret: true },
  ),
  said('invalid_request', 'client_id or client_assertion must be provided', 'client-id-missing', HTTP),
  said('invalid_client', 'invalid basic auth header', 'basic-header-broken', HTTP),
  said(
    'invalid_client',
    'private_key_jwt not allowed for this client',
    'client-assertion-missing',
    LEGACY,
    to.exchange,
  ),
  said('invalid_client', 'auth_method post not supported', 'client-secret-method', LEGACY, to.exchange),
  said(
    'invalid_request',
    'Errors.App.NotFound',
    'client-id-unknown',
    'zitadel/zitadel, internal/query/oidc_client.go',
  ),
  said(
    'unauthorized_client',
    'grant_type "refresh_token" not allowed',
    'grant-off-for-client',
    HTTP,
    to.refresh,
  ),
  said('invalid_request', 'grant_type missing', 'grant-type-missing', REQUEST),
  said(
    'invalid_request',
    'Errors.OIDCSession.RefreshTokenInvalid',
    'refresh-token-no-longer-valid',
    `${ZITADEL}/token_refresh.go`,
    to.refresh,
  ),
  said(
    'invalid_request',
    'Errors.User.RefreshToken.Invalid',
    'refresh-token-no-longer-valid',
    `${ZITADEL}/error.go`,
    to.refresh,
  ),
  said(
    'invalid_request',
    'Errors.User.Code.Invalid',
    'code-malformed',
    `${ZITADEL}/token_code.go`,
    to.exchange,
  ),
  said(
    'invalid_request',
    'Errors.User.NotActive',
    'user-disabled',
    'zitadel/zitadel, internal/static/i18n/en.yaml',
    to.refresh,
  ),
  said('invalid_request', 'code missing', 'code-missing', HTTP, {
    ...to.exchange,
    fields: to.password.fields,
  }),
  said('invalid_request', 'code_challenge required', 'pkce-verifier-missing', REQUEST, to.exchange),
  said('invalid_grant', 'invalid code challenge', 'pkce-verifier-wrong', REQUEST, to.exchangeWithProof),
  said('invalid_grant', 'redirect_uri does not correspond', 'redirect-uri-differs', LEGACY, to.exchange),
  said('invalid_request', 'assertion invalid', 'assertion-refused', LEGACY, to.onBehalf),
  said(
    'invalid_request',
    'The requested redirect_uri is missing in the client configuration. If you have any questions, you may contact the administrator of the application.',
    'redirect-uri-not-registered',
    'zitadel/oidc, pkg/op/auth_request.go',
  ),
];
