import type { Lease } from '../../machines/lease.ts';
import type { SessionFact } from '../../machines/sessionEvents.ts';
import { requireType } from '../errors/requireType.ts';
import { createListeners } from './listeners.ts';
import type { Session } from './session.ts';

/** What the app is told of, over all starts and stops of a session. */
export interface Facts extends Pick<Session<unknown>, 'on'> {
  /** `lease`: what the machine knew when it told: the vault may be ahead of it. */
  tell(fact: SessionFact, lease: Lease | null): void;
  /** Who is signed in is known: whoever was told of somebody hears that they are gone, if a stop came between. */
  settle(lease: Lease | null): void;
}

/** What a fact is to an app that was told of these tokens before: each start of a machine finds somebody signed in. */
const newsOf = (fact: SessionFact, told: Lease | null, lease: Lease | null): SessionFact | undefined => {
  if (fact.type !== 'signedIn' || told?.epoch !== lease?.epoch) return fact;
  return told?.generation === lease?.generation ? undefined : { type: 'renewed' };
};

export const createFacts = (): Facts => {
  const { add, tell } = createListeners<SessionFact>();
  let told: Lease | null = null;
  const facts: Facts = {
    on(type, listener) {
      requireType('function', listener);
      return add((fact) => (type === '*' || fact.type === type) && listener(fact as never));
    },
    tell(fact, lease) {
      const news = newsOf(fact, told, lease);
      const isEnd = fact.type === 'signedOut' || fact.type === 'expired';
      told = isEnd ? null : (lease ?? told);
      if (news) tell(news);
    },
    settle(lease) {
      if (told && !lease) facts.tell({ type: 'signedOut' }, null);
    },
  };
  return facts;
};
