import { type Clock, type Instant, type Milliseconds, readInstant } from '../time/clock.ts';
import { elapsedMs } from '../time/deadline.ts';

/** How often the page shows that it runs. */
export const BEAT_MS: Milliseconds = 1000;

/** A beat later than this followed a sleep, a freeze or a throttled timer. */
const LATE_MS: Milliseconds = 5000;

/**
 * Whether this page has run without interruption. Since one, another tab may have signed out or somebody else in: what is
 * known here counts again when the record was read.
 */
export interface Continuity {
  /** Whether the page was interrupted and has not looked at the record since. */
  isBroken(now: Instant): boolean;
  /** Whether a lost record may be written anew by what is known here. Not after an interruption or a stop, until it was read. */
  canVouch(now: Instant): boolean;
  /** The number of the stretch of time since the last interruption. A read of the record notes it when it begins. */
  readonly stretch: number;
  /** A read that began in this stretch has found the page's own epoch. */
  mend(stretch: number): void;
  /** The session has drawn its conclusions from what was read, and waits for no later look. */
  conclude(): void;
  /** The page goes away, or comes back. */
  interrupt(): void;
  /** The page runs; ask before whether it did all the time. `undefined`: the session stops, and no beat is late from now on. */
  beat(now: Instant | undefined): void;
}

/** A page that has just begun to run. `onMended` is told when one that was interrupted counts as whole again. */
export const createContinuity = (clock: Clock, onMended: () => void): Continuity => {
  let isInterrupted = false;
  let isUnseen = false;
  let isRead = false;
  let beatAt: Instant | undefined;

  const begin = (now: Instant): void => {
    continuity.stretch++;
    isInterrupted = true;
    isRead = false;
    beatAt = now;
  };

  const isBroken = (now: Instant): boolean => {
    // The beat itself may be what is still to come.
    if (beatAt && elapsedMs(beatAt, now) > BEAT_MS + LATE_MS) begin(now);
    return isInterrupted;
  };

  const continuity = {
    isBroken,
    canVouch: (now: Instant) => !isBroken(now) && !isUnseen,
    stretch: 0,
    mend(whole: number) {
      if (whole !== continuity.stretch) return;
      isUnseen = false;
      isRead = isInterrupted;
    },
    conclude() {
      if (!isRead) return;
      isInterrupted = isRead = false;
      onMended();
    },
    interrupt: () => begin(readInstant(clock)),
    beat(now: Instant | undefined) {
      beatAt = now;
      if (now) return;
      isUnseen = true;
      // A read that is under way has begun ahead of what is not seen.
      continuity.stretch++;
    },
  };
  return continuity;
};
