/** Milliseconds. The unit of every duration in the public options and events. */
export type Milliseconds = number;

/** One moment, read on two clocks at once. */
export interface Instant {
  /** Wall clock, milliseconds since the Unix epoch. A user or NTP can move it; it advances during sleep. */
  readonly wallMs: number;
  /** Monotonic clock, milliseconds since an arbitrary origin. It cannot be moved; it may stop during sleep. */
  readonly monotonicMs: number;
}

/** The source of all time of a session. Replace it to test without waiting. */
export interface Clock {
  /** The wall clock, milliseconds since the Unix epoch. */
  wallMs(): Milliseconds;
  /** The monotonic clock, milliseconds since an arbitrary origin. */
  monotonicMs(): Milliseconds;
  /** Calls `run` once after `delayMs`; returns a handle for `clearTimeout`. */
  setTimeout(run: () => void, delayMs: Milliseconds): unknown;
  /** Removes a timer; unknown handles and those of fired timers are ignored. */
  clearTimeout(timer: unknown): void;
}

/** Reads both clocks at once. */
export const readInstant = (clock: Clock): Instant => ({
  wallMs: clock.wallMs(),
  monotonicMs: clock.monotonicMs(),
});

const unref = (timer: unknown): unknown => {
  // In Node a pending timer keeps the process alive; a session must not.
  if (typeof timer === 'object' && timer !== null && 'unref' in timer) (timer as { unref(): void }).unref();
  return timer;
};

/** The real clocks, looked up at each call so that fake timers work. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  setTimeout: (run, delayMs) => unref(globalThis.setTimeout(run, delayMs)),
  clearTimeout: (timer) => globalThis.clearTimeout(timer as never),
};
