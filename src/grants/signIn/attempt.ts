import type { Lease } from '../../../machines/lease.ts';
import type { SessionError } from '../../errors/sessionError.ts';
import type { Permit } from '../../vault/vault.ts';
import type { SignInOptions } from '../signInOptions.ts';

/** A sign-in that the app asked for: options and outcome travel with it, outside of events. */
export interface Ticket {
  readonly options: SignInOptions;
  /** The page leaves by itself: once it is seen, not in a loop. */
  readonly isRequired: boolean;
  /** How it ended, for the one who asked: with tokens in the vault, of which the machine hears next, or in vain. */
  settle(outcome: SessionError | Lease): void;
}

/** One attempt to sign in, with its permit to the vault, which was taken in the turn in which it was asked for. */
export interface Attempt {
  readonly number: number;
  readonly permit: Permit;
  /** Ends whatever would leave the page: the attempt was given up, or the session stopped. */
  readonly signal: AbortSignal;
  /** `undefined` where the app did not ask. */
  readonly ticket?: Ticket | undefined;
}
