import type { Instant, Milliseconds } from '../time/clock.ts';
import type { Recorded } from './backlog.ts';
import type { InspectEntry } from './inspectEntry.ts';

/** A session in the list of an inspector that watches several. */
export interface Listed {
  readonly id: string;
  readonly name: string;
  /** The origin of its page, or that it is in a process. */
  readonly from: string;
  /** When it was first heard of. */
  readonly since: Milliseconds;
  /** Whether nothing more will come. */
  readonly isOver: boolean;
}

/** What has come of a session. */
export interface MoreEntries {
  /** The time there. */
  readonly now: Instant;
  /** Whether time goes on there by itself. */
  readonly isRunning: boolean;
  readonly entries: readonly InspectEntry[];
}

/** What there is to see of a session when a viewer comes to it. */
export interface Begun extends Recorded, MoreEntries {
  readonly name: string;
}
