import type { Clue } from '../cause.ts';
import { isLoopback, realmOf } from '../facts.ts';
import { clue, quoted } from './clue.ts';

export const notPost: Clue = clue(
  ({ request }) => request !== undefined && request.method.toUpperCase() !== 'POST',
  ({ request }) => `The request is a ${quoted(request?.method)}, not a POST.`,
);

export const isPost: Clue = clue(({ request }) => request?.method.toUpperCase() === 'POST', 'It is a POST.');

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
