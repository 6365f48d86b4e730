import type { Session, SessionFact } from 'token-vigil';
import { clockTime } from './format.ts';
import { enter } from './journal.ts';
import { stateText } from './stateName.ts';

/** Writes down what the session tells. */
export function journalFacts(session: Session<unknown>): void {
  session.on('*', (fact) => enterFact(session, fact));
}

function enterFact(session: Session<unknown>, fact: SessionFact): void {
  const snapshot = session.actor.getSnapshot();
  enter({
    what: fact.type,
    state: stateText(snapshot),
    result: detailOf(fact),
    tone: fact.type === 'expired' || fact.type === 'renewalFailed' ? 'bad' : 'plain',
    generation: snapshot.context.lease?.generation,
    isFact: true,
  });
}

function detailOf(fact: SessionFact): string {
  if (fact.type === 'expired') return fact.reason;
  if (fact.type === 'renewalFailed')
    return [fact.failure.code, fact.failure.status].filter(Boolean).join(' ');
  if ('deadline' in fact) return `ends at ${clockTime(fact.deadline.wallMs)}`;
  return '';
}
