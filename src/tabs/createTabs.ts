import type { Lease } from '../../machines/lease.ts';
import type { SessionError } from '../errors/sessionError.ts';
import { warnOfNewer } from '../errors/warnOfNewer.ts';
import type { OwnTokens } from '../record/ownTokens.ts';
import type { RecordStore } from '../record/sessionRecord.ts';
import type { Turns } from '../time/inTurn.ts';
import type { Listeners } from '../time/listeners.ts';
import { type Clock, type Milliseconds, readInstant } from '../time/clock.ts';
import { elapsedMs } from '../time/deadline.ts';
import type { TokenSet, Vault } from '../vault/vault.ts';
import { leaseByRest, leaseByWall, leaseSince, type SharedTokens } from './sharedTokens.ts';
import { messageFrom, messageOf, type TabMessage } from './tabMessage.ts';
import { eventOf, type TabMessageEvent } from './tabMessageEvent.ts';
import type { TabChannel } from './tabSeams.ts';

/** Longest wait for the other tabs: one that lives and runs answers within a few milliseconds. */
const ANSWER_MS: Milliseconds = 300;

/** The same where one of them is known to live, on a machine that may be busy: it has just signed somebody in, or answered late. */
export const SURE_ANSWER_MS: Milliseconds = 3000;

/** Which tokens they are. */
type Counts = Pick<Lease, 'epoch' | 'generation'>;

/** Which tokens are asked for. */
interface AskedTokens extends Counts {
  /** Any of a later generation, which no record shows. @default false: those of this one */
  readonly isLater?: boolean;
}

/** Tokens of another tab. */
export interface FoundTokens {
  readonly tokens: TokenSet;
  readonly lease: Lease;
}

/** What this tab hears from the others. */
interface TabListener {
  /** The record has changed: look at it. */
  onChanged(): void;
  onRenewed(shared: SharedTokens): void;
}

/** The other tabs of the session. */
export interface Tabs {
  /** Whether any of them was ever heard: they may live, or stand still. */
  readonly hasHeard: boolean;
  /** How often they have told that they have a session. */
  told(): number;
  /** Whether one of them has answered that had been given up, and nobody was asked since. */
  readonly isAnsweredLate: boolean;
  /** Which epoch was the last in which they have asked the provider in vain: any script of the origin can say so. */
  lastVain(): Pick<Counts, 'epoch'> | undefined;
  /** Tells them that the provider was asked in vain in this epoch. */
  tellVain(epoch: number): void;
  /** Tells them that the record has changed. */
  tellChanged(): void;
  /** Tells them the tokens at hand, which the record shows as the newest. */
  tellTokens(): void;
  /** Asks them for tokens; `undefined` where nobody answers in time. */
  ask(of: AskedTokens, limitMs?: Milliseconds): Promise<FoundTokens | undefined>;
  /** Hears them from now on, and answers them; returns its stop. */
  listen(listener: TabListener): () => void;
  /** Settles when they have something to tell, or the signal aborts. */
  news(signal: AbortSignal): Promise<void>;
}

/** What the tabs of a session work with. */
export interface TabsDeps {
  readonly channel: TabChannel;
  readonly vault: Pick<Vault, 'permitRenewal' | 'lease'>;
  readonly clock: Clock;
  readonly record: Pick<RecordStore, 'hasLost' | 'hasGiven'>;
  readonly flights: Turns<'renewal'> & {
    readonly spends?: boolean;
    own?: OwnTokens | undefined;
  };
  readonly onWarning: (warning: SessionError) => void;
  /** Who watches the messages. */
  readonly tabMessages?: Pick<Listeners<TabMessageEvent>, 'count' | 'tell'> | undefined;
}

type WithoutVersion<Message> = Message extends unknown ? Omit<Message, 'version'> : never;
type Content = WithoutVersion<TabMessage>;

/** Anybody of the origin can answer anything: beyond some number nobody could count on. */
const MOST_LATER = 1000;

const isAskedFor = (asked: AskedTokens, lease: Counts): boolean => {
  const later = lease.generation - asked.generation;
  return lease.epoch === asked.epoch && (asked.isLater ? later > 0 && later <= MOST_LATER : later === 0);
};

/** A name that nobody else has. Not by `crypto.randomUUID`, which plain http has not. */
export const randomId = (): string => crypto.getRandomValues(new Uint32Array(3)).join('-');

