import type { Lease } from '../../machines/lease.ts';
import type { Instant, Milliseconds } from '../time/clock.ts';
import { deadlineAfter, instantAtWall, remainingMs } from '../time/deadline.ts';
import type { TokenSet } from '../vault/vault.ts';

/** The instants of a lease. */
const instants = ['sentAt', 'accessDeadline', 'freshUntil', 'refreshDeadline', 'renewAt'] as const;

/** A lease with its instants as numbers: wall times, or what was left of them when the tokens were handed on. */
export type SharedLease = Omit<Lease, (typeof instants)[number]> & {
  readonly [name in (typeof instants)[number]]: Milliseconds | null;
};

/** Tokens on their way from one tab to another. */
export interface SharedTokens {
  readonly tokens: TokenSet;
  readonly lease: SharedLease;
  /** When they were handed on, milliseconds since the Unix epoch. */
  readonly sharedAtWallMs: Milliseconds;
}

const mapped = <From, To>(
  lease: Readonly<Record<(typeof instants)[number], From | null>>,
  map: (value: From) => To,
): Record<(typeof instants)[number], To | null> =>
  Object.fromEntries(
    instants.map((name) => {
      const value = lease[name];
      return [name, value === null ? null : map(value)];
    }),
  ) as Record<(typeof instants)[number], To | null>;

/**
 * Told unasked, a lease is placed by wall times: nobody knows when it arrives. They are those of the more pessimistic clock: a
 * wall clock that was set back since the token request may not lengthen what is left.
 */
export const leaseByWall = (lease: Lease, now: Instant): SharedLease => ({
  ...lease,
  ...mapped<Instant, Milliseconds>(lease, (at) => now.wallMs + remainingMs(at, now)),
});

/** Asked for, it is placed by what is left, which counts from when the question was sent. */
export const leaseByRest = (lease: Lease, now: Instant): SharedLease => ({
  ...lease,
  ...mapped<Instant, Milliseconds>(lease, (at) => remainingMs(at, now)),
});

/** The lease of {@link leaseByWall} on the clocks of this tab. */
export const leaseAtWall = (lease: SharedLease, now: Instant): Lease =>
  ({ ...lease, ...mapped<Milliseconds, Instant>(lease, (wallMs) => instantAtWall(wallMs, now)) }) as Lease;

/** The lease of {@link leaseByRest} on the clocks of this tab. */
export const leaseSince = (lease: SharedLease, askedAt: Instant): Lease =>
  ({ ...lease, ...mapped<Milliseconds, Instant>(lease, (ms) => deadlineAfter(askedAt, ms)) }) as Lease;
