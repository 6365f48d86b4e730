import type { HttpRequest } from '../curl/httpRequest.ts';
import { originOf } from './issuers.ts';
import { bodyFieldsOf } from '../request/bodyFields.ts';
import { namesGrant } from '../request/namesGrant.ts';

/**
 * Where products have their token endpoint: Keycloak; Auth0, Cognito, Entra and its B2C, Hydra, Okta, Spring, Zitadel
 * and others; IdentityServer; authentik; PingFederate.
 */
const PATHS = [
  /\/realms\/[^/]+\/protocol\/openid-connect\/token\/?$/,
  /\/oauth2?(?:\/[\w-]+)?(?:\/v[\d.]+)?\/token\/?$/,
  /\/connect\/token\/?$/,
  /\/application\/o\/token\/?$/,
  /\/as\/token\.oauth2$/,
] as const;

const GOOGLE = 'https://oauth2.googleapis.com/token';

const parsed = (address: string | undefined): URL | undefined =>
  originOf(address) === undefined ? undefined : new URL(address!);

/** An address by its origin and path: neither a query nor a name and a password belong to it. */
const addressOf = (address: string | undefined): string | undefined => {
  const url = parsed(address);
  return url && /^https?:$/.test(url.protocol) ? url.origin + url.pathname : undefined;
};

const isOfProduct = (address: string): boolean =>
  address === GOOGLE || PATHS.some((path) => path.test(new URL(address).pathname));

/**
 * The address of the token endpoint that a request goes to. One that somebody named (discovery, the command line) is
 * one; an address that only looks like one must be sent a body that names a grant. `undefined`: it is none.
 */
export const tokenEndpointOf = (
  request: Pick<HttpRequest, 'url' | 'body'>,
  named: readonly (string | undefined)[],
): string | undefined => {
  const address = addressOf(request.url);
  if (address === undefined) return undefined;
  const stated = named.find((each) => addressOf(each) === address);
  // Its query is a part of a named one: Entra's B2C has the policy there.
  if (stated !== undefined) return stated;
  const isLikely = isOfProduct(address) && namesGrant(bodyFieldsOf(request.body).fields);
  return isLikely ? address : undefined;
};
