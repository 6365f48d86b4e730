import type { IdTokenClaims, UserSource } from '../user.ts';

/** The roles in Keycloak's access token. */
export interface KeycloakRoles {
  readonly realmRoles: readonly string[];
  /** By `client_id`. */
  readonly clientRoles: Readonly<Record<string, readonly string[]>>;
}

/** The ID token's claims, and the roles. */
export type KeycloakUser = IdTokenClaims & KeycloakRoles;

const rolesIn = (access: unknown): readonly string[] => {
  const { roles } = Object(access) as { roles?: unknown };
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
};

/**
 * The roles of a user, for a mapper of your own. Keycloak puts them only into the access token, under `realm_access`
 * and `resource_access`; without the client scope `roles`, or with a lightweight access token, there are none.
 */
export const keycloakRoles = ({ accessToken }: Pick<UserSource, 'accessToken'>): KeycloakRoles => {
  const { realm_access: realm, resource_access: clients } = Object(accessToken()) as Record<string, unknown>;
  const byClient = Object.entries(Object(clients) as object);
  return {
    realmRoles: rolesIn(realm),
    clientRoles: Object.fromEntries(byClient.map(([client, access]) => [client, rolesIn(access)])),
  };
};

/**
 * A mapper for `createSession({ user: keycloakUser })`: the ID token's claims with the roles. Only the API
 * decides what a user may do; in a page, roles decide only what it shows.
 */
export const keycloakUser = (source: UserSource): KeycloakUser => ({
  ...(source.idToken as IdTokenClaims),
  ...keycloakRoles(source),
});

/** Whether the user has a role of the realm or, with `client`, of that client. */
export const hasRole = (user: KeycloakRoles | null, role: string, client?: string): boolean => {
  if (!user) return false;
  if (client === undefined) return user.realmRoles.includes(role);
  return Object.hasOwn(user.clientRoles, client) && user.clientRoles[client]!.includes(role);
};
