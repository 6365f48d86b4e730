import type { KeyNames } from './signingKeys.ts';

export type Claims = Readonly<Record<string, unknown>>;

/** How an ID token is signed that is not signed well. */
export type BadSignature = 'none' | 'wrong';

/** How a provider differs from a good one. What is `undefined` in claims is left out of them. */
export interface Conduct {
  readonly metadata?: (issuer: string) => Claims;
  /** Of the ID token of a sign-in. */
  readonly idToken?: (claims: Claims) => Claims;
  readonly signature?: BadSignature;
  /** Of the ID token of a renewal. */
  readonly renewedIdToken?: (claims: Claims) => Claims;
  readonly renewedSignature?: BadSignature;
  readonly userinfo?: (claims: Claims) => Claims;
  /** @default 'all' */
  readonly keyNames?: KeyNames;
  /** When it takes other keys into use and withdraws the ones before. */
  readonly changesKeys?: 'before each signature' | 'at the second sign-in';
  /** What a renewal does not bring. */
  readonly leavesOut?: 'refresh_token' | 'id_token';
  /** What becomes of the `state` of a sign-out on the way back. */
  readonly logoutState?: (state: string) => string | undefined;
}
