import type { Lease } from '../../machines/lease.ts';
import type { Grants } from '../grants/createGrants.ts';
import { type Clock, type Instant, readInstant } from '../time/clock.ts';
import { instantAtWall } from '../time/deadline.ts';
import type { Bearer, Vault } from '../vault/vault.ts';
import type { Runner } from './runner.ts';
import type { Session } from './session.ts';

/** What adoption needs of its session. */
export interface AdoptionDeps {
  readonly vault: Vault;
  readonly clock: Clock;
  grants(): Promise<Pick<Grants, 'adopt' | 'adoptFrom'>>;
  send: Runner['send'];
}

/** Tokens that a backend sends along, handed over by the app or found in an answer. */
export interface Adoption {
  readonly adopt: Session<unknown>['adopt'];
  /** Looks for tokens in an answer; never throws. */
  onAnswer(answer: Response, bearer: Bearer, sentAt: Instant): void;
}

export const createAdoption = ({ vault, clock, grants, send }: AdoptionDeps): Adoption => {
  const take = async (
    from: (grants: Pick<Grants, 'adopt' | 'adoptFrom'>) => Promise<Lease | undefined>,
  ): Promise<boolean> => {
    const lease = await from(await grants());
    if (lease) send({ type: 'session.adopt', lease });
    return lease !== undefined;
  };

  return {
    adopt(tokens, { requestedAt = Infinity } = {}) {
      const now = readInstant(clock);
      const since = vault.lease;
      // A time that has not come yet would lengthen their life.
      const sentAt = instantAtWall(Math.min(requestedAt, now.wallMs), now);
      return take(({ adopt }) => adopt(tokens, sentAt, since));
    },
    onAnswer: (...seen) => void take(({ adoptFrom }) => adoptFrom(...seen)).catch(() => undefined),
  };
};
