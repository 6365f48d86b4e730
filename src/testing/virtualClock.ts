import type { Clock, Milliseconds } from '../time/clock.ts';

/** A clock that stands still until you move it. */
export interface VirtualClock extends Clock {
  /** Moves both clocks ahead, firing timers one deadline at a time and letting promises settle after each. */
  advance(ms: Milliseconds): Promise<void>;
  /** Sets the wall clock ahead or (negative) back, as a user or NTP would; no timer fires. */
  jumpWall(ms: Milliseconds): void;
  /** The computer sleeps: the wall clock advances, the monotonic clock and all timers stand still. */
  sleep(ms: Milliseconds): void;
  /** The page is suspended: both clocks advance, and no timer fires. Late timers fire at the next `advance`. */
  suspend(ms: Milliseconds): void;
  /** The number of timers that are set. */
  readonly pendingTimers: number;
}

interface Timer {
  readonly atMs: Milliseconds;
  readonly order: number;
  readonly run: () => void;
}

/** A refresh takes up to 29 microtasks after its answer; a short drain would hide what follows. */
const MICROTASKS_PER_STEP = 64;
/** So many timers in one instant set each other for ever: time would never pass, and no test would ever end. */
const MOST_PER_INSTANT = 10_000;

/** Lets promises settle, without real time passing and without macrotasks. */
export const drainMicrotasks = async (): Promise<void> => {
  for (let turn = 0; turn < MICROTASKS_PER_STEP; turn++) await Promise.resolve();
};

const earliest = (timers: Iterable<Timer>, untilMs: Milliseconds): Timer | undefined => {
  let first: Timer | undefined;
  for (const timer of timers) {
    if (timer.atMs > untilMs) continue;
    if (!first || timer.atMs < first.atMs || (timer.atMs === first.atMs && timer.order < first.order)) {
      first = timer;
    }
  }
  return first;
};

const endless = (): Error =>
  new Error(`${MOST_PER_INSTANT} timers fired in one instant: one that is due sets itself again at once`);

/** A virtual clock; by default it starts at a plausible wall time and 1,000 ms after its origin. */
export const createVirtualClock = ({ wallMs = 1_800_000_000_000, monotonicMs = 1000 } = {}): VirtualClock => {
  const timers = new Set<Timer>();
  let order = 0;
  let firedNow = 0;

  const moveTo = (targetMs: Milliseconds): void => {
    if (targetMs <= monotonicMs) return;
    firedNow = 0;
    wallMs += targetMs - monotonicMs;
    monotonicMs = targetMs;
  };

  const advance = async (ms: Milliseconds): Promise<void> => {
    const targetMs = monotonicMs + ms;
    await drainMicrotasks();
    for (let timer = earliest(timers, targetMs); timer; timer = earliest(timers, targetMs)) {
      timers.delete(timer);
      moveTo(timer.atMs);
      if (++firedNow > MOST_PER_INSTANT) throw endless();
      timer.run();
      await drainMicrotasks();
    }
    moveTo(targetMs);
  };

  return {
    wallMs: () => wallMs,
    monotonicMs: () => monotonicMs,
    setTimeout(run, delayMs) {
      const timer = { atMs: monotonicMs + Math.max(0, delayMs), order: order++, run };
      timers.add(timer);
      return timer;
    },
    clearTimeout: (timer) => void timers.delete(timer as Timer),
    advance,
    jumpWall: (ms) => void (wallMs += ms),
    sleep: (ms) => void (wallMs += ms),
    suspend(ms) {
      wallMs += ms;
      monotonicMs += ms;
    },
    get pendingTimers() {
      return timers.size;
    },
  };
};
