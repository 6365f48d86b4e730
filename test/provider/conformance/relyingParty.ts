import type { Claims } from './conduct.ts';

/** What a module of the conformance suite has a relying party do. What fails has a `code`. */
export interface RelyingParty {
  /** In a page, or a browser at the server; returns the `sub`. A second time: while somebody is signed in. */
  signIn(): Promise<string>;
  /** The userinfo, once its `sub` was compared. */
  profile(): Promise<Claims>;
  renew(): Promise<unknown>;
  /** Settles where the provider has led back to. */
  signOut(): Promise<unknown>;
  /** The `sub` that it shows. */
  who(): Promise<string | null>;
  /** Of these tokens, those that it keeps where the next request or reload would find them. */
  kept(tokens: readonly string[]): Promise<readonly string[]>;
}

/** As errors of the library have it. */
export const failure = (code: string): Error => Object.assign(new Error(code), { code });
