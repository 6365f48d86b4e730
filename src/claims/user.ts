/** Decoded claims of an ID token (OpenID Connect Core §2). */
export type IdTokenClaims = Readonly<Record<string, unknown>> & {
  readonly iss: string;
  readonly sub: string;
  readonly name?: string;
  readonly preferred_username?: string;
  readonly email?: string;
};

/** What a mapper of the user is given; it alone sees decoded payloads. */
export interface UserSource {
  /** Claims of the ID token; absent where the provider issued none. */
  readonly idToken: IdTokenClaims | undefined;
  /** The access token's payload if it is a JWT. Only for providers that put roles there, like Keycloak. */
  accessToken(): Readonly<Record<string, unknown>> | undefined;
}

/**
 * Makes an app's user from the claims: at once, as JSON, and never `null`, which would say that nobody is signed in. Where it
 * does anything else, or throws, a warning `option_invalid` says so and the claims are used as they are.
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

/** The user of a token set by a mapper. */
export const userOf = <User>(
  { accessToken, idToken }: { accessToken: string; idToken?: string | undefined },
  mapper: UserMapper<User>,
): User =>
  mapper({
    idToken: decodeJwt(idToken) as IdTokenClaims | undefined,
    accessToken: () => decodeJwt(accessToken),
  });
