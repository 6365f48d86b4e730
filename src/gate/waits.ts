import { createAlarm } from '../time/alarm.ts';
import { type Clock, type Milliseconds, readInstant } from '../time/clock.ts';
import { type Deadline, deadlineAfter, remainingMs } from '../time/deadline.ts';
import type { GateDoor } from './gateDoor.ts';

/** A call that waits for a verdict. */
export interface Wait<Verdict> {
  readonly signal: AbortSignal | null | undefined;
  /** The verdict, or `undefined` while there is none. Must not settle anything itself. */
  judge(): Verdict | undefined;
  /** Ends the wait with a verdict, in the turn in which it was reached. */
  settle(verdict: Verdict): void;
  /** Ends the wait with the caller's abort reason. */
  abort(reason: unknown): void;
}

/** Everything that waits at the gate, on one subscription and one timer. */
export interface Waits<Verdict> {
  /** Judges at once, then at each change, until the verdict, the abort or the deadline. */
  join(wait: Wait<Verdict>): void;
  /** Ends every wait, each with a verdict of its own. */
  endAll(verdict: () => Verdict): void;
}

/** What waits are made of. */
export interface WaitsParts<Verdict> {
  readonly clock: Clock;
  readonly door: Pick<GateDoor, 'subscribe'>;
  /** Longest wait. */
  readonly waitMs: Milliseconds;
  /** The verdict on a wait that reached its deadline. */
  timedOut(): Verdict;
}

/** Nobody waits yet. */
export const createWaits = <Verdict>({
  clock,
  door,
  waitMs,
  timedOut,
}: WaitsParts<Verdict>): Waits<Verdict> => {
  interface Entry {
    readonly wait: Wait<Verdict>;
    readonly deadline: Deadline;
    readonly onAbort: () => void;
  }

  // In order of joining, which is that of the deadlines.
  const entries = new Set<Entry>();
  let unsubscribe: (() => void) | undefined;

  const armForFirst = (): void => {
    const [first] = entries;
    alarm.set(first ? first.deadline : null);
  };

  const enter = (entry: Entry): void => {
    entries.add(entry);
    entry.wait.signal?.addEventListener('abort', entry.onAbort);
    if (entries.size > 1) return;
    unsubscribe = door.subscribe(judgeAll);
    armForFirst();
  };

  const leave = (entry: Entry): void => {
    entries.delete(entry);
    entry.wait.signal?.removeEventListener('abort', entry.onAbort);
    if (entries.size > 0) return;
    unsubscribe?.();
    alarm.set(null);
  };

  const abort = (entry: Entry): void => {
    leave(entry);
    entry.wait.abort(entry.wait.signal?.reason);
  };

  const end = (entry: Entry, verdict: Verdict): void => {
    leave(entry);
    entry.wait.settle(verdict);
  };

  const judge = (entry: Entry): void => {
    const verdict = entry.wait.judge();
    // Judging can ask for a renewal, and the answer to that can have ended the wait already.
    if (verdict !== undefined && entries.has(entry)) end(entry, verdict);
  };

  const judgeAll = (): void => {
    for (const entry of entries) judge(entry);
  };

  const endOverdue = (): void => {
    const now = readInstant(clock);
    for (const entry of entries) {
      if (remainingMs(entry.deadline, now) <= 0) end(entry, timedOut());
    }
    armForFirst();
  };

  const alarm = createAlarm(clock, endOverdue);

  return {
    join(wait) {
      if (wait.signal?.aborted) return wait.abort(wait.signal.reason);
      const entry: Entry = {
        wait,
        deadline: deadlineAfter(readInstant(clock), waitMs),
        onAbort: () => abort(entry),
      };
      // Entered before it is judged: a change during the judging must find it.
      enter(entry);
      return judge(entry);
    },
    endAll(verdict) {
      for (const entry of entries) end(entry, verdict());
    },
  };
};
