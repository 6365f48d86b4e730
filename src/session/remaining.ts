import { type Clock, type Milliseconds, readInstant } from '../time/clock.ts';
import { remainingMs } from '../time/deadline.ts';
import type { RemainingOf } from './remainingOf.ts';
import type { Runner } from './runner.ts';
import { createSelection, type Selection } from './selection.ts';
import { sessionEnd } from './sessionEnd.ts';

/** Longer delays overflow the platforms' timers. */
const LONGEST_STEP_MS = 2 ** 31 - 1;

/** A countdown in whole steps on the session's own clock; one timer per listener. */
export const createRemaining =
  (runner: Runner, clock: Clock) =>
  (of: RemainingOf, askedMs?: Milliseconds): Selection<Milliseconds | null> => {
    // A step of nothing would be counted for ever.
    const stepMs = askedMs! > 0 ? askedMs! : 1000;
    const left = (): Milliseconds => {
      const { context } = runner.snapshot();
      const now = readInstant(clock);
      if (runner.status() !== 'signedIn') return Infinity;
      const end = of === 'token' ? context.lease?.accessDeadline : sessionEnd({ ...context, now });
      return end ? Math.max(0, remainingMs(end, now)) : Infinity;
    };

    const read = (): Milliseconds | null => {
      const steps = Math.ceil(left() / stepMs);
      return steps < Infinity ? steps * stepMs : null;
    };

    /** Calls back after each event of the session, and at each step. */
    const everyStep = (listener: () => void): (() => void) => {
      let timer: unknown;
      const wait = (): void => {
        clock.clearTimeout(timer);
        const leftMs = left();
        if (leftMs === 0 || leftMs === Infinity) return;
        timer = clock.setTimeout(listen, Math.min(Math.ceil(leftMs % stepMs) || stepMs, LONGEST_STEP_MS));
      };
      const listen = (): void => {
        wait();
        listener();
      };
      const stopListening = runner.subscribe(listen);
      wait();
      return () => {
        stopListening();
        clock.clearTimeout(timer);
      };
    };

    return createSelection(read, everyStep);
  };
