import type { Lease } from '../../machines/lease.ts';
import type { Instant } from '../time/clock.ts';

/** A lease that nobody can date: nothing of it is handed out before it was renewed, or is found to be over. */
export const agedLease = (lease: Lease, now: Instant): Lease => ({
  ...lease,
  freshUntil: now,
  accessDeadline: now,
  renewAt: lease.renewAt && now,
});
