/** An answer that is none, as `oauth4webapi` throws it. `quoted` is what the provider said, and is shown without secrets. */
export const invalidAnswer = (message: string, quoted?: string): Error =>
  Object.assign(new Error(message), { code: 'OAUTH_INVALID_RESPONSE', quoted });

/** The same, because of one of its fields. */
export const malformed = (field: string): Error => invalidAnswer(`\`${field}\` is missing or malformed`);
