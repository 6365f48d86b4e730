import type { Lease } from '../../../machines/lease.ts';
import type { LoginGranted } from '../../../machines/sessionEvents.ts';
import { readInstant } from '../../time/clock.ts';
import { instantAtWall } from '../../time/deadline.ts';
import type { Commit } from '../commit.ts';
import type { GrantDeps } from '../grantDeps.ts';
import type { Provider } from '../protocol/provider.ts';
import { revoke } from '../protocol/revocation.ts';
import type { TokenAnswer } from '../protocol/tokenAnswer.ts';
import { type Attempt, cancelled } from './attempt.ts';
import type { Redirects } from './redirects.ts';

/** What an attempt has brought, as the machine is told of it. */
export interface Acceptance {
  /** Somebody is signed in: with tokens that are in the vault. */
  granted(by: Attempt, lease: Lease, isInteractive: boolean): Promise<LoginGranted>;
  /** Puts new tokens in; where the attempt was overtaken they are revoked, and it fails. */
  accept(by: Attempt, answer: TokenAnswer, isInteractive: boolean): Promise<LoginGranted>;
}

export const createAcceptance = (
  provider: Provider,
  { clock, record }: Pick<GrantDeps, 'clock' | 'record'>,
  { commit, redirects }: { commit: Commit; redirects: Redirects },
): Acceptance => {
  const granted: Acceptance['granted'] = async ({ number: attempt }, lease, isInteractive) => {
    const now = readInstant(clock);
    const wallMs = isInteractive ? null : ((await record.read()).lastActivityWallMs ?? lease.sentAt.wallMs);
    redirects.reset();
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
    async accept(by, answer, isInteractive) {
      const lease = await commit.signIn(answer, by, isInteractive);
      if (lease) return granted(by, lease, isInteractive);
      await revoke(provider, answer.tokens);
      throw cancelled();
    },
  };
};
