import type { Lease } from '../../../machines/lease.ts';
import type { Page } from '../../page/page.ts';
import type { SessionRecord } from '../../record/sessionRecord.ts';
import { SURE_ANSWER_MS, type Tabs } from '../../tabs/createTabs.ts';
import type { Milliseconds } from '../../time/clock.ts';
import type { GrantDeps } from '../grantDeps.ts';
import type { InTabTurn } from '../tabs/turns.ts';
import type { Attempt } from './attempt.ts';
import type { TakeUp } from './takeUp.ts';

/** What a page without a session can have from the other tabs. */
export interface Elsewhere {
  readonly inTabTurn: InTabTurn;
  /** The session that the record shows, if a tab that has it lives. */
  take(by: Attempt, known: SessionRecord): Promise<Lease | undefined>;
  /** The same, where the record has changed since. */
  takeIfNews(by: Attempt, since: SessionRecord): Promise<Lease | undefined>;
  /** Waits until the page can be seen, or another tab has signed somebody in; `over`: nobody is signed in any more. */
  untilSeen(by: Attempt, since: SessionRecord, page: Page): Promise<Lease | 'over' | undefined>;
}

export const createElsewhere = (
  { record, clock }: Pick<GrantDeps, 'record' | 'clock'>,
  tabs: Pick<Tabs, 'ask' | 'news'>,
  inTabTurn: InTabTurn,
  takeUp: TakeUp,
): Elsewhere => {
  const takeOf = async (
    by: Attempt,
    known: SessionRecord,
    limitMs?: Milliseconds,
  ): Promise<Lease | undefined> => {
    if (known.who === null || !by.permit.isValid()) return undefined;
    const found = await tabs.ask(known, limitMs);
    return found && takeUp(by, { ...found, savedAtWallMs: clock.wallMs(), isDated: true });
  };

  const takeIfNews: Elsewhere['takeIfNews'] = async (by, since) => {
    const known = await record.read();
    const isNews = known.epoch !== since.epoch || known.generation !== since.generation;
    return isNews ? takeOf(by, known, SURE_ANSWER_MS) : undefined;
  };

  return {
    inTabTurn,
    take: takeOf,
    takeIfNews,
    async untilSeen(by, since, page) {
      const seen = page.whenVisible(by.signal).then(() => true);
      for (;;) {
        const isSeen = await Promise.race([seen, tabs.news(by.signal).then(() => false)]);
        if (!by.permit.isValid() || by.signal.aborted) return 'over';
        const found = await takeIfNews(by, since);
        if (found) return found;
        if ((await record.read()).who === null) return 'over';
        if (isSeen) return undefined;
      }
    },
  };
};
