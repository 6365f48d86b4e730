import type { Lease } from '../../machines/lease.ts';
import { SessionError } from '../errors/sessionError.ts';

/** A life this long ends before its first use only where the answer was slow. */
const USABLE_LIFE_MS = 4000;

/** A token that arrives stale is an error, not a reason for another renewal. */
export const arrivedStale = ({ lifeMs }: Lease): SessionError =>
  new SessionError(
    'token_arrived_stale',
    `The access token had no usable life left when it arrived: it lives ${lifeMs / 1000} s. Lengthen its life at the provider, or look for what slows its answers`,
    { retryable: lifeMs >= USABLE_LIFE_MS },
  );
