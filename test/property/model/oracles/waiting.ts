import type { Call } from '../call.ts';
import type { Stage } from '../stage.ts';
import { seenOf } from '../subject.ts';

/** How long a call may wait. */
export const WAIT_MS = 8000;

/** Something that waits at the gate. */
export interface Wait {
  readonly call: Call | undefined;
  readonly beganMs: number;
  readonly suspendedMs: number;
  /** It needs more life than being fresh. */
  readonly marginMs: number;
}

const FOR_A_PERSON = new Set<string | undefined>(['configuration', 'interaction']);

/** Invariant 3: a wait ends by its own deadline, soon after a token has come, and at once where none can come. */
export const createWaiting = (stage: Stage) => {
  const { clocks, violate } = stage;
  const waits = new Set<Wait>();

  const checkDeadline = ({ beganMs, suspendedMs }: Wait): void => {
    const waitedMs = clocks.clock.monotonicMs() - beganMs - (clocks.suspendedMs - suspendedMs);
    if (waitedMs > WAIT_MS + 1) violate(`3: a wait of ${waitedMs} ms`);
  };

  return {
    begin(call: Call | undefined, marginMs = 0): Wait {
      const wait = { call, beganMs: clocks.clock.monotonicMs(), suspendedMs: clocks.suspendedMs, marginMs };
      waits.add(wait);
      return wait;
    },
    /** It was settled, or handed to the network for the first time. */
    end(wait: Wait): void {
      if (waits.delete(wait) && (wait.call?.handed ?? 0) === 0) checkDeadline(wait);
    },
    /** A page was left: nobody waits there. */
    forget: (): void => waits.clear(),
    look(): void {
      const { session, isQuiet, isStopped } = stage;
      if (!isQuiet || isStopped || session.status !== 'signedIn') return;
      const { isAway, failureClass } = seenOf(session);
      const isFresh = session.peekAccessToken() !== undefined;
      const isHopeless = !isFresh && !isAway && FOR_A_PERSON.has(failureClass);
      for (const { call, beganMs, marginMs } of waits) {
        // Who was answered with a 401 may have its token at hand; another one is what it waits for.
        if (marginMs > 0 || (call?.handed ?? 0) > 0) continue;
        // An API may have refused the token at hand: then a renewal is waited for, but not for long.
        const waitedMs = clocks.clock.monotonicMs() - beganMs;
        if (isFresh && waitedMs > WAIT_MS / 2) violate('3: a call waits though a fresh token is at hand');
        if (isHopeless) violate('3: a call waits though the provider has refused for good');
      }
    },
  };
};
