import type { SessionFact } from '../../machines/sessionEvents.ts';
import type { Vault } from '../vault/vault.ts';
import { createListeners } from './listeners.ts';
import type { Session } from './session.ts';

/** What the app is told of, over all starts and stops of a session. */
export interface Facts extends Pick<Session<unknown>, 'on'> {
  tell(fact: SessionFact): void;
}

/** What a fact is to an app that was told of these tokens before: each start of a machine finds somebody signed in. */
const newsOf = (fact: SessionFact, told: Vault['lease'], lease: Vault['lease']): SessionFact | undefined => {
  if (fact.type !== 'signedIn' || told?.epoch !== lease?.epoch) return fact;
  return told?.generation === lease?.generation ? undefined : { type: 'renewed' };
};

export const createFacts = (vault: Pick<Vault, 'lease'>): Facts => {
  const { add, tell } = createListeners<SessionFact>();
  let told: Vault['lease'];
  return {
    on: (type, listener) => add((fact) => (type === '*' || fact.type === type) && listener(fact as never)),
    tell(fact) {
      const news = newsOf(fact, told, vault.lease);
      told = vault.lease ?? told;
      if (news) tell(news);
    },
  };
};
