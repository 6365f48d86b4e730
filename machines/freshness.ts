import type { Instant } from '../src/time/clock.ts';
import { type Deadline, remainingMs } from '../src/time/deadline.ts';

/** Whether an access token may be handed out: on both clocks strictly more than the margin is left. */
export const isFresh = ({ freshUntil }: { readonly freshUntil: Deadline }, now: Instant): boolean =>
  remainingMs(freshUntil, now) > 0;

/** Which sign-in tokens belong to, and which set of it they are. */
interface Counts {
  readonly epoch: number;
  readonly generation: number;
}

/** Whether newly arrived tokens replace those at hand: of another sign-in, or a newer set of the same. */
export const supersedes = ({ epoch, generation }: Counts, held: Counts | null | undefined): boolean =>
  !held || epoch !== held.epoch || generation > held.generation;
