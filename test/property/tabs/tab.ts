import type { Seat } from '../../../src/session/seat.ts';
import type { Session } from '../../../src/session/session.ts';
import type { Instant } from '../../../src/time/clock.ts';
import type { FakePage } from '../model/page.ts';
import type { Life } from './life.ts';
import type { RecordFailure } from './subject.ts';

/** How a storage can fail: all calls, whatever is written, or without ever an answer. */
export type StorageFailure = 'throws' | 'full' | 'hangs';

/** One tab with the document that is loaded in it. */
export interface Tab {
  readonly life: Life;
  readonly page: FakePage;
  readonly seat: Seat;
  readonly session: Session<unknown>;
  /** What this tab keeps over reloads. */
  readonly tabStorage: Map<string, string>;
  /** It was loaded with an answer of the provider. */
  readonly isBack: boolean;
  /** With `tabs: false`. */
  readonly isAlone: boolean;
  /** Tells the session that its user is there; `undefined` while it does not listen. */
  onActive: (() => void) | undefined;
  isStopped: boolean;
  /** How it is away: told by events, stopped without a word, or in the back/forward cache. */
  away: 'told' | 'untold' | 'cached' | undefined;
  awaySince: Instant;
  /**
   * Stored tokens of before then it cannot date: it was opened after the wall clock had been set back, or was still restoring, and
   * the record showed no later time.
   */
  blindBeforeMs: number;
  /** How the storage of the app fails in it. */
  storageFailure: StorageFailure | undefined;
  /** It has failed at some time: who knows what it has kept. */
  hasStorageFailed: boolean;
  readonly onStorageMended: Set<() => void>;
  /** Its IndexedDB does not work any more. */
  recordFailure: RecordFailure | undefined;
  /** Since when, milliseconds since the Unix epoch. */
  recordFailedAtMs: number;
  /** It works again; whoever has given it up goes by another one. */
  isRecordBack: boolean;
  readonly onRecordMended: Set<() => void>;
  /** What the app holds to keep it awake. */
  readonly awake: (() => void)[];
  /** What the app has asked for, by name, and since when. */
  readonly pending: Map<Promise<unknown>, string>;
}

/** Who this tab shows; `undefined` where that is nobody, or somebody without a name. */
export const shownBy = ({ session }: Tab): string | undefined =>
  (session.user as { sub?: string } | null)?.sub || undefined;
