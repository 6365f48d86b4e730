import type { IdTokenClaims } from '../claims/user.ts';
import type { Session } from './session.ts';

/**
 * Tells the adapters for UI frameworks which session an app has, so that they know the type of its user.
 *
 * @example
 * declare module 'token-vigil' {
 *   interface Register { session: typeof session }
 * }
 */
export interface Register {}

/** The user type of the session that the app has registered, otherwise the claims of an ID token. */
export type RegisteredUser = Register extends { session: Session<infer User> } ? User : IdTokenClaims;
