import type { Lease } from '../../machines/lease.ts';
import type { SessionContext } from '../../machines/sessionContext.ts';
import type { SessionFact } from '../../machines/sessionEvents.ts';
import { requireType } from '../errors/requireType.ts';
import { createListeners } from '../time/listeners.ts';
import type { Session } from './session.ts';

/** What the app is told of, over all starts and stops of a session. */
export interface Facts extends Pick<Session<unknown>, 'on'> {
  /** `lease`: what the machine knew when it told: the vault may be ahead of it. */
  tell(fact: SessionFact, lease: Lease | null): void;
  /** Who is signed in is known: if a stop came between, the app hears that they are gone, or are back. */
  settle(known: Pick<SessionContext, 'lease' | 'away'>): void;
}

/** What the facts say of the user's being away. */
const AWAY: { readonly [Type in SessionFact['type']]?: boolean } = {
  idled: true,
  resumed: false,
  signedIn: false,
  signedOut: false,
  expired: false,
};

/** What a fact is to an app that was told of these tokens before: each start of a machine finds somebody signed in. */
const newsOf = (fact: SessionFact, told: Lease | null, lease: Lease | null): SessionFact | undefined => {
  if (fact.type !== 'signedIn' || told?.epoch !== lease?.epoch) return fact;
  return told?.generation === lease?.generation ? undefined : { type: 'renewed' };
};

export const createFacts = (): Facts => {
  const { add, tell } = createListeners<SessionFact>();
  let told: Lease | null = null;
  let wasAway = false;
  const facts: Facts = {
    on(type, listener) {
      requireType('function', listener);
      return add((fact) => (type === '*' || fact.type === type) && listener(fact as never));
    },
    tell(fact, lease) {
      const news = newsOf(fact, told, lease);
      const isEnd = fact.type === 'signedOut' || fact.type === 'expired';
      told = isEnd ? null : (lease ?? told);
      if (!news || (news.type === 'idled' && wasAway)) return;
      wasAway = AWAY[news.type] ?? wasAway;
      tell(news);
    },
    settle({ lease, away }) {
      if (told && !lease) facts.tell({ type: 'signedOut' }, null);
      if (wasAway && !away) facts.tell({ type: 'resumed' }, lease);
    },
  };
  return facts;
};
