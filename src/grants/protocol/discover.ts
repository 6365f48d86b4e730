import * as oauth from 'oauth4webapi';
import { SessionError } from '../../errors/sessionError.ts';
import { parseUrl } from '../../url/parseUrl.ts';
import type { Provider } from './provider.ts';
import { tidied } from './toSessionError.ts';

const WELL_KNOWN = '/.well-known/';

const refuse = (message: string): never => {
  throw new SessionError('option_invalid', message);
};

/** Microsoft's `common` states a template: each tenant is an issuer of its own, and the ID tokens name that. */
const requireOne = (issuer: string): void => {
  if (!issuer.includes('{')) return;
  refuse(
    `This provider has an issuer for each tenant: set \`issuer\` to the tenant's own, ${issuer.replaceAll(/\{.*?\}/g, '<tenant id>')}`,
  );
};

const requireSame = (stated: string, issuer: string): void => {
  requireOne(stated);
  if (parseUrl(stated)?.href === new URL(issuer).href) return;
  refuse(
    `The provider's metadata says that the issuer is ${stated}, but \`issuer\` is ${issuer}. Correct \`issuer\``,
  );
};

const issuerIn = async (response: Response): Promise<string> => {
  const { issuer } = Object(
    await response
      .clone()
      .json()
      .catch(() => undefined),
  ) as { issuer?: unknown };
  return tidied(issuer, []) ?? '';
};

/** Refuses an issuer that cannot be one. @throws {SessionError} `option_invalid` */
export const requireIssuer = (issuer: string): void => {
  requireOne(issuer);
  const [itself, rest] = issuer.split(WELL_KNOWN);
  if (rest !== undefined) refuse(`\`issuer\` is the address of its metadata: set it to ${itself}`);
};

const remedyFor = (issuer: string): string =>
  `Open ${issuer.replace(/\/$/, '')}${WELL_KNOWN}openid-configuration: it must show JSON with this issuer. If it does not, correct \`issuer\` (Keycloak: the realm's name, \`/auth\` too much or missing); if it does, the provider must allow this origin (Keycloak: Web Origins)`;

/**
 * Reads an authorization server's metadata (OpenID Connect Discovery 1.0).
 *
 * @throws {SessionError} `option_invalid` where it is of another issuer; what else fails says which page to open.
 */
export const discover = (issuer: string, ask: Provider['ask']): Promise<oauth.AuthorizationServer> => {
  const remedy = remedyFor(issuer);
  return ask(
    "Reading the provider's metadata",
    async (http) => {
      const response = await oauth.discoveryRequest(new URL(issuer), http);
      const stated = response.status === 200 && (await issuerIn(response));
      if (stated) requireSame(stated, issuer);
      return oauth.processDiscoveryResponse(new URL(issuer), response);
    },
    { remedies: { network_failed: remedy, client_refused: remedy, response_invalid: remedy } },
  );
};
