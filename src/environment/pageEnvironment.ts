import type { Clock, Milliseconds } from '../time/clock.ts';

const BEAT_MS: Milliseconds = 1000;

/** Wall and monotonic clock may disagree by so much from one beat to the next. */
const JUMP_MS: Milliseconds = 1000;

/** A beat later than this followed a sleep, a freeze or a throttled timer. */
const LATE_MS: Milliseconds = 5000;

/** What {@link watchEnvironment} works with. */
export interface EnvironmentOptions {
  /** `undefined` outside a page: then only the clocks are watched. */
  readonly window: Window | undefined;
  readonly clock: Clock;
  /**
   * The page was woken, or the clocks show that time passed unseen. Cheap to answer: one wake-up may be told several times.
   * `restored`: the page came back from the back/forward cache.
   */
  readonly onAwake: (restored: boolean) => void;
  readonly onOnline: () => void;
  readonly onOffline: () => void;
}

/** Whether there is surely no network. The opposite is never sure: `onLine` can be wrong when true. */
export const isOffline = (window: Window | undefined): boolean => window?.navigator.onLine === false;

/** Looks at both clocks once a second; returns its stop. */
const watchClocks = (clock: Clock, onJump: () => void): (() => void) => {
  let wallMs: Milliseconds;
  let monotonicMs: Milliseconds;
  let timer: unknown;

  const beat = (): void => {
    wallMs = clock.wallMs();
    monotonicMs = clock.monotonicMs();
    timer = clock.setTimeout(judge, BEAT_MS);
  };
  const judge = (): void => {
    const wallDeltaMs = clock.wallMs() - wallMs;
    const monotonicDeltaMs = clock.monotonicMs() - monotonicMs;
    beat();
    const jumped = Math.abs(wallDeltaMs - monotonicDeltaMs) > JUMP_MS;
    // A sleep that stops the monotonic clock is a jump; what both clocks saw is a delay.
    if (jumped || monotonicDeltaMs > BEAT_MS + LATE_MS) onJump();
  };

  beat();
  return () => clock.clearTimeout(timer);
};

/** Watches for wake-ups and for the network coming and going; returns its stop. */
export const watchEnvironment = ({
  window,
  clock,
  onAwake,
  onOnline,
  onOffline,
}: EnvironmentOptions): (() => void) => {
  const listeners = new AbortController();
  const options = { capture: true, passive: true, signal: listeners.signal };

  const wake = (event: Event): void => {
    // In the capture phase a window hears the focus of every element, too.
    if (event.type === 'focus' && event.target !== window) return;
    if (event.type === 'visibilitychange' && window?.document.visibilityState === 'hidden') return;
    onAwake((event as Partial<PageTransitionEvent>).persisted === true);
  };
  for (const type of ['visibilitychange', 'focus', 'pageshow', 'resume']) {
    window?.addEventListener(type, wake, options);
  }
  window?.addEventListener('online', () => onOnline(), options);
  window?.addEventListener('offline', () => onOffline(), options);

  const stopClocks = watchClocks(clock, () => onAwake(false));
  return () => {
    listeners.abort();
    stopClocks();
  };
};
