import type { IssuedRefresh } from '../../model/mint.ts';
import type { Life } from '../life.ts';
import type { SessionRecord } from '../subject.ts';
import type { Counts } from './lies.ts';

/** One refresh grant, from its hand-off to its answer, error or time-out at the client. */
export interface Flight {
  readonly life: Life;
  readonly sent: IssuedRefresh;
  /** The client waits for it no more. */
  end(): void;
}

interface Way extends Flight {
  isOver: boolean;
  readonly isUnaware: boolean;
  readonly isDeceived: boolean;
  readonly interruptions: number;
  issued: IssuedRefresh | undefined;
}

/** Tokens that have reached a tab. */
interface Arrival {
  readonly life: Life;
  readonly isUnaware: boolean;
  readonly issued: IssuedRefresh;
  readonly interruptions: number;
  isGivenUp?: boolean;
}

/** Tokens that the record has shown as the newest. */
interface Commit {
  readonly life: Life;
  readonly epoch: number;
  readonly generation: number;
  /** `undefined` until its tab shows them a moment later. */
  issued: IssuedRefresh | undefined;
}

export interface SpendingWatch {
  /** What the vault of a document holds. */
  heldBy(life: Life): { epoch: number; generation: number; issued: IssuedRefresh | undefined } | undefined;
  /** It signs in and renews for itself: its record does not work. */
  isByItself(life: Life): boolean;
  /**
   * Whether it is so, others find its tokens in a storage, and it has heard of no other tab or has signed in to them by itself.
   * The design promises nothing then:
   * without IndexedDB the library works in one tab.
   */
  isUnaware(life: Life): boolean;
  /** Whether another script of the origin has made it believe that this token is of that generation. */
  isDeceived(life: Life, sent: IssuedRefresh, of: Counts): boolean;
  /** More than one generation can have one refresh token: what a tab has committed and not shown may be that. */
  readonly isKept: boolean;
  violate(what: string): void;
  met(what: string): void;
}

