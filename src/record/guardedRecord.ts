import { sameTokens } from '../../machines/sameTokens.ts';
import { SessionError } from '../errors/sessionError.ts';
import { warnOfNewer } from '../errors/warnOfNewer.ts';
import { settleWithin } from '../time/settleWithin.ts';
import { type Clock, type Instant, type Milliseconds, readInstant } from '../time/clock.ts';
import { elapsedMs } from '../time/deadline.ts';
import { type Given, rejoined } from './rejoined.ts';
import {
  emptyRecord,
  isOfNewerRelease,
  isSame,
  type RecordStore,
  type ReturningPage,
  type SessionRecord,
} from './sessionRecord.ts';

/** A transaction takes about a millisecond. A page that stands still in the middle of one holds up those of all others. */
const LIMIT_MS: Milliseconds = 2000;

/** So long after a try that timed out the next one is waited for again: the page may have been frozen meanwhile. */
const SLOW_MS: Milliseconds = 10_000;

/** Calls the shared record. What comes to life after it was given up must not change what memory has changed. */
type Call = (isWanted: () => boolean, onWrite: OnWrite) => Promise<SessionRecord>;
type OnWrite = (found: SessionRecord, written: SessionRecord) => void;
type Change = (record: SessionRecord) => SessionRecord;

/** What a newer release keeps is let be. */
const unlessNewer =
  (change: Change): Change =>
  (record) =>
    isOfNewerRelease(record) ? record : change(record);

/** What {@link guardedRecord} works with. */
export interface GuardOptions {
  readonly clock: Clock;
  /** Told once that the record is kept in memory (`record_unavailable`), or that a newer release has one (`tabs_unavailable`). */
  readonly onWarning: (warning: SessionError) => void;
}

/**
 * A record that never fails: it is kept in memory, from the last record seen, while the shared one fails or does not answer.
 * Once that works again this page goes by it, with what has happened here meanwhile.
 */
export const guardedRecord = (disk: RecordStore, { clock, onWarning }: GuardOptions): RecordStore => {
  /** The shared record, as it was seen last. */
  let known: SessionRecord = emptyRecord;
  let given: Given | undefined;
  let memory: SessionRecord | undefined;
  let isOutdated = false;
  let hasWarned = false;
  let lostAtWallMs: Milliseconds = 0;
  /** Settles when the shared record was tried. */
  let trying: Promise<void> | undefined;
  /** When a try has timed out last. */
  let slowAt: Instant | undefined;
  let page: ReturningPage | undefined;

  /** The generation that others have come to, where what was found can be this page's own. */
  const cameFrom = (found: SessionRecord): number =>
    given && isSame(found, given.record) ? given.from : found.generation;

  const goBack = async (): Promise<void> => {
    let isGivenUp = false;
    let mine: SessionRecord | undefined;
    const before = given;
    let isJoined = false;
    let isShared = false;
    const asked = disk.update((found) => {
      if (isGivenUp || !memory || isOfNewerRelease(found) || page?.isSpending()) return found;
      mine = memory;
      const own = page?.ownTokens();
      const after = rejoined(found, { mine, known, given, own, nowWallMs: clock.wallMs() });
      ({ isJoined, isShared } = after);
      const isMine = sameTokens(after.record, mine);
      // Before this page hears of it others may go by it.
      if (isJoined && isMine) given = { record: after.record, from: cameFrom(found) };
      // It is written even if nothing changes: one that can only be read has no room.
      return { ...after.record };
    });
    const found = await settleWithin(clock, LIMIT_MS, asked).catch(({ name }: Error) => {
      isGivenUp = true;
      slowAt = name === 'TimeoutError' ? readInstant(clock) : undefined;
      giveUp(asked, before);
    });
    if (!memory || !found) return undefined;
    isOutdated = isOfNewerRelease(found);
    if (!isJoined) return undefined;
    // Something has happened here since that was written: it would be lost.
    if (memory !== mine) return goBack();
    memory = undefined;
    known = found;
    page?.onBack(found, isShared);
    return undefined;
  };

  /** Goes by the shared record again, if it works. */
  const tryAgain = (): Promise<void> =>
    (trying ??= (isOutdated || !memory ? Promise.resolve() : goBack()).finally(() => (trying = undefined)));

  /** What was given up may still be carried out. If it is answered after all, whatever has held it up is over. */
  const giveUp = (asked: Promise<SessionRecord>, before: Given | undefined): void => {
    const written = given;
    asked.then(
      () => {
        slowAt = undefined;
        return tryAgain();
      },
      () => {
        if (given === written) given = before;
      },
    );
  };

  /** Tries that follow on one that timed out keep nobody waiting. */
  const isSlow = (): boolean => slowAt !== undefined && elapsedMs(slowAt, readInstant(clock)) < SLOW_MS;

  const fallBack = (warn: () => void): void => {
    if (memory) return;
    memory = known;
    lostAtWallMs = clock.wallMs();
    if (!hasWarned) warn();
    hasWarned = true;
  };

  /** Where the shared record works again, there. */
  const inMemory = async (call: Call, change: Change): Promise<SessionRecord> => {
    const tried = tryAgain();
    if (!isSlow()) await tried;
    return memory ? (memory = change(memory)) : ask(call, change);
  };

  const ask = async (call: Call, change: Change): Promise<SessionRecord> => {
    if (memory) return inMemory(call, change);
    let isGivenUp = false;
    let written: Given | undefined;
    const asked = call(
      () => !isGivenUp,
      (found, record) => void (written = { record, from: cameFrom(found) }),
    );
    try {
      const found = await settleWithin(clock, LIMIT_MS, asked);
      // Another call has failed meanwhile.
      if (memory) return (memory = change(memory));
      if (!isOfNewerRelease(found)) return (known = found);
      isOutdated = true;
      fallBack(() => warnOfNewer(onWarning));
    } catch (cause) {
      isGivenUp = true;
      const message =
        'IndexedDB fails here: until it works again this tab works by itself, and a sign-out may not reach others';
      fallBack(() => onWarning(new SessionError('record_unavailable', message, { cause })));
      const before = given;
      given = written ?? before;
      giveUp(asked, before);
    }
    return (memory = change(memory!));
  };

  return {
    get isOutdated() {
      return isOutdated;
    },
    // What a storage has kept from before can be any tab's. Epochs are numbered by the wall time at which they began: what was
    // lost with the sign-in that it failed for is this tab's own.
    hasLost: (epoch = known.epoch) =>
      memory !== undefined &&
      (epoch <= known.epoch || epoch === given?.record.epoch || epoch < Math.floor(lostAtWallMs)),
    hasGiven: (tokens) => sameTokens(given?.record, tokens),
    whenBack: (asked) => void (page = asked),
    read: () => ask(disk.read, (record) => record),
    update: (wanted) => {
      const change = unlessNewer(wanted);
      return ask(
        (isWanted, onWrite) =>
          disk.update((record) => {
            if (!isWanted()) return record;
            const changed = change(record);
            onWrite(record, changed);
            return changed;
          }),
        change,
      );
    },
  };
};
