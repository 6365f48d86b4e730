export { type KeycloakRoles, type KeycloakUser, hasRole, keycloakRoles, keycloakUser } from './roles.ts';
export { type AccountAction, accountAction, accountUrl, registration } from './account.ts';
