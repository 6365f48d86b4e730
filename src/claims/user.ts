/** Decoded claims of an ID token (OpenID Connect Core §2). */
export type IdTokenClaims = Readonly<Record<string, unknown>> & {
  readonly iss: string;
  readonly sub: string;
  readonly name?: string;
  readonly preferred_username?: string;
  readonly email?: string;
};

/** What a user mapper receives. No other code sees decoded payloads. */
export interface UserSource {
  /** Claims of the ID token; absent if the provider issued none. */
  readonly idToken: IdTokenClaims | undefined;
  /** The access token's payload if it is a JWT. Only for providers that put roles there, like Keycloak. */
  accessToken(): Readonly<Record<string, unknown>> | undefined;
}

/**
 * Builds the app's user from the claims: synchronously, as JSON, and never `null`, which would mean that no user is signed in. If it
 * does anything else, or throws, there is a warning `option_invalid`, and the claims are the user.
 */
export type UserMapper<User> = (source: UserSource) => User;

/** What a Base64 text of either alphabet stands for; it throws where there is none. */
export const bytesOf = (base64url: string): Uint8Array =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.codePointAt(0)!);

/** The payload of a JWT, unchecked; `undefined` for an opaque token, or where the payload is no object. */
export const decodeJwt = (token: string | undefined): Record<string, unknown> | undefined => {
  try {
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytesOf(token!.split('.')[1]!)));
    return typeof claims === 'object' && claims && !Array.isArray(claims) ? { ...claims } : undefined;
  } catch {
    return undefined;
  }
};

/** Whom an ID token names, unchecked. */
export const subjectIn = (idToken: string | undefined): string | undefined => {
  const sub = decodeJwt(idToken)?.['sub'];
  return typeof sub === 'string' ? sub : undefined;
};

/** The user of a token set by a mapper. */
export const userOf = <User>(
  { accessToken, idToken }: { accessToken: string; idToken?: string | undefined },
  mapper: UserMapper<User>,
): User =>
  mapper({
    idToken: decodeJwt(idToken) as IdTokenClaims | undefined,
    accessToken: () => decodeJwt(accessToken),
  });
