import type { Lease } from '../../../machines/lease.ts';
import type { Page } from '../../page/page.ts';
import type { SessionRecord } from '../../record/sessionRecord.ts';
import { type FoundTokens, SURE_ANSWER_MS, type Tabs } from '../../tabs/createTabs.ts';
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
  /** Its tokens, where the record has changed since; takes nothing up, and so takes no turn. */
  findIfNews(since: SessionRecord): Promise<FoundTokens | undefined>;
  /** Takes up what was found, and renews it where it has expired. */
  takeUp(by: Attempt, found: FoundTokens): Promise<Lease | undefined>;
  /** Waits until the page can be seen, or another tab has signed somebody in; `over`: nobody is signed in any more. */
  untilSeen(by: Attempt, since: SessionRecord, page: Page): Promise<Lease | 'over' | undefined>;
}

export const createElsewhere = (
  { record, clock }: Pick<GrantDeps, 'record' | 'clock'>,
  tabs: Pick<Tabs, 'ask' | 'news'>,
  inTabTurn: InTabTurn,
  takeUpKept: TakeUp,
): Elsewhere => {
  const find = async (known: SessionRecord, limitMs?: Milliseconds): Promise<FoundTokens | undefined> =>
    known.who === null ? undefined : tabs.ask(known, limitMs);

  const findIfNews: Elsewhere['findIfNews'] = async (since) => {
    const known = await record.read();
    const isNews = known.epoch !== since.epoch || known.generation !== since.generation;
    return isNews ? find(known, SURE_ANSWER_MS) : undefined;
  };

  const takeUp: Elsewhere['takeUp'] = async (by, found) =>
    by.permit.isValid()
      ? takeUpKept(by, { ...found, savedAtWallMs: clock.wallMs(), isDated: true })
      : undefined;

  return {
    inTabTurn,
    findIfNews,
    takeUp,
    async take(by, known) {
      const found = await find(known);
      return found && takeUp(by, found);
    },
    async untilSeen(by, since, page) {
      const seen = page.whenVisible(by.signal).then(() => true);
      for (;;) {
        const isSeen = await Promise.race([seen, tabs.news(by.signal).then(() => false)]);
        if (!by.permit.isValid() || by.signal.aborted) return 'over';
        const found = await findIfNews(since);
        const taken = found && (await takeUp(by, found));
        if (taken) return taken;
        if ((await record.read()).who === null) return 'over';
        if (isSeen) return undefined;
      }
    },
  };
};
