/** An answer that is none, as `oauth4webapi` throws it. */
export const invalidAnswer = (message: string): Error =>
  Object.assign(new Error(message), { code: 'OAUTH_INVALID_RESPONSE' });

/** The same, because of one of its fields. */
export const malformed = (field: string): Error => invalidAnswer(`\`${field}\` is missing or malformed`);
