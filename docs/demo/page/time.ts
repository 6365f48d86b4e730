import type { Deadline, Instant } from 'token-vigil';

/** What is left until a deadline, by the clock that is further on: sleep stops one, a user can move the other. */
export function leftMs({ wallMs, monotonicMs }: Deadline): number {
  return Math.min(wallMs - Date.now(), monotonicMs - performance.now());
}

/** What has gone by since an instant. */
export const agoMs = (instant: Instant): number => -leftMs(instant);
