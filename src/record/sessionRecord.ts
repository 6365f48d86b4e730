import { hasShape, isNullOr, isNumber, isText, type Shape } from '../storage/hasShape.ts';
import type { Milliseconds } from '../time/clock.ts';

/** What all tabs know about a session, without secrets; it outlives a reload. Plain JSON. */
export interface SessionRecord {
  /** Which sign-in is the current one; 0 before the first. */
  readonly epoch: number;
  /** Which token set of that sign-in is the newest. */
  readonly generation: number;
  /** The user's `sub`, `''` where the provider names nobody, `null` while nobody is signed in. */
  readonly who: string | null;
  /** The last sign of presence in any tab, milliseconds since the Unix epoch. */
  readonly lastActivityWallMs: Milliseconds | null;
  /** The highest wall time seen; a clock below it has been set back. Milliseconds since the Unix epoch. */
  readonly highestWallMs: Milliseconds;
  /** The next sign-in must ask the user (`prompt=login`). */
  readonly promptLogin: boolean;
}

/** Where the record is kept. */
export interface RecordStore {
  /** The record as of now; the empty one where there is none. */
  read(): Promise<SessionRecord>;
  /**
   * Changes the record in one transaction and answers what it is then. Nothing is written where `change`
   * answers the object it was given. `change` is pure: it may run again after a connection was lost.
   */
  update(change: (record: SessionRecord) => SessionRecord): Promise<SessionRecord>;
}

/** The record of a session that nobody has ever signed in to. */
export const emptyRecord: SessionRecord = {
  epoch: 0,
  generation: 0,
  who: null,
  lastActivityWallMs: null,
  highestWallMs: 0,
  promptLogin: false,
};

/** The record with this wall time taken note of: the same object where it knows a higher one. */
export const withWallSeen = (record: SessionRecord, wallMs: Milliseconds): SessionRecord =>
  wallMs > record.highestWallMs ? { ...record, highestWallMs: wallMs } : record;

/** The record with this activity noted, if it is news. A note from the future was made before the wall clock was set back. */
export const withActivity = (
  record: SessionRecord,
  wallMs: Milliseconds,
  nowWallMs: Milliseconds,
): SessionRecord => {
  const { lastActivityWallMs: known } = record;
  const isNews = known === null || known < wallMs || known > nowWallMs;
  return isNews ? { ...record, lastActivityWallMs: wallMs } : record;
};

const recordShape: Shape<SessionRecord> = {
  epoch: isNumber,
  generation: isNumber,
  who: isNullOr(isText),
  lastActivityWallMs: isNullOr(isNumber),
  highestWallMs: isNumber,
  promptLogin: (value) => typeof value === 'boolean',
};

/** Stored content as a record; foreign or corrupt content is as good as none. */
export const recordFrom = (content: unknown): SessionRecord =>
  hasShape(content, recordShape) ? content : emptyRecord;
