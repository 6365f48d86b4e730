import type { Instant, Milliseconds } from './clock.ts';

/** An instant on two clocks by which something ends. */
export type Deadline = Instant;

/** The deadline `delayMs` after an instant (before it, if negative). */
export const deadlineAfter = (from: Instant, delayMs: Milliseconds): Deadline => ({
  wallMs: from.wallMs + delayMs,
  monotonicMs: from.monotonicMs + delayMs,
});

/** What is left until a deadline by the more pessimistic clock; negative once it has passed. */
export const remainingMs = (deadline: Deadline, now: Instant): Milliseconds =>
  Math.min(deadline.wallMs - now.wallMs, deadline.monotonicMs - now.monotonicMs);

/** What is left until a deadline by the more hopeful clock; for ends that only the server knows. */
export const hopefulRemainingMs = (deadline: Deadline, now: Instant): Milliseconds =>
  Math.max(deadline.wallMs - now.wallMs, deadline.monotonicMs - now.monotonicMs);

/** Time gone by since an instant, by the clock that saw more of it: sleep stops one, a user can set back the other. */
export const elapsedMs = (since: Instant, now: Instant): Milliseconds => -remainingMs(since, now);

/** The earlier of two deadlines on each clock; `null` stands for none. */
export const earlierOf = (a: Deadline | null, b: Deadline | null): Deadline | null => {
  if (!a || !b) return a ?? b;
  return { wallMs: Math.min(a.wallMs, b.wallMs), monotonicMs: Math.min(a.monotonicMs, b.monotonicMs) };
};

/** An instant that only the wall clock knows (storage, another tab), placed on both clocks of this page. */
export const instantAtWall = (wallMs: Milliseconds, now: Instant): Instant =>
  deadlineAfter(now, wallMs - now.wallMs);
