import type { Clue } from '../cause.ts';
import { type Facts, isLoopback, realmOf } from '../facts.ts';
import type { BodyEncoding } from '../failedGrant.ts';
import { clue, quoted } from './clue.ts';
import { holds, isInQuery, isNowhere, lacks } from './fieldClues.ts';

const FORM = 'application/x-www-form-urlencoded';

export const encodedAs = (encoding: BodyEncoding, says: string): Clue =>
  clue(({ request }) => request?.encoding === encoding && !(encoding === 'none' && request.isSketch), says);

/** Only a body that is known to be a form, and says so, is one. */
const isForm: Clue = clue(
  ({ request }) => request?.encoding === 'form' && request.contentType === FORM,
  'The body is a form.',
);

/** What is known of the body speaks against it. */
export const notEncodedAs = (encoding: BodyEncoding): Clue =>
  clue(
    (facts) =>
      facts.request !== undefined &&
      (!facts.request.isSketch || isForm(facts) !== undefined) &&
      facts.request.encoding !== encoding &&
      !(encoding === 'json' && facts.request.isEncodingUnsure),
    'The body is encoded in another way.',
  );

export const notPost: Clue = clue(
  ({ request }) => request !== undefined && request.method.toUpperCase() !== 'POST',
  ({ request }) => `The request is a ${quoted(request?.method)}, not a POST.`,
);

export const isPost: Clue = clue(({ request }) => request?.method.toUpperCase() === 'POST', 'It is a POST.');

export const formUnderAnotherType: Clue = clue(
  ({ request }) => request?.encoding === 'form' && !request.isSketch && request.contentType !== FORM,
  ({ request }) =>
    request?.contentType === undefined
      ? 'The body looks like a form, but no `Content-Type` was sent.'
      : 'The body looks like a form, but its `Content-Type` is another one.',
);

export const strayPercent: Clue = clue(
  ({ request }) => request?.encoding === 'form' && request.hasStrayPercent,
  'The body holds a `%` that is no part of an encoded character.',
);

export const otherBody: Clue = encodedAs('other', 'The body is neither a form nor JSON.');

export const parametersInQuery: Clue = clue(
  (facts) => lacks(facts, 'grant_type') && isInQuery(facts, 'grant_type'),
  '`grant_type` is in the address, not in the body.',
);

export const repeatedField: Clue = clue(
  ({ request }) => request && Object.values(request.fields).some(({ count }) => count > 1),
  'A field comes more than once in the body.',
);

export const noRepeatedField: Clue = clue(
  ({ request }) =>
    request !== undefined &&
    !request.isSketch &&
    Object.values(request.fields).every(({ count }) => count <= 1),
  'No field comes twice.',
);

const ofToken = new Set([
  'refresh_token',
  'subject_token',
  'actor_token',
  'token',
  'assertion',
  'client_assertion',
]);

export const longParameter: Clue = clue(
  ({ request }) =>
    request &&
    Object.entries(request.fields).some(([name, { length = 0 }]) => length > 4000 && !ofToken.has(name)),
  'A field that is no token is longer than 4000 characters.',
);

const sendsBasic = ({ request }: Facts): boolean => request?.authorization === 'basic';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** An assertion as grant names its client by itself (RFC 7521 §4.1); Entra wants it named all the same. */
const needsClientId = ({ provider, request }: Facts): boolean =>
  request?.grantType !== JWT_BEARER || provider === 'entra';

/** So that a missing `client_id` is no fault. */
export const namedByAssertion: Clue = clue(
  (facts) => holds(facts, 'assertion') && !needsClientId(facts),
  'The assertion names who asks.',
);

/** No name of a client anywhere a server looks. */
export const namesNoClient: Clue = clue(
  (facts) =>
    isNowhere(facts, 'client_id') &&
    needsClientId(facts) &&
    !sendsBasic(facts) &&
    !holds(facts, 'client_assertion'),
  'The request names no client: no `client_id`, no Basic header.',
);

export const bearerInstead: Clue = clue(
  (facts) => facts.request?.authorization === 'bearer' && lacks(facts, 'client_id'),
  'An `Authorization: Bearer` header is there in its place; it does not name a client.',
);

export const namesClient: Clue = clue(
  (facts) => holds(facts, 'client_id') || sendsBasic(facts) || holds(facts, 'client_assertion'),
  'The request names a client.',
);

export const namesTwoClients: Clue = clue(
  ({ request }) =>
    request?.clientId !== undefined &&
    request.basicClientId !== undefined &&
    request.clientId !== request.basicClientId,
  ({ request }) =>
    `The form names ${quoted(request?.clientId)}, the Basic header ${quoted(request?.basicClientId)}.`,
);

export const sendsSecret: Clue = clue(
  (facts) =>
    holds(facts, 'client_secret') ||
    facts.request?.hasBasicSecret === true ||
    holds(facts, 'client_assertion'),
  'The request carries a client secret.',
);

export const sendsNoSecret: Clue = clue(
  (facts) =>
    lacks(facts, 'client_secret') &&
    facts.request?.hasBasicSecret !== true &&
    !holds(facts, 'client_assertion'),
  'The request carries no client secret.',
);

export const emptyBasicSecret: Clue = clue(
  (facts) => sendsBasic(facts) && facts.request?.hasBasicSecret === false && !holds(facts, 'client_secret'),
  'The Basic header has no password.',
);

export const provesItselfByAssertion: Clue = clue(
  (facts) =>
    holds(facts, 'client_assertion') &&
    !holds(facts, 'client_secret') &&
    facts.request?.hasBasicSecret !== true,
  'The client proves itself by an assertion, not by a secret.',
);

