import { SessionError } from '../../errors/sessionError.ts';
import { isSame, type RecordStore, type SessionRecord } from '../../record/sessionRecord.ts';
import type { TabLock } from '../../tabs/tabSeams.ts';
import { type Clock, type Milliseconds, readInstant } from '../../time/clock.ts';
import { elapsedMs } from '../../time/deadline.ts';
import { settleWithin } from '../../time/settleWithin.ts';
import { MARK_LIFE_MS, REFUSED } from './marks.ts';

/** How much longer than a token request a tab may hold the lock without a sign of life. */
const PATIENCE_MS: Milliseconds = 5000;

/** What the turns of the tabs work with. */
export interface TurnsDeps {
  readonly lock: TabLock;
  readonly record: RecordStore;
  readonly clock: Clock;
  /** Longest wait for a token request. */
  readonly tokenTimeout: Milliseconds;
  /** A new mark of this tab. */
  newMark(): string;
  readonly onWarning: (warning: SessionError) => void;
}

/** One turn of this tab. */
export interface TabTurn {
  /** The lock was taken from a tab that does not move, and which may have sent what it wanted to send. */
  readonly isStolen: boolean;
  /** Another tab has taken the lock from this one, which did not move. */
  isLost(): boolean;
  /** It began without the lock, in a page whose record had failed, and that works again: there are others to wait for. */
  isVoid?(): boolean;
}

/** Runs `work` while no other tab does. */
export type InTabTurn = <T>(work: (turn: TabTurn) => Promise<T>) => Promise<T>;

const turnOf = (isStolen: boolean, lost: AbortSignal): TabTurn => ({ isStolen, isLost: () => lost.aborted });

export const createInTabTurn = (deps: TurnsDeps): InTabTurn => {
  const { lock, record, clock, tokenTimeout, newMark, onWarning } = deps;

  const warn = (cause: unknown): void => {
    onWarning(
      new SessionError('tabs_unavailable', 'Web Locks fail here: tabs do not wait for each other', { cause }),
    );
  };

  /** The mark becomes ours if nothing has changed: whoever else has lost patience sees that somebody goes on. */
  const takeOver = async (before: SessionRecord): Promise<boolean> => {
    let isOurs = false;
    await record.update((known) => {
      isOurs = isSame(before, known);
      return isOurs && known.mark !== REFUSED ? { ...known, mark: newMark() } : known;
    });
    return isOurs;
  };

  const inTurn: InTabTurn = async (work) => {
    const before = await record.read();
    const alone: TabTurn = { isStolen: false, isLost: () => false };
    // Whoever does not see the others move must not lose patience with them; what they may spend it leaves to them.
    if (record.hasLost?.()) return work({ ...alone, isVoid: () => !record.hasLost!() });
    const waiting = new AbortController();
    let hasBegun = false;
    let begin: (() => void) | undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const done = lock.hold(
      (lost) => {
        hasBegun = true;
        begin?.();
        return work(turnOf(false, lost));
      },
      { signal: waiting.signal },
    );
    const limitMs = tokenTimeout + PATIENCE_MS;
    const failed = await settleWithin(clock, limitMs, Promise.race([begun, done])).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (hasBegun) return done;
    waiting.abort();
    if (Object(failed).name !== 'TimeoutError') {
      // An opaque origin, say. The mark still keeps tabs from spending one token twice, but not at once.
      warn(failed);
      return work(alone);
    }
    const beganAt = readInstant(clock);
    const isOurs = await takeOver(before);
    // This tab may have been frozen since, and another one may have lost its patience.
    const isLate = elapsedMs(beganAt, readInstant(clock)) >= MARK_LIFE_MS;
    return isOurs && !isLate && !record.hasLost?.()
      ? lock.hold((lost) => work(turnOf(true, lost)), { steal: true })
      : inTurn(work);
  };
  return inTurn;
};
