import { requireType } from '../errors/requireType.ts';
import { runAppCode } from '../errors/runAppCode.ts';
import type { SessionFact } from '../../machines/sessionEvents.ts';
import type { Session, Stop } from '../session/session.ts';
import { type Clock, type Instant, readInstant, systemClock } from '../time/clock.ts';
import { createDeriveNews } from './deriveNews.ts';
import type { InspectEntry, InspectNews } from './inspectEntry.ts';
import { type Backlog, createBacklog, type Recorded } from './backlog.ts';
import { watchMachine } from './watchMachine.ts';
import { factWithoutSecrets } from './withoutSecrets.ts';

/** How a session is inspected. */
export interface InspectOptions {
  /** The clock of the session. @default the one of a fake session, else the clocks of the platform */
  readonly clock?: Clock;
  /** How many entries are kept; beyond that the oldest ones go. @default 20_000 */
  readonly limit?: number;
}

/** What is seen of a session, from the moment when it was called. */
export interface Inspection extends Recorded {
  /** Receives what has come since the last call, in a task of its own. What it throws is reported, and ends nothing. */
  subscribe(listener: (entries: readonly InspectEntry[]) => void): Stop;
  /** Detaches it from the session; what was seen is kept. */
  stop(): void;
}

const defaults = { limit: 20_000 };

const clockOf = (session: Session<unknown>): Clock =>
  (session as { readonly clock?: Clock }).clock ?? systemClock;

/** Tells listeners in a task of their own: a slow one holds up neither the machine nor a request. */
const createDelivery = (backlog: Backlog) => {
  const listeners = new Set<(entries: readonly InspectEntry[]) => void>();
  let pending: InspectEntry[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const deliver = (): void => {
    timer = undefined;
    const batch = pending;
    pending = [];
    for (const listener of listeners) runAppCode(() => listener(batch));
  };

  return {
    push(entry: InspectEntry): void {
      backlog.push(entry);
      if (listeners.size === 0) return;
      pending.push(entry);
      timer ??= setTimeout(deliver);
    },
    subscribe(listener: (entries: readonly InspectEntry[]) => void): Stop {
      requireType('function', listener, 'The listener');
      const own = (entries: readonly InspectEntry[]): void => listener(entries);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    /** Whatever has come is told at once. */
    flush(): void {
      if (timer === undefined) return;
      clearTimeout(timer);
      deliver();
    },
  };
};

/**
 * One stream of all that happens in a session: each event and edge of its machine, facts, renewals, deadlines, presence and
 * requests. It holds no token, no user and no query of an address. An app that does not import it pays nothing for it.
 *
 * @example
 * const inspection = inspectSession(session);
 * inspection.subscribe((entries) => console.table(entries));
 */
export const inspectSession = (session: Session<unknown>, options: InspectOptions = {}): Inspection => {
  const { clock = clockOf(session), limit = defaults.limit } = options;
  const backlog = createBacklog(limit);
  const delivery = createDelivery(backlog);
  const derive = createDeriveNews();
  let number = 0;

  const tell = (news: InspectNews, at: Instant): void => delivery.push({ number: ++number, at, ...news });
  const tellNow = (news: InspectNews): void => tell(news, readInstant(clock));

  /** Told while the machine handles an event, of which the stream tells first. */
  const consequences: InspectNews[] = [];
  const machine = watchMachine(session, (news, before, after) => {
    const at = after?.context.now ?? readInstant(clock);
    const event = news.kind === 'step' ? news.event : undefined;
    for (const each of [news, ...derive(event, before, after), ...consequences.splice(0)]) tell(each, at);
  });
  const tellFact = (fact: SessionFact): void => {
    const news: InspectNews = { kind: 'fact', fact: factWithoutSecrets(fact) };
    if (machine.isStepping()) consequences.push(news);
    else tellNow(news);
  };
  const stops = [
    machine.stop,
    session.on('*', tellFact),
    session.onRequest((request) => tellNow({ kind: 'request', request })),
  ];

  return {
    get base() {
      return backlog.base;
    },
    get entries() {
      return backlog.entries;
    },
    subscribe: delivery.subscribe,
    stop() {
      stops.splice(0).forEach((stop) => stop());
      delivery.flush();
    },
  };
};
