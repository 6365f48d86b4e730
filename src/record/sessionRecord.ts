import type { ExpiredReason } from '../../machines/sessionContext.ts';
import { hasShape, isBoolean, isCount, isNullOr, isNumber, isText, type Shape } from '../storage/hasShape.ts';
import type { Milliseconds } from '../time/clock.ts';
import type { OwnTokens } from './ownTokens.ts';

/** What all tabs know about a session, without secrets; it outlives a reload. Plain JSON. */
export interface SessionRecord {
  /** The format. Fields that a version does not know are kept, fields that it lacks get their default. */
  readonly version: number;
  /** Which sign-in is the current one; 0 before the first. A number is never used twice. */
  readonly epoch: number;
  /** Which token set of that sign-in is the newest. */
  readonly generation: number;
  /** The user's `sub`, `''` where the provider names nobody, `null` while nobody is signed in. */
  readonly who: string | null;
  /** Why the last epoch is over; `null` while somebody is signed in, and where it was not said. */
  readonly endReason: ExpiredReason | 'signedOut' | null;
  /** Which tab is about to spend the refresh token of this generation, or may have: none other spends it unasked. */
  readonly mark: string | null;
  /** The last sign of presence in any tab, milliseconds since the Unix epoch. */
  readonly lastActivityWallMs: Milliseconds | null;
  /** The highest wall time seen; a clock below it has been set back. Milliseconds since the Unix epoch. */
  readonly highestWallMs: Milliseconds;
  /** The next sign-in must ask the user: the provider's own session may live on. */
  readonly promptLogin: boolean;
  /** Since when it must, milliseconds since the Unix epoch. */
  readonly promptLoginSinceWallMs: Milliseconds | null;
  /** The provider was asked who is signed in, without the user, and names nobody: new pages do not ask again. */
  readonly silentFails: boolean;
  /** The `state` of the sign-out that has left for the provider, if one has; its return proves that it arrived there. */
  readonly signOutState: string | null;
}

/** A page that may have to go by a record of its own. */
export interface ReturningPage {
  ownTokens(): OwnTokens | undefined;
  /** Whether it is sending a refresh token, unseen by others: what comes of that is known first. */
  isSpending(): boolean;
  /** `isShared`: what it has got by itself all tabs have from now on. */
  onBack(joined: SessionRecord, isShared: boolean): void;
}

/** Where the record is kept. */
export interface RecordStore {
  /** A newer release of this library keeps it: this page works by itself, and spends no refresh token. */
  readonly isOutdated?: boolean;
  /**
   * This page goes by a record of its own, which shows nothing of other tabs; with an epoch, since the shared one failed in
   * that one, or after it: what others do with its tokens this page does not know any more.
   */
  readonly hasLost?: ((epoch?: number) => boolean) | undefined;
  /** Whether others may see these as the newest, by a call that this page has given up. */
  hasGiven?(tokens: Pick<SessionRecord, 'epoch' | 'generation'>): boolean;
  /** Sets what is asked and told when this page goes by the shared record again: much may have happened meanwhile. */
  whenBack?(page: ReturningPage): void;
  /** The record as of now; the empty one where there is none. */
  read(): Promise<SessionRecord>;
  /**
   * Changes the record in one transaction and returns what it is then. Nothing is written where `change`
   * returns the object it was given. `change` is pure: it may run again after a connection was lost.
   */
  update(change: (record: SessionRecord) => SessionRecord): Promise<SessionRecord>;
}

/**
 * The format that this version writes, and in which tabs talk to each other. A release that changes the entry in a storage raises
 * it as well: by the record alone tabs of before see that they must spend nothing.
 */
export const RECORD_VERSION = 1;

/** The record of a session that nobody has ever signed in to. */
export const emptyRecord: SessionRecord = {
  version: RECORD_VERSION,
  epoch: 0,
  generation: 0,
  who: null,
  endReason: null,
  // What is written anew may have been marked before it was lost: nobody spends a refresh token by it unasked.
  mark: '',
  lastActivityWallMs: null,
  highestWallMs: 0,
  promptLogin: false,
  promptLoginSinceWallMs: null,
  silentFails: false,
  signOutState: null,
};

/** Whether nobody has changed whose tokens are the newest, or is about to. */
export const isSame = (a: SessionRecord, b: SessionRecord): boolean =>
  a.epoch === b.epoch && a.who === b.who && a.generation === b.generation && a.mark === b.mark;

/** The record after the end of its epoch. */
export const withEnd = (record: SessionRecord, endReason: SessionRecord['endReason']): SessionRecord => ({
  ...record,
  who: null,
  endReason,
  mark: null,
});

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

/** Whether the record shows that somebody was there later than that. */
export const isActiveSince = (
  { lastActivityWallMs: known }: SessionRecord,
  wallMs: Milliseconds | null,
  nowWallMs: Milliseconds,
): boolean => known !== null && known <= nowWallMs && known > (wallMs ?? -Infinity);

/** The record after an end at which the provider's own session may have lived on. */
export const withPrompt = (record: SessionRecord, nowWallMs: Milliseconds): SessionRecord => ({
  ...record,
  promptLogin: true,
  promptLoginSinceWallMs: nowWallMs,
});

/** The record without the mark: the user was asked, or the provider's session is over. */
export const withoutPrompt = (record: SessionRecord): SessionRecord =>
  record.promptLogin || record.signOutState !== null
    ? { ...record, promptLogin: false, promptLoginSinceWallMs: null, signOutState: null }
    : record;

const recordShape: Shape<SessionRecord> = {
  version: isNumber,
  epoch: isCount,
  generation: isCount,
  who: isNullOr(isText),
  endReason: isNullOr(isText),
  mark: isNullOr(isText),
  lastActivityWallMs: isNullOr(isNumber),
  highestWallMs: isNumber,
  promptLogin: isBoolean,
  promptLoginSinceWallMs: isNullOr(isNumber),
  silentFails: isBoolean,
  signOutState: isNullOr(isText),
};

/** Whether a later release of this library keeps the record. */
export const isOfNewerRelease = ({ version }: SessionRecord): boolean => version > RECORD_VERSION;

/** Stored content as a record; foreign or corrupt content is as good as none. */
export const recordFrom = (content: unknown): SessionRecord => {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return emptyRecord;
  const { version } = content as Partial<SessionRecord>;
  // What else is in it may mean something else by then.
  if (Number(version) > RECORD_VERSION) return { ...emptyRecord, version: Number(version) };
  const known = Object.entries(content).filter(([, value]) => value !== undefined);
  const record: unknown = { ...emptyRecord, ...Object.fromEntries(known) };
  return known.length > 0 && hasShape(record, recordShape) ? record : emptyRecord;
};
