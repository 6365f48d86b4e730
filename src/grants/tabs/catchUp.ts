import type { Lease } from '../../../machines/lease.ts';
import { supersedes } from '../../../machines/freshness.ts';
import type { SessionRecord } from '../../record/sessionRecord.ts';
import { isTrustworthy } from '../../storage/isTrustworthy.ts';
import type { StoredTokensStore } from '../../storage/storedTokens.ts';
import { type FoundTokens, SURE_ANSWER_MS, type Tabs } from '../../tabs/createTabs.ts';
import { leaseAtWall, type SharedTokens } from '../../tabs/sharedTokens.ts';
import { readInstant } from '../../time/clock.ts';
import type { GrantDeps } from '../grantDeps.ts';
import { publishUser } from '../publishUser.ts';
import { isNewest } from './isNewest.ts';
import { createLoadKept } from './loadKept.ts';
import { createSeekUnrecorded, type SeekUnrecorded } from './seekUnrecorded.ts';

/** Takes what another tab has renewed: the record says which tokens those are. */
export interface CatchUp {
  /**
   * From the living tabs, else from the storage; `undefined` where there is nothing newer than what is at hand, or than what
   * was at hand when it was needed, or nobody has it.
   */
  catchUp(than?: Lease): Promise<Lease | undefined>;
  /** What another tab has told unasked; `undefined` where nothing comes of it. */
  take(shared: SharedTokens): Promise<Lease | undefined>;
  readonly seekUnrecorded: SeekUnrecorded;
}

export const createCatchUp = (
  deps: GrantDeps,
  tabs: Pick<Tabs, 'ask'>,
  stored: Pick<StoredTokensStore, 'load' | 'save'> | undefined,
): CatchUp => {
  const { record, vault, clock, tell } = deps;
  const loadKept = createLoadKept(clock, stored);
  const seekUnrecorded = createSeekUnrecorded(record, tabs, loadKept);

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

  const catchUp: CatchUp['catchUp'] = async (than) => {
    const known = await record.read();
    const wanted = than ?? vault.lease();
    // Whoever has renewed a moment ago lives: on a busy machine it is given time to answer.
    const ask = (): Promise<FoundTokens | undefined> => tabs.ask(known, than && SURE_ANSWER_MS);
    for (const find of [ask, loadKept]) {
      if (!isBehind(known)) break;
      const found = await find(known);
      const taken = found && (await put(found));
      if (taken) return taken;
    }
    // The mark of another tab, or what was one until it was dated anew; or nobody has what the record shows.
    const isWanted = than?.epoch === known.epoch && (known.mark !== null || isBehind(known));
    const unrecorded = isWanted && (await seekUnrecorded(known, SURE_ANSWER_MS));
    const taken = unrecorded && (await put(unrecorded));
    if (taken) return taken;
    // They may have come unasked meanwhile.
    const held = vault.lease();
    return held && wanted?.epoch === held.epoch && supersedes(held, wanted) ? held : undefined;
  };

  return {
    catchUp,
    seekUnrecorded,
    async take({ tokens, lease, sharedAtWallMs }) {
      const known = await record.read();
      // What nobody can date is asked for: the answer comes as what is left.
      const isDated = isTrustworthy({ savedAtWallMs: sharedAtWallMs }, clock.wallMs(), known.highestWallMs);
      if (!isDated) return catchUp();
      return put({ tokens, lease: leaseAtWall(lease, readInstant(clock)) });
    },
  };
};
