import type { Session, SessionFact } from 'token-vigil';

/** How often the session has told each fact. */
export interface Facts {
  count(type: SessionFact['type']): number;
}

/** Counts what the session tells, and passes it on in words. */
export function followFacts(session: Session<unknown>, note: (line: string) => void): Facts {
  const counts = new Map<string, number>();
  const count = (type: string) => counts.get(type) ?? 0;

  session.on('*', (fact) => {
    counts.set(fact.type, count(fact.type) + 1);
    note(wordsFor(fact, session));
  });
  return { count };
}

function wordsFor(fact: SessionFact, session: Session<unknown>): string {
  if (fact.type === 'renewed')
    return `renewed: token ${session.actor.getSnapshot().context.lease?.generation}`;
  if (fact.type === 'renewalFailed') return `renewal failed: ${fact.failure.code} (${fact.failure.status})`;
  if (fact.type === 'warned') return `warned: the session ends in ${secondsUntil(fact.deadline.wallMs)} s`;
  if (fact.type === 'expired') return `expired: ${fact.reason}`;
  return fact.type;
}

const secondsUntil = (wallMs: number): string => ((wallMs - Date.now()) / 1000).toFixed(0);
