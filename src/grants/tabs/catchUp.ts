import type { Lease } from '../../../machines/lease.ts';
import { supersedes } from '../../../machines/freshness.ts';
import { subjectIn } from '../../claims/user.ts';
import type { SessionRecord } from '../../record/sessionRecord.ts';
import { type StoredTokensStore, isTrustworthy } from '../../storage/storedTokens.ts';
import type { FoundTokens, Tabs } from '../../tabs/createTabs.ts';
import { leaseAtWall, type SharedTokens } from '../../tabs/sharedTokens.ts';
import { readInstant } from '../../time/clock.ts';
import { agedLease } from '../agedLease.ts';
import type { GrantDeps } from '../grantDeps.ts';
import { publishUser } from '../publishUser.ts';

/** Takes what another tab has renewed: the record says which tokens those are. */
export interface CatchUp {
  /** From the living tabs, else from the storage; `undefined` where there is nothing newer, or nobody has it. */
  catchUp(): Promise<Lease | undefined>;
  /** What another tab has told unasked. */
  take(shared: SharedTokens): Promise<Lease | undefined>;
}

export const createCatchUp = (
  deps: GrantDeps,
  tabs: Pick<Tabs, 'ask'>,
  stored: Pick<StoredTokensStore, 'load' | 'save'> | undefined,
): CatchUp => {
  const { record, vault, clock, tell } = deps;

  /** Whether the record shows the epoch of this page, in a later generation. */
  const isBehind = (known: SessionRecord): boolean => {
    const held = vault.lease();
    const isOurs = held?.epoch === known.epoch && (vault.who() === known.who || vault.who() === '');
    return isOurs && known.who !== null && supersedes(known, held);
  };

  /** The record as it is by now decides: it may have moved on while the tokens were on their way. */
  const put = async ({ tokens, lease }: FoundTokens): Promise<Lease | undefined> => {
    const permit = vault.permitTab();
    const known = await record.read();
    const { epoch, generation, who } = known;
    if (!isBehind(known) || lease.epoch !== epoch || lease.generation !== generation) return undefined;
    const named = subjectIn(tokens.idToken);
    if (named !== undefined && named !== who) return undefined;
    const taken = permit.commit(tokens, lease, who!);
    if (!taken) return undefined;
    // A storage of this tab alone has not heard of it.
    void stored?.save(tokens, taken);
    publishUser(deps, tokens, taken.epoch);
    tell({ type: 'tab.renewed', lease: taken });
    return taken;
  };

  const dated = (found: FoundTokens, savedAtWallMs: number, known: SessionRecord): FoundTokens =>
    isTrustworthy({ savedAtWallMs }, clock.wallMs(), known.highestWallMs)
      ? found
      : { ...found, lease: agedLease(found.lease, readInstant(clock)) };

  const fromStorage = async (known: SessionRecord): Promise<FoundTokens | undefined> => {
    const found = await stored?.load();
    return found && dated(found, found.savedAtWallMs, known);
  };

  return {
    async catchUp() {
      const known = await record.read();
      if (!isBehind(known)) return undefined;
      for (const find of [tabs.ask, fromStorage]) {
        const found = await find(known);
        const taken = found && (await put(found));
        if (taken) return taken;
      }
      // They may have come unasked meanwhile.
      const held = vault.lease();
      return held && supersedes(known, held) ? undefined : held;
    },
    async take({ tokens, lease, sharedAtWallMs }) {
      const known = await record.read();
      return put(dated({ tokens, lease: leaseAtWall(lease, readInstant(clock)) }, sharedAtWallMs, known));
    },
  };
};
