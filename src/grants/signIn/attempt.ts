import { SessionError } from '../../errors/sessionError.ts';
import type { VaultPermit } from '../../vault/vault.ts';

/** One attempt to sign in, with its right to the vault: as it was when it began, or as the attempt itself has left it. */
export interface Attempt {
  readonly number: number;
  permit: VaultPermit;
  /** Whether no newer sign-in has begun. */
  isCurrent(): boolean;
}

/** How an attempt ends that was overtaken. */
export const cancelled = (): SessionError =>
  new SessionError('sign_in_cancelled', 'The sign-in was given up: signed out or signed in anew meanwhile');
