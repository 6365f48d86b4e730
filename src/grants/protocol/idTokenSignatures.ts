import type { AuthorizationServer } from 'oauth4webapi';

/** Without discovery nothing says how ID tokens are signed. */
const USUAL = 'RS256 PS256 ES256 EdDSA Ed25519 RS384 PS384 ES384 RS512 PS512 ES512'.split(' ');

/** Whatever a server lists: an unsigned token proves nothing, and a shared secret is no secret in a page. */
const isProof = (algorithm: unknown): boolean => !/^(none|HS)/i.test(String(algorithm));

/** How a server may sign its ID tokens. */
export const idTokenSignatures = (listed: unknown): Partial<AuthorizationServer> => ({
  id_token_signing_alg_values_supported: Array.isArray(listed) ? listed.filter(isProof) : USUAL,
});
