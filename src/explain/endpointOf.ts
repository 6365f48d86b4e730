import { parseUrl } from '../url/parseUrl.ts';
import { meantBy } from './fieldNames.ts';
import type { EndpointKind, RequestShape, ServerFindings } from './failedGrant.ts';

/**
 * The last part of the path, by product: Keycloak; RFC 8414 and most others; IdentityServer; Auth0 and Cognito; Entra;
 * Google; authentik; Zitadel; Hydra and Spring. The first that fits counts.
 */
const paths: readonly (readonly [kind: EndpointKind, path: RegExp])[] = [
  ['metadata', /\/\.well-known\/|\/(certs|jwks(\.json)?|keys)$/],
  [
    'registration',
    /\/clients-registrations\/|\/connect\/register$|\/(oauth2\/(v1\/)?clients|oidc\/register)$/,
  ],
  ['introspection', /\/(token\/)?introspect(ion)?$/],
  [
    'device',
    /\/(auth\/device|device\/code|device_?code|device_?authori[sz]ation|device\/authori[sz]e)$|\/o\/device$/,
  ],
  ['revocation', /\/(revoke|revocation|revoke_token)$/],
  ['userinfo', /\/user_?info$/i],
  ['logout', /\/(logout|end[_-]?session|sessions\/logout)$/],
  [
    'admin',
    /\/admin\/(realms|serverinfo|users|clients)\b|\/api\/v[123]\/(users|apps|groups|clients|core)\b|\/management\/v1\//,
  ],
  [
    'authorization',
    /\/(openid-connect\/auth|oauth2?(\/v[\d.]+)?\/auth(orize)?|o\/oauth2(\/v\d)?\/auth|connect\/authorize|application\/o\/authorize|authorize|as\/authorization\.oauth2)$/,
  ],
  ['token', /\/token(\.oauth2)?$/],
];

const GATEWAY =
  /\.execute-api\.[\w-]+\.amazonaws\.com$|\.azure-api\.(net|us)$|\.gateway\.dev$|\.apigee\.net$/;

const pathOf = (url: URL): string => url.pathname.replace(/\/+$/, '');

/** Graph is to Entra what an admin API is to others. */
const isAdminHost = ({ hostname }: URL): boolean =>
  /^(graph\.microsoft\.(com|us)|admin\.googleapis\.com)$/.test(hostname);

/** By name, as the discovery document states it. */
const stated = (url: URL, discovery: ServerFindings['discovery']): EndpointKind | undefined => {
  const { tokenEndpoint: token, endpoints } = discovery ?? {};
  const isThis = (address: string | undefined): boolean => {
    const other = parseUrl(address ?? '');
    return other?.host === url.host && pathOf(other) === pathOf(url);
  };
  const all = Object.entries({ ...endpoints, token }) as [EndpointKind, string | undefined][];
  return all.find(([, address]) => isThis(address))?.[0];
};

/** As the path or the host says. */
const byAddress = (url: URL): EndpointKind | undefined => {
  if (isAdminHost(url)) return 'admin';
  const kind = paths.find(([, path]) => path.test(pathOf(url)))?.[0];
  return kind ?? (GATEWAY.test(url.hostname) ? 'gateway' : undefined);
};

/** A grant is only sent elsewhere in error. */
const namesGrant = ({ grantType, fields, queryFields }: RequestShape): boolean =>
  grantType !== undefined ||
  [...Object.keys(fields), ...Object.keys(queryFields)].some((name) => meantBy(name) === 'grant_type');

/** What a token request holds even where it forgets its grant. */
const holdsGrant = ({ method, fields }: RequestShape): boolean =>
  /^post$/i.test(method) &&
  ['refresh_token', 'code', 'code_verifier'].some((name) => Object.hasOwn(fields, name));

/**
 * What a request is addressed to: by a grant that it names, else as the server states it, else by its path. Without an
 * address it is taken for a token request; an address that tells nothing is an API.
 */
export const endpointOf = (
  request: RequestShape | undefined,
  discovery: ServerFindings['discovery'],
): EndpointKind => {
  const url = parseUrl(request?.url ?? '');
  const byPath = url && byAddress(url);
  // An admin API has a `type` of its own.
  const isManaging = byPath === 'admin' && request?.grantType === undefined;
  if (!request || !url || (namesGrant(request) && !isManaging)) return 'token';
  return stated(url, discovery) ?? byPath ?? (holdsGrant(request) ? 'token' : 'api');
};

/** Whether an address looks like the one of a token endpoint. */
export const isTokenAddress = (address: string): boolean => {
  const url = parseUrl(address);
  return url !== undefined && byAddress(url) === 'token';
};
