import type { Stop } from '../../time/stop.ts';
import type { Instant, Milliseconds } from '../../time/clock.ts';
import type { Recorded } from '../backlog.ts';
import type { InspectEntry } from '../inspectEntry.ts';

/** What can be done to a session from the inspector. */
export interface Controls {
  /** As a mouse move does. */
  activity(): void;
  renew(): Promise<unknown>;
  stay(): void;
  signOut(): Promise<unknown>;
  /** Moves time by this much; a session on the real clock has none. */
  readonly advance?: (ms: Milliseconds) => Promise<unknown>;
}

/** Where an inspector has its entries from: a session, another process, or a file. */
export interface InspectorSource extends Recorded {
  readonly name: string;
  /** The time there; of a recording the last that was noted. */
  now(): Instant;
  /** Whether time goes on there by itself. */
  readonly isLive: boolean;
  subscribe(listener: (entries: readonly InspectEntry[]) => void): Stop;
  readonly controls?: Controls;
  stop(): void;
}
