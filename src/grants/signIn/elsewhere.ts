import type { Lease } from '../../../machines/lease.ts';
import { sameTokens } from '../../../machines/sameTokens.ts';
import { cancelled } from '../../errors/cancelled.ts';
import type { Page } from '../../page/page.ts';
import type { SessionRecord } from '../../record/sessionRecord.ts';
import { type FoundTokens, SURE_ANSWER_MS, type Tabs } from '../../tabs/createTabs.ts';
import type { GrantDeps } from '../grantDeps.ts';
import type { InTabTurn } from '../tabs/turns.ts';
import type { Attempt } from './attempt.ts';
import type { TakeUp } from './takeUp.ts';

/** What a page without a session can have from the other tabs. */
export interface Elsewhere {
  /**
   * Asks the provider in a turn, unless there is something to find by then, or another tab has asked in vain while this one
   * waited for its turn.
   */
  askOnce<Found>(
    by: Attempt,
    epoch: number,
    find: () => Promise<Found | undefined>,
    ask: () => Promise<Found>,
  ): Promise<Found>;
  /** The session that the record shows, if a tab that has it lives. */
  take(by: Attempt, known: SessionRecord): Promise<Lease | undefined>;
  /** Its tokens, where the record has changed since; takes nothing up, and so takes no turn. Fails where nobody is signed in. */
  findIfNews(since: SessionRecord): Promise<FoundTokens | undefined>;
  /** Takes up what was found, and renews it where it has expired. */
  takeUp(by: Attempt, found: FoundTokens): Promise<Lease | undefined>;
  /**
   * Waits until the page can be seen, or another tab has signed somebody in. Where somebody was signed in it fails once nobody
   * is; a sign-in that the app requires goes on waiting.
   */
  untilSeen(by: Attempt, since: SessionRecord, page: Page, isRequired?: boolean): Promise<Lease | undefined>;
}

export const createElsewhere = (
  { record, clock }: Pick<GrantDeps, 'record' | 'clock'>,
  tabs: Pick<Tabs, 'ask' | 'news' | 'lastVain' | 'tellVain'>,
  inTabTurn: InTabTurn,
  takeUpKept: TakeUp,
): Elsewhere => {
  const findIfNews: Elsewhere['findIfNews'] = async (since) => {
    const known = await record.read();
    if (known.who === null || known.silentFails) throw cancelled();
    return sameTokens(known, since) ? undefined : tabs.ask(known, SURE_ANSWER_MS);
  };

  /** Whoever is signed in by now. */
  const findAny = async (since: SessionRecord): Promise<FoundTokens | undefined> => {
    const known = await record.read();
    if (known.who === null || known.silentFails) return undefined;
    return tabs.ask(known, sameTokens(known, since) ? undefined : SURE_ANSWER_MS);
  };

  const takeUp: Elsewhere['takeUp'] = async (by, found) =>
    by.permit.isValid()
      ? takeUpKept(by, { ...found, savedAtWallMs: clock.wallMs(), isDated: true })
      : undefined;

  return {
    askOnce(by, epoch, find, ask) {
      const before = tabs.lastVain();
      return inTabTurn(async () => {
        const found = await find();
        if (found) return found;
        const said = tabs.lastVain();
        const isInVain = said !== before && said?.epoch === epoch;
        if (isInVain || !by.permit.isValid()) throw cancelled();
        return ask().catch((thrown: unknown) => {
          // Ahead of the next turn, for whoever waits for it.
          if (by.permit.isValid()) tabs.tellVain(epoch);
          throw thrown;
        });
      });
    },
    findIfNews,
    takeUp,
    async take(by, known) {
      const found = known.who === null ? undefined : await tabs.ask(known);
      return found && takeUp(by, found);
    },
    async untilSeen(by, since, page, isRequired = false) {
      const seen = page.whenVisible(by.signal).then(() => true);
      for (;;) {
        const isSeen = await Promise.race([seen, tabs.news(by.signal).then(() => false)]);
        if (!by.permit.isValid() || by.signal.aborted) throw cancelled();
        const found = await (isRequired ? findAny : findIfNews)(since);
        const taken = found && (await takeUp(by, found));
        if (taken || isSeen) return taken;
      }
    },
  };
};
