import { ask } from './ask.ts';
import { NoRealm } from './noRealm.ts';

/** A realm that answers and knows our client. */
export interface Realm {
  readonly issuer: string;
  /** Where its public keys are. */
  readonly jwks: URL;
  /** Where an administrator breaks it. */
  readonly adminConsole: string;
  /** It is called as the one that the demo brings along. */
  readonly isDemo: boolean;
}

/** What is used of a realm's metadata. */
interface Metadata {
  readonly issuer: string;
  readonly jwks_uri: string;
  readonly token_endpoint: string;
}

const demoRealm = 'demo';

const issuerAt = (address: string): string =>
  /\/realms\/[^/]+$/.test(address) ? address : `${address}/realms/${demoRealm}`;

/** Finds the realm at an address, which is a server's or an issuer's; throws a {@link NoRealm} where there is none for this client. */
export async function findRealm(address: string, clientId: string): Promise<Realm> {
  const asked = issuerAt(address);
  const { issuer, jwks_uri: jwks, token_endpoint: tokenEndpoint } = await metadataOf(asked);
  await expectClient(tokenEndpoint, clientId, issuer);
  const [, server = '', name = ''] = /^(.*)\/realms\/([^/]+)$/.exec(asked) ?? [];
  return {
    issuer,
    jwks: new URL(jwks),
    adminConsole: `${server}/admin/master/console/#/${name}`,
    isDemo: name === demoRealm,
  };
}

async function metadataOf(issuer: string): Promise<Metadata> {
  const { status, body } = await ask(`${issuer}/.well-known/openid-configuration`);
  if (status !== 200) throw new NoRealm(`There is no realm at ${issuer} (${status})`);
  const addresses = [body?.['issuer'], body?.['jwks_uri'], body?.['token_endpoint']];
  if (addresses.every((each) => URL.canParse(String(each)))) return body as unknown as Metadata;
  throw new NoRealm(`What answers at ${issuer} is not a Keycloak`);
}

/** A refresh token that is none spends nothing, and tells: only for a public client that is enabled it is the token that is wrong. */
async function expectClient(tokenEndpoint: string, clientId: string, issuer: string): Promise<void> {
  const form = { grant_type: 'refresh_token', client_id: clientId, refresh_token: 'none' };
  const { status, body } = await ask(tokenEndpoint, new URLSearchParams(form));
  const { error = status } = body ?? {};
  if (error !== 'invalid_grant')
    throw new NoRealm(`The realm at ${issuer} has no public client "${clientId}" (${error as string})`);
}
