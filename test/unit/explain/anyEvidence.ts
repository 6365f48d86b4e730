import fc from 'fast-check';
import { causes } from '../../../src/explain/causes.ts';
import type { Cause } from '../../../src/explain/cause.ts';
import { nowSeconds, origin, realmUrl, tokenUrl } from './evidence.ts';

const sometimes = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(values, { nil: undefined });
const oneOf = (...values: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof({ arbitrary: fc.constantFrom(...values), weight: 9 }, { arbitrary: fc.string(), weight: 1 });
const flag = sometimes(fc.boolean());
const instant = sometimes(fc.integer({ min: nowSeconds - 200, max: nowSeconds + 200 }));

const patternsOf = ({ answers = [], answersWithClue = [] }: Cause) => [...answers, ...answersWithClue];
const patterns = causes.flatMap(patternsOf);
const distinct = <T>(values: readonly (T | null | undefined)[]): T[] => [
  ...new Set(values.filter((value): value is T => value !== undefined && value !== null)),
];

const anyAnswer = fc.record({
  status: fc.constantFrom(...distinct(patterns.flatMap(({ status }) => status)), 418),
  error: sometimes(oneOf(...distinct(patterns.map(({ error }) => error)))),
  errorDescription: sometimes(
    oneOf(...distinct(patterns.flatMap(({ words = [], within = [] }) => [...words, ...within]))),
  ),
  contentType: sometimes(oneOf('application/json', 'text/html')),
  challenge: sometimes(oneOf('basic', 'bearer')),
  isMalformed: flag,
  sender: sometimes(oneOf('nginx', 'envoy')),
  dateSeconds: instant,
  isReadable: flag,
  location: sometimes(oneOf(`${realmUrl}/login`, tokenUrl.replace('http', 'https'), '/sign-in')),
});

const anyField = fc.record({
  count: fc.integer({ min: 1, max: 2 }),
  isEmpty: fc.boolean(),
  isPadded: fc.boolean(),
  isPlaceholder: flag,
  isEncodedTwice: flag,
  hasScheme: flag,
  hasInnerBlank: flag,
  hasReservedCharacters: flag,
  isUnknown: flag,
  length: sometimes(fc.constantFrom(0, 12, 43, 200, 5000, 30_000)),
});

const names = [
  'grant_type',
  'client_id',
  'refresh_token',
  'client_secret',
  'username',
  'password',
  'code',
  'client_assertion',
  '(unnamed)',
  'clientId',
  'refreshToken',
  'token',
  'grant-type',
  '__proto__',
  'constructor',
];
const anyFields = fc.dictionary(oneOf(...names), anyField, { maxKeys: 6 });

const anyToken = fc.record({
  isJwt: fc.boolean(),
  length: fc.constantFrom(0, 700, 30_000),
  isQuoted: sometimes(fc.constant(true as const)),
  isSignatureWhole: flag,
  typ: sometimes(oneOf('Refresh', 'Offline', 'Bearer', 'ID')),
  issuer: sometimes(
    oneOf(realmUrl, 'https://127.0.0.1:8180/realms/my_realm', 'http://localhost:8180/realms/master'),
  ),
  authorizedParty: sometimes(oneOf('my_client', 'admin-cli')),
  scope: sometimes(oneOf('openid', 'openid email')),
  notBeforeSeconds: instant,
  issuedAtSeconds: instant,
  expiresAtSeconds: instant,
  audience: sometimes(fc.array(oneOf(realmUrl, 'https://id.example.com'))),
  headerType: sometimes(oneOf('JWT', 'at+jwt')),
  algorithm: sometimes(oneOf('RS256', 'HS256')),
  hasId: flag,
  boundTo: sometimes(fc.constantFrom('key' as const, 'certificate' as const)),
});

const anyRequest = fc.record({
  method: oneOf('POST', 'GET'),
  url: oneOf(tokenUrl, `${realmUrl}/protocol/openid-connect/userinfo`, 'https://id.example.com/token'),
  encoding: fc.constantFrom(
    'form' as const,
    'multipart' as const,
    'json' as const,
    'none' as const,
    'other' as const,
  ),
  contentType: sometimes(oneOf('application/x-www-form-urlencoded', 'text/plain')),
  fields: anyFields,
  queryFields: anyFields,
  grantType: sometimes(oneOf('refresh_token', 'password', 'authorization_code', 'refresh')),
  isSketch: flag,
  clientId: sometimes(oneOf('my_client', 'admin-cli')),
  authorization: sometimes(oneOf('basic', 'bearer')),
  basicClientId: sometimes(oneOf('my_client', 'admin-cli')),
  hasBasicSecret: flag,
  basicFields: sometimes(anyFields),
  headerNames: sometimes(fc.array(oneOf('traceparent', 'origin'))),
  dpopProof: sometimes(
    fc.record({
      method: sometimes(oneOf('POST')),
      url: sometimes(oneOf(tokenUrl)),
      issuedAtSeconds: instant,
      hasKey: flag,
    }),
  ),
  origin: sometimes(oneOf(origin, 'null')),
  scope: sometimes(oneOf('openid', 'openid phone')),
  redirectUri: sometimes(oneOf('http://localhost:3000/cb', `${origin}/cb`)),
  refreshToken: sometimes(anyToken),
  clientAssertion: sometimes(anyToken),
  assertion: sometimes(anyToken),
});

const anyServer = fc.record({
  product: sometimes(fc.constantFrom('keycloak' as const, 'unknown' as const)),
  discovery: sometimes(
    fc.record({
      url: fc.constant(realmUrl),
      status: sometimes(fc.constantFrom(200, 404)),
      isMetadata: fc.boolean(),
      error: sometimes(oneOf('Realm does not exist')),
      issuer: sometimes(oneOf(realmUrl)),
      tokenEndpoint: sometimes(oneOf(tokenUrl)),
      grantTypes: sometimes(fc.array(oneOf('refresh_token', 'password'))),
    }),
  ),
  junkTokenAnswer: sometimes(anyAnswer),
  correctedAnswer: sometimes(anyAnswer),
  preflight: sometimes(
    fc.record({
      status: fc.constantFrom(200, 403),
      allowsOrigin: fc.boolean(),
      refusedHeaders: sometimes(fc.array(oneOf('dpop'))),
    }),
  ),
  issuerNearby: sometimes(oneOf(realmUrl)),
  clientAtAuthorization: sometimes(
    fc.constantFrom(
      'unknown' as const,
      'disabled' as const,
      'bearer_only' as const,
      'saml' as const,
      'accepted' as const,
    ),
  ),
  clockDifferenceSeconds: sometimes(fc.integer({ min: -200, max: 200 })),
});

/** Evidence of any kind, sense or not, mostly in words that the tables know. */
export const anyEvidence = fc.record({
  answer: sometimes(anyAnswer),
  noAnswer: sometimes(fc.constantFrom(...distinct(patterns.map(({ noAnswer }) => noAnswer)))),
  request: sometimes(anyRequest),
  server: sometimes(anyServer),
  nowSeconds: sometimes(fc.constant(nowSeconds)),
});
