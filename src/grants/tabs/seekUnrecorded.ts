import { supersedes } from '../../../machines/freshness.ts';
import { sameTokens } from '../../../machines/sameTokens.ts';
import type { RecordStore, SessionRecord } from '../../record/sessionRecord.ts';
import type { FoundTokens, Tabs } from '../../tabs/createTabs.ts';
import type { Milliseconds } from '../../time/clock.ts';
import type { LoadKept } from './loadKept.ts';

/**
 * Tokens that are newer than those which the record shows, and marks as being spent: a tab whose record has failed since its
 * mark may have them, or have kept them before it was gone. From then on the record shows them.
 */
export type SeekUnrecorded = (
  seen: SessionRecord,
  limitMs?: Milliseconds,
) => Promise<FoundTokens | undefined>;

export const createSeekUnrecorded =
  (record: Pick<RecordStore, 'update'>, tabs: Pick<Tabs, 'ask'>, loadKept: LoadKept): SeekUnrecorded =>
  async (seen, limitMs) => {
    const asked = { epoch: seen.epoch, generation: seen.generation, isLater: true };
    const found = (await tabs.ask(asked, limitMs)) ?? (await loadKept(seen));
    if (found?.lease.epoch !== seen.epoch || !supersedes(found.lease, seen)) return undefined;
    const { generation } = found.lease;
    await record.update((known) => (sameTokens(seen, known) ? { ...known, generation, mark: null } : known));
    return found;
  };
