import type { Instant } from '../../../src/time/clock.ts';
import { createVirtualClock, type VirtualClock } from '../../../src/testing/virtualClock.ts';

/** The clocks of one run: what the page reads, and what really passes. */
export interface Clocks {
  readonly clock: VirtualClock;
  /** True time in milliseconds: it counts sleep and nobody can set it. The server's clock runs on it. */
  trueMs(): number;
  /** What both clocks have shown within the last second: that is how often a page takes note of them. */
  noted(): Instant;
  /** What has passed since by that one of them that shows more: sleep stops the one, and the other can have been set back. */
  shownSince(since: Instant): number;
  advance(ms: number): Promise<void>;
  sleep(ms: number): void;
  suspend(ms: number): void;
  jumpWall(ms: number): void;
  /** The wall clock was set back and the monotonic one has slept: the one case no client can see through. */
  readonly isBlind: boolean;
  /** The wall clock was moved at all: then presence ends as the more pessimistic clock says. */
  readonly hasJumped: boolean;
  /** When it was moved last, in true time; `-Infinity`: never. */
  readonly jumpedAtMs: number;
  /** It was set back: a page that is opened after that has no other clock to hold it against. */
  readonly isSetBack: boolean;
  /** How long no timer could fire. */
  readonly suspendedMs: number;
}

export const createClocks = (): Clocks => {
  const clock = createVirtualClock();
  const startMs = clock.monotonicMs();
  let sleptMs = 0;
  let suspendedMs = 0;
  let setBack = false;
  let setBackMs = 0;
  let setBackAtMs = -Infinity;
  let jumpedAtMs = -Infinity;
  const trueMs = (): number => clock.monotonicMs() - startMs + sleptMs;
  return {
    clock,
    trueMs,
    noted: () => ({
      wallMs: clock.wallMs() + (clock.monotonicMs() - setBackAtMs <= 1000 ? setBackMs : 0),
      monotonicMs: clock.monotonicMs(),
    }),
    shownSince: (since) => Math.max(clock.wallMs() - since.wallMs, clock.monotonicMs() - since.monotonicMs),
    advance: (ms) => clock.advance(ms),
    sleep(ms) {
      sleptMs += ms;
      clock.sleep(ms);
    },
    suspend(ms) {
      suspendedMs += ms;
      clock.suspend(ms);
    },
    jumpWall(ms) {
      jumpedAtMs = trueMs();
      if (ms < 0) {
        setBack = true;
        setBackMs = -ms + (clock.monotonicMs() - setBackAtMs <= 1000 ? setBackMs : 0);
        setBackAtMs = clock.monotonicMs();
      }
      clock.jumpWall(ms);
    },
    get hasJumped() {
      return jumpedAtMs > -Infinity;
    },
    get jumpedAtMs() {
      return jumpedAtMs;
    },
    get isSetBack() {
      return setBack;
    },
    get suspendedMs() {
      return suspendedMs;
    },
    get isBlind() {
      return setBack && sleptMs > 0;
    },
  };
};