export const createTabs = ({
  channel,
  vault,
  clock,
  record,
  flights,
  onWarning,
  tabMessages,
}: TabsDeps): Tabs => {
  const listeners = new Set<TabListener>();
  const questions = new Map<string, (shared: SharedTokens) => void>();
  const newcomers = new Set<() => void>();
  let close: (() => void) | undefined;
  let users = 0;
  let told = 0;
  let hasHeard = false;
  /** The last question that nobody has answered in time. */
  let unanswered = '';
  let isAnsweredLate = false;
  let lastVain: Pick<Counts, 'epoch'> | undefined;

  /** What others may have of this tab; `after`: whoever seeks what no record shows has the tokens of that generation. */
  const held = (after = Infinity): FoundTokens | undefined => {
    const [tokens, lease] = [vault.permitRenewal().read(), vault.lease()];
    const isOwn = lease?.epoch === flights.own?.epoch && record.hasLost?.();
    const isKept = isOwn && (flights.own?.sharedSince ?? Number.MAX_VALUE) <= after;
    return tokens && lease && !isKept ? { tokens, lease } : undefined;
  };

  const sharedBy = (placed: typeof leaseByWall, { tokens, lease }: FoundTokens): SharedTokens => ({
    tokens,
    lease: placed(lease, readInstant(clock)),
    sharedAtWallMs: clock.wallMs(),
  });

  const show = (direction: TabMessageEvent['direction'], message: TabMessage): void => {
    if (tabMessages?.count()) tabMessages.tell(eventOf(direction, message));
  };

  const post = (content: Content): void => {
    const message = messageOf(content);
    show('sent', message);
    channel.post(message);
  };

  const answer = (asked: AskedTokens & { readonly id: string }, heardAt = readInstant(clock)): void => {
    const { id, generation, isLater } = asked;
    const isWaitedFor = elapsedMs(heardAt, readInstant(clock)) < SURE_ANSWER_MS;
    // No mark shows that it is being spent: whoever took it would spend it as well.
    if (flights.renewal && flights.spends && record.hasLost?.()) {
      if (isLater && isWaitedFor) void flights.renewal.finally(() => answer(asked, heardAt));
      return;
    }
    if (!isWaitedFor) return;
    const isShown = record.hasGiven?.(asked);
    const found = held(isShown ? -Infinity : isLater ? generation : undefined);
    if (!found || !isAskedFor(asked, found.lease)) return;
    // Whoever has got what this tab had by itself renews it from now on.
    if (isShown || isLater) flights.own = undefined;
    post({ type: 'answered', id, shared: sharedBy(leaseByRest, found) });
  };

  const hear = (data: unknown): void => {
    const message = messageFrom(data);
    if (message === undefined) return;
    hasHeard = true;
    if (message === 'newer') {
      warnOfNewer(onWarning);
      // Whether it is true the record shows, whose version is the same.
      for (const { onChanged } of listeners) onChanged();
      return undefined;
    }
    show('received', message);

    if (message.type === 'asked') return answer(message);
    if (message.type === 'vain') {
      lastVain = message;
      return undefined;
    }
    told++;
    if (message.type === 'answered') return questions.get(message.id)?.(message.shared);
    for (const tell of newcomers) tell();
    for (const { onChanged, onRenewed } of listeners)
      if (message.type === 'changed') onChanged();
      else onRenewed(message.shared);
  };

  /** Whoever answers too late lives: this tab looks again, and waits for longer. */
  const hearLate = (id: string): void => {
    questions.delete(unanswered);
    unanswered = id;
    questions.set(id, () => {
      questions.delete(id);
      isAnsweredLate = true;
      for (const { onChanged } of listeners) onChanged();
    });
  };

  /** The channel is open while somebody needs it. */
  const use = (): (() => void) => {
    close ??= channel.listen(hear);
    users++;
    return () => {
      users--;
      if (users > 0) return;
      close?.();
      close = undefined;
    };
  };

  return {
    get hasHeard() {
      return hasHeard;
    },

    get isAnsweredLate() {
      return isAnsweredLate;
    },

    told: () => told,
    lastVain: () => lastVain,
    tellVain: (epoch) => post({ type: 'vain', epoch }),
    tellChanged: () => post({ type: 'changed' }),

    tellTokens() {
      const found = held();
      if (found) post({ type: 'renewed', shared: sharedBy(leaseByWall, found) });
    },

    ask: (asked, limitMs = isAnsweredLate ? SURE_ANSWER_MS : ANSWER_MS) =>
      new Promise((resolve) => {
        const id = randomId();
        const release = use();
        const askedAt = readInstant(clock);
        const end = (found?: FoundTokens): void => {
          clock.clearTimeout(timer);
          questions.delete(id);
          release();
          resolve(found);
        };
        const timer = clock.setTimeout(() => {
          end();
          hearLate(id);
        }, limitMs);
        isAnsweredLate = false;
        questions.set(id, ({ tokens, lease: shared }) => {
          const lease = leaseSince(shared, askedAt);
          if (isAskedFor(asked, lease)) end({ tokens, lease });
        });
        const { epoch, generation, isLater = false } = asked;
        post({ type: 'asked', id, epoch, generation, isLater });
      }),

    listen(listener) {
      const release = use();
      listeners.add(listener);
      return () => {
        if (listeners.delete(listener)) release();
      };
    },

    news: (signal) =>
      new Promise((resolve) => {
        const end = (): void => {
          newcomers.delete(end);
          signal.removeEventListener('abort', end);
          resolve();
        };
        newcomers.add(end);
        signal.addEventListener('abort', end, { once: true });
      }),
  };
};
