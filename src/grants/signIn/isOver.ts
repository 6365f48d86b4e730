import { idleAfterMs } from '../../../machines/idleAfter.ts';
import type { Lease } from '../../../machines/lease.ts';
import type { SessionRecord } from '../../record/sessionRecord.ts';
import { readInstant } from '../../time/clock.ts';
import { elapsedMs, hopefulRemainingMs } from '../../time/deadline.ts';
import type { GrantDeps } from '../grantDeps.ts';

/**
 * Whether nobody was there for longer than an end of the session allows: the app's policy, and of tokens that a storage has
 * kept the known end of their refresh token.
 */
export const isOver = (
  { lastActivityWallMs }: SessionRecord,
  { clock, options: { idle, machine: settings } }: Pick<GrantDeps, 'clock' | 'options'>,
  lease?: Lease,
): boolean => {
  const awayMs = clock.wallMs() - (lastActivityWallMs ?? Infinity);
  if (awayMs >= (idle.signOutAfter ?? Infinity)) return true;
  const end = lease?.refreshDeadline;
  return (
    !!end &&
    hopefulRemainingMs(end, readInstant(clock)) <= 0 &&
    awayMs >= (idleAfterMs({ settings, firstRefreshLifeMs: elapsedMs(lease.sentAt, end) }) ?? Infinity)
  );
};
