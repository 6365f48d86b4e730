import { parseUrl } from '../url/parseUrl.ts';
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
  ['introspection', /\/(token\/)?introspect(ion)?$|\/tokeninfo$/],
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

const pathOf = (url: URL): string => url.pathname.replace(/\/+$/, '');

/** Graph is to Entra what an admin API is to others. */
const isAdminHost = ({ hostname }: URL): boolean =>
  /^(graph\.microsoft\.(com|us)|admin\.googleapis\.com)$/.test(hostname);

const stated = (url: URL, discovery: ServerFindings['discovery']): EndpointKind | undefined => {
  const { tokenEndpoint: token, endpoints } = discovery ?? {};
  const isThis = (address: string | undefined) => {
    const other = parseUrl(address ?? '');
    return other?.host === url.host && pathOf(other) === pathOf(url);
  };
  return (Object.entries({ ...endpoints, token }) as [EndpointKind, string | undefined][]).find(
    ([, address]) => isThis(address),
  )?.[0];
};

/** A login page is asked by GET; to everything else a grant is only sent in error. */
const isTokenRequest = ({ grantType, fields, queryFields, method }: RequestShape): boolean =>
  grantType !== undefined ||
  (method.toUpperCase() === 'POST' && 'grant_type' in { ...fields, ...queryFields });

/**
 * What a request is addressed to: as the server states it, else by a grant that it names, else by its path. Without an
 * address it is taken for a token request; an address that tells nothing is an API.
 */
export const endpointOf = (
  request: RequestShape | undefined,
  discovery: ServerFindings['discovery'],
): EndpointKind => {
  const url = parseUrl(request?.url ?? '');
  if (!request || !url) return 'token';
  const named = stated(url, discovery);
  if (named) return named;
  if (isTokenRequest(request)) return 'token';
  if (isAdminHost(url)) return 'admin';
  return paths.find(([, path]) => path.test(pathOf(url)))?.[0] ?? 'api';
};
