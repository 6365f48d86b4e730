import type { SessionRecord } from '../../record/sessionRecord.ts';
import { isTrustworthy } from '../../storage/isTrustworthy.ts';
import type { StoredTokensStore } from '../../storage/storedTokens.ts';
import type { FoundTokens } from '../../tabs/createTabs.ts';
import { type Clock, readInstant } from '../../time/clock.ts';
import { agedLease } from '../agedLease.ts';

/** What the app's storage has kept, as stale where nobody can date it. */
export type LoadKept = (known: SessionRecord) => Promise<FoundTokens | undefined>;

export const createLoadKept =
  (clock: Clock, stored: Pick<StoredTokensStore, 'load'> | undefined): LoadKept =>
  async (known) => {
    const found = await stored?.load();
    if (!found || isTrustworthy(found, clock.wallMs(), known.highestWallMs)) return found;
    return { ...found, lease: agedLease(found.lease, readInstant(clock)) };
  };
