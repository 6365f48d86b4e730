import type { Lease } from '../../machines/lease.ts';
import type { SessionRecord } from '../record/sessionRecord.ts';
import type { Permit, TokenSet } from '../vault/vault.ts';
import type { TokenAnswer } from './protocol/tokenAnswer.ts';

/** Tokens that came, by whatever way, and what they came for. */
export interface Arrival {
  /** A person signed in; the provider still knew who is there; a storage kept them; a renewal; a backend sent them along. */
  readonly by: 'user' | 'provider' | 'storage' | 'renewal' | 'adoption';
  readonly answer: TokenAnswer;
  readonly permit: Permit;
  /** The tokens that these were renewed from. */
  readonly from?: TokenSet;
  /** Their lease, where a storage or another tab has kept them. */
  readonly stored?: Lease;
  /** The epoch in which they were asked for, where they are found rather than renewed: none that began since is replaced. */
  readonly of?: number | undefined;
  /** The generation that the record showed when they were asked for: what has moved on since is not replaced. */
  readonly since?: number;
  /** Whether the user was asked, where the record says that they must be. */
  wasAsked?(record: SessionRecord): boolean;
}

/** What became of them. */
export type Outcome =
  | { readonly kind: 'taken'; readonly lease: Lease }
  /** The session moved on meanwhile: they were given back, or dropped. */
  | { readonly kind: 'overtaken' }
  /** A renewal brought another user's: they were dropped, and the session is over. */
  | { readonly kind: 'switched' };
