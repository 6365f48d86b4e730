import type { Cause } from './cause.ts';
import type { EndpointKind } from './failedGrant.ts';

/** Where a network, a proxy or an address can fail. */
export const everyEndpoint: readonly EndpointKind[] = [
  'token',
  'authorization',
  'userinfo',
  'introspection',
  'revocation',
  'logout',
  'device',
  'registration',
  'metadata',
  'admin',
  'api',
  'gateway',
];

/** Where a client says who it is (RFC 6749 §2.3, RFC 7009 §2.1, RFC 7662 §2.1, RFC 8628 §3.1). */
export const clientEndpoints: readonly EndpointKind[] = ['token', 'introspection', 'revocation', 'device'];

/** Where an access token is shown. */
export const resourceEndpoints: readonly EndpointKind[] = ['userinfo', 'admin', 'api', 'gateway'];

/** The causes of a table that say nothing else concern these endpoints. */
export const concerning = (endpoints: readonly EndpointKind[], table: readonly Cause[]): readonly Cause[] =>
  table.map((cause) => ({ endpoints, ...cause }));
