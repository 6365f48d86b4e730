import { requireType } from '../errors/requireType.ts';
import { createAlarm } from '../time/alarm.ts';
import { type Clock, type Milliseconds, readInstant } from '../time/clock.ts';
import { type Deadline, deadlineAfter, remainingMs } from '../time/deadline.ts';
import { holdProcess } from '../time/holdProcess.ts';
import type { GateSession } from './gateSession.ts';

/** Everything that waits at the gate, on one subscription and one timer. */
export interface WaitQueue<Verdict> {
  /**
   * Judges at once, then at each change, until there is a verdict, an abort or the deadline.
   * Acts on the verdict in the turn in which it was reached; the judge must not act itself.
   */
  enqueue<Result>(
    signal: AbortSignal | null | undefined,
    judge: () => Verdict | undefined,
    act: (verdict: Verdict) => Result | PromiseLike<Result>,
  ): Promise<Result>;
  /** Judges all of them. */
  judgeAll(): void;
}

/** What waits are made of. */
export interface WaitQueueDeps<Verdict> {
  readonly clock: Clock;
  readonly session: Pick<GateSession, 'subscribe'>;
  /** Longest wait. */
  readonly waitMs: Milliseconds;
  /** The verdict on a wait that reached its deadline. */
  timedOut(): Verdict;
}

/** Nobody waits yet. */
export const createWaitQueue = <Verdict>({
  clock,
  session,
  waitMs,
  timedOut,
}: WaitQueueDeps<Verdict>): WaitQueue<Verdict> => {
  interface Wait {
    readonly deadline: Deadline;
    readonly judge: () => Verdict | undefined;
    readonly settle: (verdict: Verdict) => void;
    readonly detach: () => void;
  }

  // In order of joining, which is that of the deadlines.
  const waits = new Set<Wait>();
  let unsubscribe: (() => void) | undefined;
  let letGo: (() => void) | undefined;

  const armForFirst = (): void => {
    const [first] = waits;
    alarm.set(first ? first.deadline : null);
  };

  const enter = (wait: Wait): void => {
    waits.add(wait);
    if (waits.size > 1) return;
    unsubscribe = session.subscribe(judgeAll);
    armForFirst();
  };

  const leave = (wait: Wait): void => {
    wait.detach();
    waits.delete(wait);
    if (waits.size > 0) return;
    unsubscribe?.();
    letGo?.();
    letGo = undefined;
    armForFirst();
  };

  const end = (wait: Wait, verdict: Verdict): void => {
    leave(wait);
    wait.settle(verdict);
  };

  const judge = (wait: Wait): void => {
    const verdict = wait.judge();
    // Judging can ask for a renewal, and the answer to that can have ended the wait already.
    if (verdict !== undefined && waits.has(wait)) end(wait, verdict);
  };

  /** A last look: what was asked for in vain may have been given up meanwhile, with no change to tell of it. */
  const judgeLast = (wait: Wait): void => {
    judge(wait);
    if (waits.has(wait)) end(wait, timedOut());
  };

  const judgeAll = (): void => waits.forEach(judge);

  const alarm = createAlarm(clock, () => {
    const now = readInstant(clock);
    for (const wait of waits) if (remainingMs(wait.deadline, now) <= 0) judgeLast(wait);
    armForFirst();
  });

  return {
    judgeAll,
    enqueue: (signal, judgeOne, act) =>
      new Promise((resolve, reject) => {
        if (signal) requireType('function', signal.addEventListener, 'signal.addEventListener');
        if (signal?.aborted) return reject(signal.reason);
        const abort = (): void => {
          leave(wait);
          reject(signal?.reason);
        };
        const wait: Wait = {
          deadline: deadlineAfter(readInstant(clock), waitMs),
          judge: judgeOne,
          settle(verdict) {
            try {
              resolve(act(verdict));
            } catch (error) {
              reject(error);
            }
          },
          detach: () => signal?.removeEventListener('abort', abort),
        };
        signal?.addEventListener('abort', abort);
        // Entered before it is judged: a change during the judging must find it.
        enter(wait);
        judge(wait);
        if (waits.has(wait)) letGo ??= holdProcess();
      }),
  };
};
