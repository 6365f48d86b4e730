import { requireType } from '../errors/requireType.ts';
import { runAppCode } from '../errors/runAppCode.ts';
import { SessionError } from '../errors/sessionError.ts';
import type { Session } from '../session/session.ts';
import type { Stop } from '../time/stop.ts';
import { type Clock, type Instant, readInstant } from '../time/clock.ts';
import { clockOf } from './clockOf.ts';
import { createDeriveNews } from './deriveNews.ts';
import type { InspectEntry, InspectNews } from './inspectEntry.ts';
import { type Backlog, createBacklog, type Recorded } from './backlog.ts';
import { watchMachine } from './watchMachine.ts';
import {
  factWithoutSecrets,
  instantWithoutSecrets,
  requestWithoutSecrets,
  tabMessageWithoutSecrets,
} from './withoutSecrets.ts';

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

/** Tells listeners in a task of their own: a slow one holds up neither the machine nor a request. */
const createDelivery = (backlog: Backlog) => {
  type Listener = (entries: readonly InspectEntry[]) => void;
  /** With the number of the last entry that each does not need any more. */
  const listeners = new Map<Listener, number>();
  let last = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Out of what is kept: nothing is kept twice, and of what is too much for the limit nobody hears. */
  const deliver = (): void => {
    timer = undefined;
    for (const [listener, heard] of Array.from(listeners)) {
      if (!listeners.has(listener) || heard === last) continue;
      const news = backlog.after(heard);
      listeners.set(listener, last);
      runAppCode(() => listener(news));
    }
  };

  return {
    push(entry: InspectEntry): void {
      backlog.push(entry);
      last = entry.number;
      if (listeners.size > 0) timer ??= setTimeout(deliver);
    },
    subscribe(listener: Listener): Stop {
      requireType('function', listener, 'The listener');
      const own: Listener = (entries) => listener(entries);
      listeners.set(own, last);
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

/** As far as it is used here; a view of it, or something of another copy, is none. */
const requireSession = (session: Session<unknown>): void => {
  const { inspect, on, onRequest, onTabMessage } = requireType('object', session, 'The session');
  for (const method of [inspect, on, onRequest, onTabMessage]) requireType('function', method, 'The session');
};

const requireLimit = (limit: number): number => {
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new SessionError('option_invalid', 'inspectSession: `limit` must be a whole number of at least 1');
};

/**
 * One stream of all that happens in a session: each event and edge of its machine, facts, renewals, deadlines, presence,
 * requests and messages between tabs. It holds no token, no user and no query of an address. An app that does not import it pays nothing for it.
 *
 * @throws {SessionError} `option_invalid`: it is no session, or an option is wrong
 * @example
 * const inspection = inspectSession(session);
 * inspection.subscribe((entries) => console.table(entries));
 */
export const inspectSession = (session: Session<unknown>, options: InspectOptions = {}): Inspection => {
  requireSession(session);
  const { clock = clockOf(session), limit = defaults.limit } = requireType('object', options, 'The options');
  requireType('function', clock.wallMs, 'The clock');
  const backlog = createBacklog(requireLimit(limit));
  const delivery = createDelivery(backlog);
  const derive = createDeriveNews();
  let number = 0;

  const tell = (news: InspectNews, at: Instant): void =>
    delivery.push({ number: ++number, at: instantWithoutSecrets(at), ...news });

  /** Told while the machine handles an event, of which the stream tells first. */
  const consequences: InspectNews[] = [];
  const machine = watchMachine(session, (news, before, after) => {
    const event = news.kind === 'step' ? news.event : undefined;
    const at = (event && after?.context.now) ?? readInstant(clock);
    for (const each of [news, ...derive(event, before, after, at), ...consequences.splice(0)]) tell(each, at);
  });
  const tellNow = (news: InspectNews): void => {
    if (machine.isStepping()) consequences.push(news);
    else tell(news, readInstant(clock));
  };
  const stops = [
    machine.stop,
    session.on('*', (fact) => tellNow({ kind: 'fact', fact: factWithoutSecrets(fact) })),
    session.onRequest((request) => tellNow({ kind: 'request', request: requestWithoutSecrets(request) })),
    session.onTabMessage((message) => tellNow({ kind: 'tab', message: tabMessageWithoutSecrets(message) })),
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
