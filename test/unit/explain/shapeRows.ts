import type { FieldShape, GrantAnswer, RequestShape, TokenShape } from '../../../src/explain/failedGrant.ts';
import {
  answer,
  exchange,
  field,
  grant,
  invalidGrant,
  nowSeconds,
  refresh,
  refreshToken,
  type Row,
  tokenUrl,
} from './evidence.ts';

const machine = grant('client_credentials', 'client_secret', 'scope');
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const row = (first: string, what: string, answered: GrantAnswer, request: RequestShape): Row => ({
  first,
  what,
  failure: { answer: answered, request },
});

const refusedClient = answer(401, 'invalid_client');
const elsewhere = 'https://id.example.com/oauth2/token';

const withField = (request: RequestShape, name: string, changes: Partial<FieldShape>): RequestShape => ({
  ...request,
  fields: { ...request.fields, [name]: field(changes) },
});

const basic = (changes: Partial<FieldShape>): RequestShape => ({
  ...grant('client_credentials', 'scope'),
  url: elsewhere,
  authorization: 'basic',
  basicClientId: 'my_client',
  hasBasicSecret: true,
  basicFields: { client_id: field(), client_secret: field(changes) },
});

const assertion: TokenShape = {
  isJwt: true,
  length: 600,
  algorithm: 'RS256',
  hasId: true,
  issuer: 'my_client',
  subject: 'my_client',
  audience: [tokenUrl],
  issuedAtSeconds: nowSeconds,
  expiresAtSeconds: nowSeconds + 60,
};

const byAssertion = (changes: Partial<TokenShape> = {}): RequestShape => ({
  ...grant('client_credentials', 'client_assertion', 'client_assertion_type', 'scope'),
  clientAssertion: { ...assertion, ...changes },
});

const at = (seconds: number, error = 'invalid_client'): GrantAnswer =>
  answer(error === 'invalid_client' ? 401 : 400, error, undefined, { dateSeconds: seconds });

const saidOfAssertion = (words: string): GrantAnswer =>
  answer(400, 'invalid_client', `Client authentication with signed JWT failed: ${words}`);

const onBehalf = (changes: Partial<TokenShape>): RequestShape => ({
  ...grant(JWT_BEARER, 'assertion'),
  assertion: { ...assertion, ...changes },
});

