/** Planted in every secret; found anywhere outside the transport it is a leak. */
export const SECRET = 'S3CRET';

export const ISSUER = 'https://id.test/realms/app';
export const APP = 'https://app.test';
export const API = 'https://api.test';
/** An API that only some settings allow. */
export const OTHER_API = 'https://other-api.test';
export const EVIL = 'https://evil.test';

/** Addresses that look like an allowed one, and are none. */
export const LOOKALIKES = [`${API}.evil.test/items`, `${EVIL}/@api.test/items`, `${EVIL}/?${API}/`];

export const endpointsOf = (endSession: 'page' | 'keycloak' | false): Record<string, string> => ({
  authorization_endpoint: `${ISSUER}/authorize`,
  token_endpoint: `${ISSUER}/token`,
  revocation_endpoint: `${ISSUER}/revoke`,
  ...(endSession === 'page' && { end_session_endpoint: `${ISSUER}/end` }),
  ...(endSession === 'keycloak' && { end_session_endpoint: `${ISSUER}/protocol/openid-connect/logout` }),
});
