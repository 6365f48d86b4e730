import type {
  FailedGrant,
  FieldShape,
  GrantAnswer,
  RequestShape,
  TokenShape,
} from '../../../src/explain/failedGrant.ts';

/** One piece of evidence and the cause it is of. */
export interface Row {
  readonly what: string;
  readonly failure: FailedGrant;
  /** The cause that comes first. */
  readonly first: string;
}

export const nowSeconds = 1_800_000_000;
export const origin = 'https://app.example.com';
export const server = 'http://127.0.0.1:8180';
export const realmUrl = `${server}/realms/my_realm`;
export const tokenUrl = `${realmUrl}/protocol/openid-connect/token`;

const plain: FieldShape = {
  count: 1,
  isEmpty: false,
  isPadded: false,
  isPlaceholder: false,
  isEncodedTwice: false,
  hasScheme: false,
  length: 12,
};

export const field = (changes: Partial<FieldShape> = {}): FieldShape => ({ ...plain, ...changes });

export const fieldsOf = (...names: readonly string[]): Readonly<Record<string, FieldShape>> =>
  Object.fromEntries(names.map((name) => [name, field()]));

export const refreshToken = (changes: Partial<TokenShape> = {}): TokenShape => ({
  isJwt: true,
  length: 700,
  algorithm: 'HS512',
  typ: 'Refresh',
  issuer: realmUrl,
  authorizedParty: 'my_client',
  audience: [realmUrl],
  scope: 'openid profile',
  issuedAtSeconds: nowSeconds - 10,
  expiresAtSeconds: nowSeconds + 1800,
  ...changes,
});

/** The refresh as it should be, with changes. */
export const refresh = (changes: Partial<RequestShape> = {}): RequestShape => ({
  method: 'POST',
  url: tokenUrl,
  encoding: 'form',
  contentType: 'application/x-www-form-urlencoded',
  fields: fieldsOf('grant_type', 'client_id', 'refresh_token'),
  queryFields: {},
  grantType: 'refresh_token',
  clientId: 'my_client',
  headerNames: ['content-type', 'origin'],
  origin,
  refreshToken: refreshToken(),
  ...changes,
});

/** The refresh with another shape of one of its fields. */
export const refreshWith = (name: string, changes: Partial<FieldShape>): RequestShape =>
  refresh({ fields: { ...refresh().fields, [name]: field(changes) } });

/** The refresh without one of its fields. */
export const refreshWithout = (name: string, changes: Partial<RequestShape> = {}): RequestShape =>
  refresh({
    fields: fieldsOf(...Object.keys(refresh().fields).filter((other) => other !== name)),
    ...changes,
  });

/** The refresh with one of its fields under another name. */
export const renamed = (name: string, as: string): RequestShape =>
  refresh({
    fields: fieldsOf(...Object.keys(refresh().fields).map((other) => (other === name ? as : other))),
  });

/** A grant of another type, with these fields beside its type and the client. */
export const grant = (grantType: string, ...names: readonly string[]): RequestShape => ({
  ...refresh({ refreshToken: undefined }),
  grantType,
  fields: fieldsOf('grant_type', 'client_id', ...names),
});

export const signInWithPassword = grant('password', 'username', 'password');
const exchangeFields = grant('authorization_code', 'code', 'redirect_uri', 'code_verifier');
export const exchange: RequestShape = {
  ...exchangeFields,
  fields: { ...exchangeFields.fields, code_verifier: field({ length: 43 }) },
};

export const answer = (
  status: number,
  error?: string,
  errorDescription?: string,
  changes: Partial<GrantAnswer> = {},
): GrantAnswer => ({
  status,
  error,
  errorDescription,
  contentType: 'application/json',
  isReadable: true,
  ...changes,
});

const GENERIC = 'Invalid client or Invalid client credentials';

export const unreadable = { isReadable: false } as const;
export const invalidClient = answer(401, 'invalid_client', GENERIC);
export const unauthorizedClient = answer(401, 'unauthorized_client', GENERIC);
export const invalidGrant = (description: string, changes: Partial<GrantAnswer> = {}): GrantAnswer =>
  answer(400, 'invalid_grant', description, changes);
export const invalidRequest = (description: string, changes: Partial<GrantAnswer> = {}): GrantAnswer =>
  answer(400, 'invalid_request', description, changes);
export const invalidToken = invalidGrant('Invalid refresh token');
export const grantTypeMissed = invalidRequest('Missing form parameter: grant_type', unreadable);
export const html = (status: number): GrantAnswer =>
  answer(status, undefined, undefined, { contentType: 'text/html', isMalformed: true });
