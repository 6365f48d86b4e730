import {
  bodyFaults,
  clientIdFaults,
  clientIdMissed,
  codeFaults,
  refreshTokenFaults,
  type Saying,
  secretFaults,
  secretMissed,
} from './saying.ts';

/** The sentences of Zitadel and of the library that it stands on, and the keys of its messages. */
export const zitadel: readonly Saying[] = [
  {
    words: ['invalid client_id / client_secret'],
    means: ['client-secret-wrong', 'client-id-unknown'],
    orIfSeen: [...secretFaults, ...clientIdFaults],
  },
  { words: ['client must be authenticated'], means: ['client-secret-missing'], orIfSeen: secretMissed },
  {
    words: ['client authentication must not use more than one method'],
    means: ['client-authenticated-twice'],
  },
  {
    words: ['client_id or client_assertion must be provided'],
    means: ['client-id-missing'],
    orIfSeen: clientIdMissed,
  },
  {
    words: ['invalid basic auth header'],
    means: ['basic-header-broken'],
    orIfSeen: ['client-secret-not-encoded'],
  },
  { words: ['private_key_jwt not allowed for this client'], means: ['client-assertion-missing'] },
  { words: ['auth_method post not supported'], means: ['client-secret-method'] },
  { words: ['Errors.App.NotFound'], means: ['client-id-unknown'], orIfSeen: clientIdFaults },
  { error: 'unauthorized_client', words: ['grant_type "'], means: ['grant-off-for-client'] },
  {
    words: ['grant_type missing'],
    means: ['grant-type-missing'],
    orIfSeen: ['grant-type-misspelt', ...bodyFaults],
  },
  {
    words: ['Errors.OIDCSession.RefreshTokenInvalid', 'Errors.User.RefreshToken.Invalid'],
    means: ['refresh-token-no-longer-valid'],
    orIfSeen: refreshTokenFaults,
  },
  {
    words: ['Errors.User.Code.Invalid'],
    means: ['code-malformed', 'code-used-or-unknown'],
    orIfSeen: codeFaults,
  },
  { words: ['Errors.User.NotActive'], means: ['user-disabled'] },
  { error: 'invalid_request', words: ['code missing'], isCommonplace: true, means: ['code-missing'] },
  { words: ['code_challenge required'], means: ['pkce-verifier-missing'] },
  { words: ['invalid code challenge'], means: ['pkce-verifier-wrong'] },
  {
    words: ['redirect_uri does not correspond'],
    means: ['redirect-uri-differs'],
    orIfSeen: ['redirect-uri-nearly-right'],
  },
  {
    words: ['The requested redirect_uri is missing in the client configuration'],
    means: ['redirect-uri-not-registered'],
  },
  { words: ['assertion invalid'], isCommonplace: true, means: ['assertion-refused'] },
];
