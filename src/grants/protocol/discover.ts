import { type AuthorizationServer, customFetch } from 'oauth4webapi';
import { SessionError } from '../../errors/sessionError.ts';
import { parseUrl } from '../../url/parseUrl.ts';
import { malformed } from './invalidAnswer.ts';
import { jsonAnswer } from './jsonAnswer.ts';
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

const requireSame = (stated: unknown, issuer: string): void => {
  const shown = tidied(stated, []);
  if (typeof stated !== 'string' || !shown) throw malformed('issuer');
  requireOne(shown);
  if (parseUrl(stated)?.href === new URL(issuer).href) return;
  refuse(
    `The provider's metadata says that the issuer is ${shown}, but \`issuer\` is ${issuer}. Correct \`issuer\``,
  );
};

/** Refuses an issuer that cannot be one. @throws {SessionError} `option_invalid` */
export const requireIssuer = (issuer: string): void => {
  requireOne(issuer);
  const [itself, rest] = issuer.split(WELL_KNOWN);
  if (rest !== undefined) refuse(`\`issuer\` is the address of its metadata: set it to ${itself}`);
};

/**
 * Reads an authorization server's metadata (OpenID Connect Discovery 1.0).
 *
 * @throws {SessionError} `option_invalid` where it is of another issuer; what else fails says which page to open.
 */
export const discover = (issuer: string, ask: Provider['ask']): Promise<AuthorizationServer> => {
  const url = `${issuer.replace(/\/$/, '')}${WELL_KNOWN}openid-configuration`;
  const remedy = `Open ${url}: it must show JSON with this issuer. If it does not, correct \`issuer\` (Keycloak: the realm's name, \`/auth\` superfluous or missing); if it does, the provider must allow this origin (Keycloak: Web Origins)`;
  return ask(
    "Reading the provider's metadata",
    async ({ [customFetch]: send, signal }) => {
      const headers = { accept: 'application/json' };
      const metadata = await jsonAnswer(await send(url, { headers, redirect: 'manual', signal }));
      requireSame(metadata['issuer'], issuer);
      return metadata as unknown as AuthorizationServer;
    },
    { remedies: { network_failed: remedy, client_refused: remedy, response_invalid: remedy } },
  );
};
