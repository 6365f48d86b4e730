/** The object in a part of a JWT. */
export type Claims = Readonly<Record<string, unknown>>;

/** A part of a JWT, unchecked; `undefined`: it is none. */
export const decodedPart = (part = ''): Claims | undefined => {
  if (part === '') return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
};
