import { drainMicrotasks } from '../../../src/testing/virtualClock.ts';
import type { Clock } from '../../../src/time/clock.ts';

/** Lets something that is on its way go on when the scheduler says so. */
export type Pass = (label: string) => Promise<void>;

interface Timer {
  readonly run: () => void;
  isOff: boolean;
  of: unknown;
}

/** One document of a tab from its loading until it is gone: all that it hears and does comes by here. */
export interface Life {
  readonly id: number;
  readonly isAlive: boolean;
  /** It hears and does nothing, and may come back. */
  readonly isFrozen: boolean;
  /** How often it was frozen, or the computer was asleep. */
  interruptions: number;
  /** Nobody sees it: its timers fire once in a second. */
  isHidden: boolean;
  /** It has heard another tab. */
  hasHeard: boolean;
  /** Runs a task in it: at once, when it is thawed, or never. */
  run(task: () => void): void;
  /** The way of something to it. */
  hop(label: string): Promise<void>;
  /** Told when it is gone. */
  onDeath(tell: () => void): void;
  freeze(): void;
  /** Everything that has waited happens, one after the other. */
  thaw(): Promise<void>;
  die(): void;
}

/** How often the timers of a tab fire that nobody sees. */
const THROTTLED_MS = 1000;

export const createLife = (id: number, pass: Pass): Life => {
  let state: 'runs' | 'frozen' | 'thaws' | 'dead' = 'runs';
  let waiting: (() => void)[] = [];
  const ends: (() => void)[] = [];
  const life = {
    id,
    get isAlive() {
      return state !== 'dead';
    },
    get isFrozen() {
      return state === 'frozen';
    },
    interruptions: 0,
    isHidden: false,
    hasHeard: false,
    run(task: () => void): void {
      if (state === 'runs') task();
      else if (state !== 'dead') waiting.push(task);
    },
    async hop(label: string): Promise<void> {
      await pass(`${label} in ${id}`);
      if (state !== 'runs') await new Promise<void>((resolve) => life.run(resolve));
    },
    freeze(): void {
      if (state !== 'runs') return;
      state = 'frozen';
      life.interruptions++;
    },
    async thaw(): Promise<void> {
      if (state !== 'frozen') return;
      state = 'thaws';
      // A task can end it.
      const isOver = (): boolean => state === 'dead';
      while (waiting.length > 0 && !isOver()) {
        waiting.shift()!();
        await drainMicrotasks();
      }
      if (!isOver()) state = 'runs';
    },
    die(): void {
      state = 'dead';
      waiting = [];
      for (const tell of ends) tell();
    },
    onDeath: (tell: () => void): void => void ends.push(tell),
  };
  return life;
};

/**
 * The clock as this document has it: its timers fire while it runs, or when it does so again, and not while messages are
 * under way that nothing holds up (`hasMoved`: since it was asked last).
 */
export const clockOf = (life: Life, clock: Clock, hasMoved: () => boolean): Clock => {
  const timers = new Set<Timer>();
  const loadedAtMs = clock.monotonicMs() - life.id;
  life.onDeath(() => timers.forEach(({ of }) => clock.clearTimeout(of)));

  const set = (timer: Timer, delayMs: number): void => {
    timer.of = clock.setTimeout(() => {
      if (hasMoved()) return set(timer, 0);
      const restMs = life.isHidden ? -clock.monotonicMs() % THROTTLED_MS : 0;
      if (restMs !== 0) return set(timer, THROTTLED_MS + restMs);
      timers.delete(timer);
      life.run(() => void (timer.isOff || timer.run()));
    }, delayMs);
  };

  return {
    wallMs: () => clock.wallMs(),
    // It counts from when the document was loaded: what one says by it no other understands.
    monotonicMs: () => clock.monotonicMs() - loadedAtMs,
    setTimeout(run, delayMs) {
      const timer: Timer = { run, isOff: false, of: undefined };
      // What is left in this process of a document that is gone.
      if (!life.isAlive) return timer;
      timers.add(timer);
      set(timer, delayMs);
      return timer;
    },
    clearTimeout(given) {
      if (given === undefined) return;
      const timer = given as Timer;
      timer.isOff = true;
      timers.delete(timer);
      clock.clearTimeout(timer.of);
    },
  };
};
