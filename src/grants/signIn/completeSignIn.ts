import type { Lease } from '../../../machines/lease.ts';
import type { LoginGranted } from '../../../machines/sessionEvents.ts';
import { cancelled } from '../../errors/cancelled.ts';
import type { SessionRecord } from '../../record/sessionRecord.ts';
import { type Milliseconds, readInstant } from '../../time/clock.ts';
import { elapsedMs, instantAtWall } from '../../time/deadline.ts';
import type { Arrival } from '../arrival.ts';
import type { Commit } from '../commit.ts';
import type { GrantDeps } from '../grantDeps.ts';
import type { TokenAnswer } from '../protocol/tokenAnswer.ts';
import type { Attempt } from './attempt.ts';
import { createTries } from './tries.ts';

/** No reading takes so long in a page that runs. */
const STALE_MS: Milliseconds = 5000;

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
  const readActivity = async (): Promise<SessionRecord['lastActivityWallMs']> => {
    const beganAt = readInstant(clock);
    const { lastActivityWallMs } = await record.read();
    // A page that stood still would take what it has read for the latest there is.
    return elapsedMs(beganAt, readInstant(clock)) < STALE_MS ? lastActivityWallMs : readActivity();
  };

  const granted: CompleteSignIn['granted'] = async ({ number: attempt }, lease, isInteractive) => {
    const wallMs = isInteractive ? null : ((await readActivity()) ?? lease.sentAt.wallMs);
    const now = readInstant(clock);
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
