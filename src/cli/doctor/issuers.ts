import { variablesIn } from '../curl/address.ts';

const ENDPOINT = /^(.*\/realms\/[^/]+)\/protocol\/openid-connect\/\w/;
const ADMIN = /^(.*)\/admin(\/realms\/[^/]+)/;

/** The issuer to which an endpoint of Keycloak belongs, by its path. */
export const issuerOfEndpoint = (address: string | undefined): string | undefined => {
  const origin = originOf(address);
  if (origin === undefined) return undefined;
  const { pathname } = new URL(address!);
  const [, ...parts] = ENDPOINT.exec(pathname) ?? ADMIN.exec(pathname) ?? [];
  return parts.length > 0 ? origin + parts.join('') : undefined;
};

const REALM = /(\/auth)?(\/realms\/[^/]+\/?)$/;

/** The same Keycloak realm with `/auth` put in or taken out: WildFly had it, Quarkus has it no more. */
export const issuerNearby = (issuer: string): string | undefined => {
  const found = REALM.exec(issuer);
  if (!found) return undefined;
  const [whole, auth, realm] = found;
  return issuer.slice(0, -whole.length) + (auth === undefined ? '/auth' : '') + realm;
};

/** Where Keycloak has the token endpoint of a realm. */
export const endpointOfIssuer = (issuer: string | undefined): string | undefined =>
  issuer !== undefined && /\/realms\/[^/]+\/?$/.test(issuer)
    ? `${issuer.replace(/\/$/, '')}/protocol/openid-connect/token`
    : undefined;

/** What else the URL parser lets pass stands for a host that nobody wrote. */
const HOST = /^(?:[\w.-]+|\[[\d.:a-f]+\])$/;

/** `undefined`: it is none, or has a variable in it. */
export const originOf = (address: string | undefined): string | undefined => {
  if (address === undefined || !URL.canParse(address) || variablesIn(address).length > 0) return undefined;
  const { hostname, origin } = new URL(address);
  return HOST.test(hostname) ? origin : undefined;
};

/** An address that a question can be sent to. */
export const isWebAddress = (address: string | undefined): address is string =>
  /^https?:/.test(originOf(address) ?? '');