/** Only one way is allowed (RFC 6749 §2.3). */
export const provesItselfTwice: Clue = clue(
  (facts) =>
    [
      facts.request?.hasBasicSecret === true,
      holds(facts, 'client_secret'),
      holds(facts, 'client_assertion'),
    ].filter(Boolean).length > 1,
  ({ request }) =>
    request?.hasBasicSecret
      ? 'The request proves the client in the Basic header and once more in the body.'
      : 'The body holds both `client_secret` and `client_assertion`.',
);

/** So what the server missed was there when it left. */
export const basicWasSent: Clue = clue(
  (facts) =>
    sendsBasic(facts) &&
    (facts.request?.basicClientId !== undefined || facts.request?.basicFields !== undefined),
  'The request carries a Basic header that names a client.',
);

export const unreadableBasic: Clue = clue(
  (facts) =>
    sendsBasic(facts) &&
    lacks(facts, 'client_id') &&
    facts.request?.basicClientId === undefined &&
    facts.request?.basicFields === undefined,
  'The Basic header does not hold a name and a password.',
);

const isClientRefused = ({ answer }: Facts): boolean =>
  answer?.error === undefined ? answer?.status === 401 : answer.error.toLowerCase() === 'invalid_client';

/** So that this was refused, whatever became of the body. */
export const refusedInHeader: Clue = clue(
  (facts) =>
    isClientRefused(facts) &&
    (facts.request?.basicFields?.['client_id']?.isEmpty || unreadableBasic(facts) !== undefined),
  'The Basic header names no client, and it was the client that was refused.',
);

/** The header is read whatever the body is, so that its client or its secret may be what was refused. */
export const clientRefusedInHeader: Clue = clue(
  (facts) => isClientRefused(facts) && basicWasSent(facts) !== undefined,
  'The client is named in the Basic header, and it was the client that was refused.',
);

/** A grant that was weighed was seen. */
export const grantWasSeen: Clue = clue(
  ({ answer, request }) =>
    answer?.error === 'invalid_grant' && request?.contentType === 'multipart/form-data',
  'It was the grant that was refused, so that the server may well have read it.',
);

/** Only a header can be broken. */
export const sendsNoBasic: Clue = clue(
  (facts) => facts.request !== undefined && !facts.request.isSketch && !sendsBasic(facts),
  'The request has no Basic header.',
);

/** Most providers overlook it, so that an answer of which only the status is known does not point to it. */
export const sendsBearer: Clue = clue(
  ({ answer, request }) => request?.authorization === 'bearer' && answer?.isErrorUnknown !== true,
  'The request carries an `Authorization: Bearer` header.',
);

export const sendsNoBearer: Clue = clue(
  ({ request }) => request !== undefined && !request.isSketch && request.authorization !== 'bearer',
  'The request has no `Authorization: Bearer` header.',
);

/** Whether the address has the path of Keycloak's token endpoint. */
const isTokenPath = (url: URL): boolean => /\/token\/?$/.test(url.pathname);

export const tokenPath: Clue = clue(
  ({ url }) => url && /(?<!\/admin)\/realms\/[^/]+\/protocol\/openid-connect\/token\/?$/.test(url.pathname),
  "The address has the path of Keycloak's token endpoint.",
);

export const notTokenEndpoint: Clue = clue(
  ({ url }) => url && realmOf(url) !== undefined && !isTokenPath(url),
  "The address is not that of Keycloak's token endpoint, `…/protocol/openid-connect/token`.",
);

/** Its answers to a dead token are in the tables, too. */
export const revokes: Clue = clue(
  ({ url, request }) => url && /\/revoke\/?$/.test(url.pathname) && request?.grantType === undefined,
  'The request is a revocation.',
);

export const oddPath: Clue = clue(
  ({ url }) => url && /\/\/|;|\/\.\.?(\/|$)/.test(url.pathname),
  'The path holds `//` or `;`.',
);

const grantTypes = new Set(['refresh_token', 'password', 'authorization_code', 'client_credentials']);

/** Of those by which most are meant, some have `-` in their last part, and one has `_`. */
const OTHER_MARK = /:grant-type:(?:device-code|token_exchange|jwt_bearer|saml2_bearer|uma_ticket)$/;

const isGrantType = (name: string): boolean =>
  grantTypes.has(name) || (name.startsWith('urn:') && !OTHER_MARK.test(name));

export const unknownGrantType: Clue = clue(
  ({ request }) => Boolean(request?.grantType) && !isGrantType(request?.grantType ?? ''),
  ({ request }) => `\`grant_type\` is ${quoted(request?.grantType)}, which does not exist.`,
);

export const knownGrantType: Clue = clue(
  ({ request }) => request?.grantType !== undefined && isGrantType(request.grantType),
  '`grant_type` is one that exists.',
);

export const insecureFromSecurePage: Clue = clue(
  ({ request, url }) =>
    request?.origin?.startsWith('https:') && url?.protocol === 'http:' && !isLoopback(url),
  'An https page asks a plain http address.',
);

export const plainHttp: Clue = clue(({ url }) => url?.protocol === 'http:', 'The address is plain http.');

export const originNull: Clue = clue(
  ({ request }) => request?.origin === 'null',
  'The page has no origin (`Origin: null`).',
);

export const hasOrigin: Clue = clue(
  ({ request }) => request?.origin !== undefined,
  ({ request }) => `The page that asks comes from ${quoted(request?.origin)}.`,
);

/** Sent by a tool or a server, which no CORS rule touches. */
export const noOrigin: Clue = clue(
  ({ request }) => request !== undefined && !request.isSketch && request.origin === undefined,
  'The request has no `Origin`.',
);
