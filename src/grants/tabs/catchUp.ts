import type { Lease } from '../../../machines/lease.ts';
import { supersedes } from '../../../machines/freshness.ts';
import { sameTokens } from '../../../machines/sameTokens.ts';
import type { SessionRecord } from '../../record/sessionRecord.ts';
import { type StoredTokensStore, isTrustworthy } from '../../storage/storedTokens.ts';
import { type FoundTokens, SURE_ANSWER_MS, type Tabs } from '../../tabs/createTabs.ts';
import { leaseAtWall, type SharedTokens } from '../../tabs/sharedTokens.ts';
import { type Milliseconds, readInstant } from '../../time/clock.ts';
import { agedLease } from '../agedLease.ts';
import type { GrantDeps } from '../grantDeps.ts';
import { publishUser } from '../publishUser.ts';
import { isNewest } from './isNewest.ts';

/** Takes what another tab has renewed: the record says which tokens those are. */
export interface CatchUp {
  /**
   * From the living tabs, else from the storage; `undefined` where there is nothing newer than what is at hand, or than what
   * was at hand when it was needed, or nobody has it.
   */
  catchUp(than?: Lease): Promise<Lease | undefined>;
  /** What another tab has told unasked; `undefined` where nothing comes of it. */
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
  const put = async (found: FoundTokens): Promise<Lease | undefined> => {
    const permit = vault.permitTab();
    const known = await record.read();
    if (!isBehind(known) || !isNewest(known, found)) return undefined;
    const { tokens, lease } = found;
    const taken = permit.commit(tokens, lease, known.who!);
    if (!taken) return undefined;
    // A storage of this tab alone has not heard of it.
    void stored?.save(tokens, taken);
    publishUser(deps, tokens, taken.epoch);
    tell({ type: 'tab.renewed', lease: taken });
    return taken;
  };

  const isDated = (savedAtWallMs: Milliseconds, known: SessionRecord): boolean =>
    isTrustworthy({ savedAtWallMs }, clock.wallMs(), known.highestWallMs);

  const fromStorage = async (known: SessionRecord): Promise<FoundTokens | undefined> => {
    const found = await stored?.load();
    if (!found || isDated(found.savedAtWallMs, known)) return found;
    return { ...found, lease: agedLease(found.lease, readInstant(clock)) };
  };

  /** A tab whose record has failed since its mark may have tokens that no record shows: it does now. */
  const fromUnrecorded = async (seen: SessionRecord): Promise<Lease | undefined> => {
    const asked = { epoch: seen.epoch, generation: seen.generation, isLater: true };
    const found = (await tabs.ask(asked, SURE_ANSWER_MS)) ?? (await fromStorage(seen));
    if (found?.lease.epoch !== seen.epoch || !supersedes(found.lease, seen)) return undefined;
    const { generation } = found.lease;
    await record.update((known) => (sameTokens(seen, known) ? { ...known, generation, mark: null } : known));
    return put(found);
  };

  const catchUp: CatchUp['catchUp'] = async (than) => {
    const known = await record.read();
    const wanted = than ?? vault.lease();
    // Whoever has renewed a moment ago lives: on a busy machine it is given time to answer.
    const ask = (): Promise<FoundTokens | undefined> => tabs.ask(known, than && SURE_ANSWER_MS);
    for (const find of [ask, fromStorage]) {
      if (!isBehind(known)) break;
      const found = await find(known);
      const taken = found && (await put(found));
      if (taken) return taken;
    }
    // The mark of another tab, or what was one until it was dated anew.
    const isMarked = than?.epoch === known.epoch && known.mark !== null && !supersedes(known, than);
    const unrecorded = isMarked && (await fromUnrecorded(known));
    if (unrecorded) return unrecorded;
    // They may have come unasked meanwhile.
    const held = vault.lease();
    return held && wanted?.epoch === held.epoch && supersedes(held, wanted) ? held : undefined;
  };

  return {
    catchUp,
    async take({ tokens, lease, sharedAtWallMs }) {
      const known = await record.read();
      // What nobody can date is asked for: the answer comes as what is left.
      if (!isDated(sharedAtWallMs, known)) return catchUp();
      return put({ tokens, lease: leaseAtWall(lease, readInstant(clock)) });
    },
  };
};
