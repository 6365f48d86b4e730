import type { Milliseconds } from '../src/time/clock.ts';

/** How leases are computed. */
export interface LeaseTerms {
  /** The life of a token if an answer has no `expires_in`. */
  readonly defaultTokenLifetimeMs: Milliseconds;
  /** Longest time before its deadline at which a renewal starts. */
  readonly maxRenewAheadMs: Milliseconds;
  /** From 0 to 1; spreads the renewals of several tabs. */
  readonly jitter: number;
}

/** The default terms. */
export const defaultLeaseTerms: LeaseTerms = {
  defaultTokenLifetimeMs: 300_000,
  maxRenewAheadMs: 60_000,
  jitter: 0,
};
