import type { Lease } from '../../../machines/lease.ts';
import type { LoginGranted } from '../../../machines/sessionEvents.ts';
import { readInstant } from '../../time/clock.ts';
import { instantAtWall } from '../../time/deadline.ts';
import type { Arrival, Commit } from '../commit.ts';
import type { GrantDeps } from '../grantDeps.ts';
import type { TokenAnswer } from '../protocol/tokenAnswer.ts';
import { type Attempt, cancelled } from './attempt.ts';
import { createTries } from './tries.ts';

/** What an attempt has brought, as the machine is told of it. */
export interface CompleteSignIn {
  /** Somebody is signed in, with tokens that are in the vault. */
  granted(by: Attempt, lease: Lease, isInteractive: boolean): Promise<LoginGranted>;
  /** Puts new tokens in; fails where the attempt was overtaken. */
  accept(
    by: Attempt,
    answer: TokenAnswer,
    how: Pick<Arrival, 'by' | 'of' | 'wasAsked'>,
  ): Promise<LoginGranted>;
}

export const createCompleteSignIn = (
  deps: Pick<GrantDeps, 'clock' | 'record' | 'name' | 'page'>,
  commit: Commit,
): CompleteSignIn => {
  const { clock, record } = deps;
  const granted: CompleteSignIn['granted'] = async ({ number: attempt }, lease, isInteractive) => {
    const now = readInstant(clock);
    const wallMs = isInteractive ? null : ((await record.read()).lastActivityWallMs ?? lease.sentAt.wallMs);
    createTries(deps).reset();
    return {
      type: 'login.granted',
      attempt,
      lease,
      // A note from the future was made before the wall clock was set back: now is the latest it can mean.
      lastActivity: wallMs === null ? null : instantAtWall(Math.min(wallMs, now.wallMs), now),
    };
  };

  return {
    granted,
    async accept(attempt, answer, how) {
      const outcome = await commit({ ...how, answer, permit: attempt.permit });
      if (outcome.kind !== 'taken') throw cancelled();
      return granted(attempt, outcome.lease, how.by === 'user');
    },
  };
};
