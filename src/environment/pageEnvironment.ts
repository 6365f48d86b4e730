import { type Clock, type Instant, type Milliseconds, readInstant } from '../time/clock.ts';
import { BEAT_MS, type Continuity } from './continuity.ts';

/** Wall and monotonic clock may disagree by so much from one beat to the next. */
const JUMP_MS: Milliseconds = 1000;

/** What {@link watchEnvironment} works with. */
export interface EnvironmentOptions {
  /** `undefined` outside a page: there is nothing to watch. */
  readonly window: Window | undefined;
  readonly clock: Clock;
  /** Told of beats and interruptions. */
  readonly continuity: Omit<Continuity, 'mend'>;
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

/** Whether one clock was moved, or stood still, between two moments. */
const isJump = (before: Instant, now: Instant): boolean =>
  Math.abs(now.wallMs - before.wallMs - (now.monotonicMs - before.monotonicMs)) > JUMP_MS;

/** Looks at both clocks once a second; returns its stop. */
const watchClocks = (clock: Clock, onBeat: (now: Instant, hasJumped: boolean) => void): (() => void) => {
  let timer: unknown;
  const beat = (before: Instant): void => {
    timer = clock.setTimeout(() => {
      const now = readInstant(clock);
      beat(now);
      onBeat(now, isJump(before, now));
    }, BEAT_MS);
  };
  beat(readInstant(clock));
  return () => clock.clearTimeout(timer);
};

/** Between these a page may stand still. */
const PAUSES = new Set(['pagehide', 'freeze', 'resume']);

/** Watches for wake-ups and for the network coming and going; returns its stop. */
export const watchEnvironment = ({
  window,
  clock,
  continuity,
  onAwake,
  onOnline,
  onOffline,
}: EnvironmentOptions): (() => void) => {
  if (!window) return () => {};
  const listeners = new AbortController();
  const options = { capture: true, passive: true, signal: listeners.signal };
  const begunAt = readInstant(clock);
  continuity.beat(begunAt);
  let toldStretch = continuity.isBroken(begunAt) ? undefined : continuity.stretch;

  const tellAwake = (restored: boolean): void => {
    toldStretch = continuity.stretch;
    onAwake(restored);
  };

  const onChange = (event: Event): void => {
    const restored = (event as Partial<PageTransitionEvent>).persisted === true;
    // The end of a pause, too: a read that was begun before it tells nothing of the time since.
    if (PAUSES.has(event.type) || (event.type === 'pageshow' && restored)) continuity.interrupt();
    if (event.type === 'pagehide' || event.type === 'freeze') return;
    // In the capture phase a window hears the focus of every element, too.
    if (event.type === 'focus' && event.target !== window) return;
    if (event.type === 'visibilitychange' && window.document.visibilityState === 'hidden') return;
    tellAwake(restored);
  };
  for (const type of ['visibilitychange', 'focus', 'pageshow', 'resume', 'pagehide', 'freeze'])
    window.addEventListener(type, onChange, options);
  window.addEventListener('online', () => onOnline(), options);
  window.addEventListener('offline', () => onOffline(), options);

  const stopClocks = watchClocks(clock, (now, hasJumped) => {
    // An interruption may be one that no event has told of.
    const isNews = continuity.isBroken(now) && toldStretch !== continuity.stretch;
    continuity.beat(now);
    if (hasJumped || isNews) tellAwake(false);
  });
  return () => {
    listeners.abort();
    stopClocks();
    // A stop is no interruption: the start after it restores.
    continuity.beat(undefined);
  };
};
