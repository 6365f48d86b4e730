import { type Clock, type Milliseconds, readInstant } from './clock.ts';
import { type Deadline, remainingMs } from './deadline.ts';

/** Longer delays overflow the platforms' signed 32-bit timers and fire at once. */
export const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** One timer that follows a moving deadline. */
export interface Alarm {
  /** Rings at this deadline instead of any earlier one; `null` silences it. */
  set(deadline: Deadline | null): void;
}

/** An alarm that rings once per deadline, never early: a clamped or early timer is set again. */
export const createAlarm = (clock: Clock, ring: () => void): Alarm => {
  let timer: unknown;
  const wait = (deadline: Deadline): void => {
    const delayMs: Milliseconds = remainingMs(deadline, readInstant(clock));
    timer = clock.setTimeout(
      () => (remainingMs(deadline, readInstant(clock)) > 0 ? wait(deadline) : ring()),
      Math.min(Math.max(Math.ceil(delayMs), 0), LONGEST_DELAY_MS),
    );
  };
  return {
    set(deadline) {
      clock.clearTimeout(timer);
      if (deadline) wait(deadline);
    },
  };
};