/** Mistakes that the shape of a request shows, and Keycloak's words for assertions (keycloak/keycloak, AbstractBaseJWTValidator.java). */
export const shapeRows: readonly Row[] = [
  row(
    'client-secret-not-encoded',
    'a + in the secret of a form',
    refusedClient,
    withField(machine, 'client_secret', { hasInnerBlank: true }),
  ),
  row(
    'client-secret-not-encoded',
    'a & in the secret of a form',
    refusedClient,
    withField(machine, '(unnamed)', {}),
  ),
  row(
    'client-secret-not-encoded',
    'a % in the secret of a Basic header',
    refusedClient,
    basic({ hasReservedCharacters: true }),
  ),
  row(
    'client-secret-not-encoded',
    'a + in the secret of a Basic header, as the introspection of Keycloak 23 says it',
    { status: 401, error: 'invalid_request', errorDescription: 'Authentication failed.' },
    { ...basic({ hasReservedCharacters: true }), url: tokenUrl + '/introspect' },
  ),
  row(
    'client-secret-not-encoded',
    'a + in the secret of a Basic header, as the introspection of Keycloak 26 says it',
    { status: 401, error: 'invalid_client', errorDescription: 'Client authentication failed.' },
    basic({ hasReservedCharacters: true }),
  ),
  row(
    'scopes-run-together',
    'scopes that were encoded twice',
    answer(400, 'invalid_scope', 'Invalid scopes: a'),
    {
      ...machine,
      scope: 'openid%20profile',
    },
  ),
  row(
    'client-secret-placeholder',
    '<client_secret> in a Basic header',
    refusedClient,
    basic({ isPlaceholder: true }),
  ),
  row(
    'client-secret-padded',
    'a blank behind the secret in a Basic header',
    refusedClient,
    basic({ isPadded: true }),
  ),
  row(
    'client-authenticated-twice',
    'a Basic header and a secret in the form',
    answer(400, 'invalid_request'),
    { ...machine, authorization: 'basic', basicClientId: 'my_client', hasBasicSecret: true },
  ),
  row(
    'authorization-dropped',
    'Keycloak 23 misses the client of a Basic header',
    answer(400, 'invalid_client', 'Missing client_id parameter'),
    basic({}),
  ),

  row(
    'client-assertion-audience',
    'an assertion for another host',
    refusedClient,
    byAssertion({ audience: ['https://other.example.com/realms/r'] }),
  ),
  row('client-assertion-expired', 'an assertion that is kept', at(nowSeconds + 600), byAssertion()),
  row('client-assertion-too-early', 'a clock that is fast', at(nowSeconds - 300), byAssertion()),
  row(
    'client-assertion-too-long',
    'an assertion for a day',
    at(nowSeconds),
    byAssertion({ expiresAtSeconds: nowSeconds + 86_400 }),
  ),
  row(
    'client-assertion-issuer',
    'an assertion of the address of the app',
    refusedClient,
    byAssertion({ issuer: 'https://app.example.com' }),
  ),
  row(
    'client-assertion-algorithm',
    'an assertion signed with the secret',
    refusedClient,
    byAssertion({ algorithm: 'HS256' }),
  ),
  row(
    'client-assertion-without-id',
    'an assertion without jti',
    refusedClient,
    byAssertion({ hasId: false }),
  ),
  ...(
    [
      ['client-assertion-audience', 'Invalid token audience'],
      ['client-assertion-audience', 'Multiple audiences not allowed'],
      ['client-assertion-expired', 'Token is not active'],
      ['client-assertion-expired', 'Token was issued too far in the past to be used now'],
      ['client-assertion-too-early', 'Token was issued in the future'],
      [
        'client-assertion-too-long',
        'Token expiration is too far in the future and iat claim not present in token',
      ],
      ['client-assertion-issuer', 'client_id parameter does not match sub claim'],
      ['client-assertion-issuer', 'client_id parameter not matching with client from JWT token'],
      ['client-assertion-issuer', 'Issuer mismatch. The issuer should match the subject'],
      ['client-assertion-issuer', 'Token sub claim is required'],
      ['client-assertion-algorithm', 'Invalid signature algorithm'],
      ['client-assertion-reused', 'Token reuse detected'],
      ['client-assertion-without-id', 'Token jti claim is required'],
      ['client-assertion-without-id', 'Missing ID on the token'],
      ['client-assertion-key', 'Signature on JWT token failed validation'],
      ['client-assertion-key', 'Unable to load public key'],
    ] as const
  ).map(([first, words]) => row(first, words, saidOfAssertion(words), byAssertion())),

  row(
    'assertion-expired',
    'the token of a caller that had expired',
    at(nowSeconds + 600, 'invalid_grant'),
    onBehalf({}),
  ),
  row(
    'assertion-out-of-time',
    'a service account with a fast clock',
    at(nowSeconds - 300, 'invalid_grant'),
    onBehalf({}),
  ),

  row(
    'code-encoded-twice',
    'a code with %2F in it',
    invalidGrant('Code not valid'),
    withField(exchange, 'code', { isEncodedTwice: true }),
  ),
  row(
    'code-placeholder',
    'a code that was never filled in',
    invalidGrant('Code not valid'),
    withField(exchange, 'code', { isPlaceholder: true }),
  ),
  row(
    'code-padded',
    'a code with a line break',
    invalidGrant('Code not valid'),
    withField(exchange, 'code', { isPadded: true }),
  ),
  row(
    'redirect-uri-nearly-right',
    'the port of the page differs from that of redirect_uri',
    invalidGrant('Incorrect redirect_uri'),
    { ...exchange, origin: 'http://localhost:5173', redirectUri: 'http://localhost:3000/cb' },
  ),

  row(
    'path-case-wrong',
    'a path in upper and lower case',
    answer(404),
    refresh({ url: tokenUrl.replace('/realms/', '/Realms/') }),
  ),
  row(
    'path-not-normalized',
    'two slashes at another provider',
    answer(404),
    refresh({ url: 'https://id.example.com//oauth2/token' }),
  ),
  row(
    'not-a-refresh-token',
    'an access token that has expired, at another provider',
    invalidGrant('whatever'),
    refresh({
      url: elsewhere,
      refreshToken: refreshToken({ typ: undefined, headerType: 'at+jwt', expiresAtSeconds: nowSeconds - 9 }),
    }),
  ),
  row(
    'redirect-uri-differs',
    'the sentence of several servers',
    answer(400, 'invalid_request', 'redirect_uri does not match the original from the authorization request'),
    { ...exchange, url: elsewhere },
  ),
  row(
    'client-id-unknown',
    'the sentence of WSO2',
    answer(401, 'invalid_client', 'A valid OAuth client could not be found for client_id: x'),
    { ...machine, url: elsewhere },
  ),
  row('client-secret-wrong', 'the code of GitHub', answer(400, 'incorrect_client_credentials'), {
    ...machine,
    url: elsewhere,
  }),
  row('code-used-or-unknown', 'the code of GitHub for a code', answer(400, 'bad_verification_code'), {
    ...exchange,
    url: elsewhere,
  }),
  row(
    'consent-missing',
    'the sentence of Salesforce',
    answer(400, 'invalid_grant', "user hasn't approved this consumer"),
    { ...refresh(), url: elsewhere },
  ),
  row(
    'redirect-uri-not-registered',
    'the sentence of MITREid',
    answer(
      400,
      'invalid_grant',
      'Invalid redirect: http://a/cb does not match one of the registered values: [http://b/]',
    ),
    { ...exchange, url: elsewhere },
  ),
  row('consent-missing', 'consent_required', answer(400, 'consent_required'), refresh()),
  row('interaction-needed', 'interaction_required', answer(400, 'interaction_required'), refresh()),
  row('nobody-signed-in', 'login_required', answer(400, 'login_required'), refresh()),
  row('resource-unknown', 'invalid_target', answer(400, 'invalid_target'), machine),
  row('client-authentication-failed', 'a wrong secret or a wrong client elsewhere', refusedClient, {
    ...machine,
    url: elsewhere,
  }),
];
