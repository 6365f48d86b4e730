import type { UserMapper } from '../claims/user.ts';
import type { SessionError } from '../errors/sessionError.ts';
import type { RecordStore } from '../record/sessionRecord.ts';
import type { Clock, Milliseconds } from '../time/clock.ts';
import type { Vault } from '../vault/vault.ts';
import type { GrantSettings } from './grantOptions.ts';
import type { Page } from './page.ts';
import type { SignInOptions } from './signInOptions.ts';

/** A sign-in that the app asked for: its options stay out of events, its error comes back whole. */
export interface SignInRequest {
  readonly options: SignInOptions;
  /** The page leaves by itself: once it is seen, not in a loop, and the Back button skips it. */
  readonly isUnasked?: boolean;
  error?: SessionError;
}

/** What the session lends to the grants. */
export interface GrantDeps {
  readonly name: string;
  readonly options: GrantSettings & {
    readonly user?: UserMapper<unknown>;
    readonly idle: { readonly signOutAfter?: Milliseconds };
  };
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly vault: Vault;
  readonly record: RecordStore;
  /** `undefined` outside a browser. */
  readonly page: Page | undefined;
  readonly fetch: typeof globalThis.fetch;
  /** The S256 digest of a PKCE verifier; by default `crypto.subtle`. */
  readonly digest?: (verifier: string) => Promise<string>;
  /** The sign-ins that were asked for, by ticket. */
  readonly signIns: ReadonlyMap<number, SignInRequest>;
  /** Tokens were committed: whom they belong to. */
  onUser(user: unknown): void;
  /** A grant failed. */
  onError(error: SessionError): void;
  onWarning(warning: SessionError): void;
}