/** Invariant 2, over all tabs: one refresh grant at a time, no older token, and no reuse but where the protocol allows it. */
export const createSpending = ({
  violate,
  met,
  heldBy,
  isByItself,
  isUnaware,
  isDeceived,
  isKept,
}: SpendingWatch) => {
  const ways: Way[] = [];
  const arrivals: Arrival[] = [];
  let commits: Commit[] = [];
  /**
   * Epochs that were put back, because the sign-in of another user over them was given up within a moment. Tabs that have read of
   * that user have ended them, and given up what they had renewed.
   */
  const putBack = new Set<number>();
  /** How many commits a tab knew of when it marked the record, and what it has marked. */
  const marked = new Map<Life, Counts & { readonly commits: number }>();

  const isWhole = ({ life, interruptions }: { life: Life; interruptions: number }): boolean =>
    life.isAlive && life.interruptions === interruptions;

  /** What a tab has signed in to by itself is another session. */
  const isApart = (way: Way, other: Way): boolean =>
    way.sent.family === other.sent.family
      ? way.life !== other.life && (way.isUnaware || other.isUnaware)
      : isByItself(way.life) || isByItself(other.life);

  const checkAlone = (way: Way): void => {
    for (const other of ways)
      if (!other.isOver && (other.life === way.life || isWhole(other)) && !isApart(way, other))
        violate(`2: two refresh grants in flight, of ${other.life.id} and of ${way.life.id}`);
  };

  const identify = (): void => {
    for (const commit of commits) {
      if (commit.issued || !commit.life.isAlive) continue;
      const held = heldBy(commit.life);
      if (held?.epoch === commit.epoch && held.generation === commit.generation) commit.issued = held.issued;
    }
  };

  /** Whether the record has shown these tokens; those that were put there a moment ago nobody knows yet. */
  const isCommitted = ({ issued, life }: Arrival): boolean => {
    const last = commits.at(-1);
    const isJustPut = last?.issued === undefined && last?.life === life;
    return isJustPut || commits.some((commit) => commit.issued === issued);
  };

  /** Whether the tab that got them can still make them known: not once it was interrupted, or its record has failed. */
  const isToBeKnown = (one: Arrival): boolean => isWhole(one) && !isByItself(one.life) && !one.isGivenUp;

  const checkNewest = ({ life, sent, isUnaware: isBlind }: Way): void => {
    // More than one generation can have the same one: a backend can send an access token along, and nothing else.
    const at = commits.findLastIndex(({ issued }) => issued === sent);
    const known = commits.slice(0, marked.get(life)?.commits ?? commits.length);
    const later = at === -1 ? [] : known.slice(at + 1);
    const newer = later.filter(({ issued }) => issued !== undefined || !isKept);
    // By itself it has read of no sign-in that came after its own.
    const isOlder = newer.some(({ issued }) => !isByItself(life) || issued?.family === sent.family);
    if (isOlder && !isBlind) violate(`2: an older refresh token was sent by ${life.id}`);
    const isAnnulled = arrivals.some(
      (one) =>
        one.issued.family === sent.family &&
        one.issued.serial > sent.serial &&
        (one.life === life || (!isCommitted(one) && isToBeKnown(one) && !one.isUnaware && !isBlind)),
    );
    if (isAnnulled) violate(`2: a newer refresh token has arrived, and ${life.id} sent an older one`);
  };

  /** What had to become of it, for the token that it spent to be sent once more. */
  const isUnheard = (way: Way): boolean => {
    const arrival = arrivals.find(({ issued }) => issued === way.issued);
    if (!arrival) return way.isOver || !isWhole(way);
    return !isCommitted(arrival) && !isToBeKnown(arrival);
  };

  return {
    isPutBack: (epoch: number): boolean => putBack.has(epoch),
    /** What must be noted whenever nothing runs: a tab can be gone before anything is sent. */
    look: identify,
    /** Whether these are, as far as anybody knows, tokens that this tab has put into the record. */
    isCommittedBy(life: Life, of: Partial<Counts> = {}): boolean {
      const isIt = ({ epoch, generation }: Commit): boolean =>
        epoch === of.epoch && generation === of.generation;
      return (commits.findLast(isIt)?.life ?? life) === life;
    },
    begin(life: Life, sent: IssuedRefresh): Flight {
      const way: Way = {
        life,
        sent,
        interruptions: life.interruptions,
        isOver: false,
        isUnaware: isUnaware(life),
        isDeceived: marked.has(life) && isDeceived(life, sent, marked.get(life)!),
        issued: undefined,
        end: () => void (way.isOver = true),
      };
      identify();
      checkAlone(way);
      if (way.isDeceived) met('old tokens believed to be the newest');
      else checkNewest(way);
      if (ways.some((one) => one.sent === sent)) met('a refresh token sent again');
      ways.push(way);
      return way;
    },
    /** The provider has spent the token that was sent. */
    rotated: (flight: Flight, issued: IssuedRefresh): void => void ((flight as Way).issued = issued),
    /** The provider has seen a spent token, and ends the session. */
    reused(sent: IssuedRefresh, flight: Flight): void {
      const by = flight as Way;
      met('reuse at the provider');
      const before = ways.find((one) => one.sent === sent && one.issued !== undefined);
      const isLate = by.isOver || !isWhole(by);
      if (before && !isLate && !by.isDeceived && !isUnheard(before) && !isApart(by, before))
        violate(`2: ${by.life.id} spent a token for the second time, after ${before.life.id}`);
    },
    arrived(life: Life, issued: IssuedRefresh, flight: Flight | undefined): void {
      flight?.end();
      const { isUnaware: wasUnaware = isUnaware(life) } = (flight ?? {}) as Partial<Way>;
      arrivals.push({ life, issued, isUnaware: wasUnaware, interruptions: life.interruptions });
    },
    onWrite(life: Life, before: SessionRecord, after: SessionRecord): void {
      identify();
      const { epoch, generation } = after;
      if (after.mark !== null && after.mark !== before.mark)
        marked.set(life, { epoch, generation, commits: commits.length });
      const indexOf = (one: SessionRecord): number =>
        commits.findLastIndex((commit) => commit.epoch === one.epoch && commit.generation === one.generation);
      // A sign-in that was given up between its record and its vault is taken back.
      const isTakenBack = before.epoch > 0 && indexOf(before) === commits.length - 1;
      if (indexOf(after) !== -1 && isTakenBack) {
        commits = commits.slice(0, indexOf(after) + 1);
        if (before.epoch === epoch) return;
        putBack.add(epoch);
        for (const one of arrivals) one.isGivenUp ||= one.life !== life;
      } else if (after.who !== null && indexOf(after) === -1)
        commits.push({ life, epoch, generation, issued: undefined });
    },
    /** Site data were cleared: who writes the record anew may not know the newest, and nobody can tell. */
    onLost(): void {
      commits = [];
      arrivals.length = 0;
    },
    onDied(life: Life): void {
      for (const way of ways) if (way.life === life) way.isOver = true;
    },
  };
};

export type Spending = ReturnType<typeof createSpending>;
