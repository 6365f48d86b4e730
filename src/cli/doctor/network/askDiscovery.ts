import { printable, tidied } from '../tidy.ts';
import type { Ask, Reply } from './createAsk.ts';
import type { EndpointKind, ServerFindings } from '../../../explain/failedGrant.ts';

type Metadata = Readonly<Record<string, unknown>>;

type Discovery = NonNullable<ServerFindings['discovery']>;

/** What the discovery document told, and the answer it came in. */
export interface DiscoveryReply {
  readonly discovery: Discovery;
  readonly authorizationEndpoint: string | undefined;
  readonly reply: Reply;
}

/** OpenID Connect Discovery 1.0 §4. */
const discoveryUrlOf = (issuer: string): string =>
  `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;

const textIn = (value: unknown): string | undefined =>
  typeof value === 'string' ? printable(value) : undefined;

const wordsIn = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) ? value.slice(0, 50).flatMap((each) => tidied(each, 80) ?? []) : undefined;

const endpointNames: { readonly [kind in EndpointKind]?: string } = {
  authorization: 'authorization_endpoint',
  userinfo: 'userinfo_endpoint',
  introspection: 'introspection_endpoint',
  revocation: 'revocation_endpoint',
  logout: 'end_session_endpoint',
  device: 'device_authorization_endpoint',
  registration: 'registration_endpoint',
  metadata: 'jwks_uri',
};

const endpointsIn = (metadata: Metadata): NonNullable<Discovery['endpoints']> =>
  Object.fromEntries(
    Object.entries(endpointNames).flatMap(([kind, name]) => {
      const address = textIn(metadata[name]);
      return address === undefined ? [] : [[kind, address]];
    }),
  );

const discoveryFrom = (url: string, status: number | undefined, metadata: Metadata): Discovery => {
  const issuer = textIn(metadata['issuer']);
  const tokenEndpoint = textIn(metadata['token_endpoint']);
  return {
    url,
    status,
    error: textIn(metadata['error']),
    isMetadata: status === 200 && issuer !== undefined && tokenEndpoint !== undefined,
    issuer,
    tokenEndpoint,
    endpoints: endpointsIn(metadata),
    grantTypes: wordsIn(metadata['grant_types_supported']),
    clientAuthentication: wordsIn(metadata['token_endpoint_auth_methods_supported']),
  };
};

/** A redirect is not followed: where it leads, nobody has named. */
export const askDiscovery = async (ask: Ask, issuer: string, waitMs: number): Promise<DiscoveryReply> => {
  const url = discoveryUrlOf(issuer);
  const init: RequestInit = { headers: { accept: 'application/json' } };
  const reply = await ask({ what: 'discovery document', url, init, waitMs });
  const metadata = reply.heard?.object ?? {};
  const authorizationEndpoint = textIn(metadata['authorization_endpoint']);
  return { discovery: discoveryFrom(url, reply.heard?.status, metadata), authorizationEndpoint, reply };
};
