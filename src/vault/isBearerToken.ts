/**
 * Whether a header can carry an access token (RFC 6750 §2.1, loosely). Platforms quote a header that they refuse in their
 * error.
 */
export const isBearerToken = (value: unknown): value is string =>
  typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
