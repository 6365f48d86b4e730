import { UsageError } from '../arguments.ts';

/** A realm that answers. */
export interface Realm {
  readonly issuer: string;
  /** Where its public keys are. */
  readonly jwks: URL;
  /** Where an administrator breaks it. */
  readonly adminConsole: string;
  /** It is called as the one that the demo brings along. */
  readonly isDemo: boolean;
}

const demoRealm = 'demo';

const issuerAt = (address: string): string =>
  /\/realms\/[^/]+$/.test(address) ? address : `${address}/realms/${demoRealm}`;

/** Finds the realm at an address, which is a server's or an issuer's; throws a {@link UsageError} where there is none. */
export async function findRealm(address: string): Promise<Realm> {
  const asked = issuerAt(address);
  const { issuer, jwks_uri: jwks } = await metadataOf(asked);
  const [, server = '', name = ''] = /^(.*)\/realms\/([^/]+)$/.exec(asked) ?? [];
  return {
    issuer,
    jwks: new URL(jwks),
    adminConsole: `${server}/admin/master/console/#/${name}`,
    isDemo: name === demoRealm,
  };
}

async function metadataOf(issuer: string): Promise<{ issuer: string; jwks_uri: string }> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`).catch(() => undefined);
  if (response?.ok) return response.json() as Promise<{ issuer: string; jwks_uri: string }>;
  throw new UsageError(
    response
      ? `There is no realm at ${issuer} (${response.status}). Import docs/keycloak/demo-realm.json, or npm run keycloak`
      : `Nobody answers at ${issuer}. Start a server with npm run keycloak`,
  );
}
