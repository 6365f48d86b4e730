import type { Milliseconds } from '../time/clock.ts';
import type { OwnTokens } from './ownTokens.ts';
import { isSame, type SessionRecord, withActivity, withEnd } from './sessionRecord.ts';

/** What a call that was given up may have written all the same: other tabs may go by it. */
export interface Given {
  readonly record: SessionRecord;
  /** The generation that was there before. */
  readonly from: number;
}

/** A page whose record had failed. */
interface Returning {
  /** Its own record. */
  readonly mine: SessionRecord;
  /** The shared record as it was before. */
  readonly known: SessionRecord;
  /** What the page may have written since. */
  readonly given?: Given | undefined;
  readonly own?: OwnTokens | undefined;
  readonly nowWallMs: Milliseconds;
}

/** What becomes of the shared record, and whether the page goes by it from now on. */
interface Rejoined {
  readonly record: SessionRecord;
  readonly isJoined: boolean;
  /** What it has got by itself all tabs have from now on. */
  readonly isShared: boolean;
}

const join = (record: SessionRecord, isShared = false): Rejoined => ({ record, isJoined: true, isShared });

/**
 * Whether a sign-in of this page is over. Epochs are numbered by the wall time at which they began; when somebody has signed
 * out is not known any more once the provider has confirmed it: then that holds.
 */
const isOvertaken = (mine: SessionRecord, found: SessionRecord, known: SessionRecord): boolean => {
  if (found.epoch > mine.epoch) return true;
  if (found.endReason !== 'signedOut') return false;
  const { promptLoginSinceWallMs: sinceMs } = found;
  return sinceMs === null ? found.epoch === known.epoch && known.who !== null : sinceMs > mine.epoch;
};

/**
 * The shared record, as it was found, with what has happened in a page that it had failed: the later sign-in holds, a sign-out
 * holds whatever others did, and tokens that nobody else has are the newest. Where others may have spent the page's refresh
 * token it stays by itself.
 */
export const rejoined = (
  found: SessionRecord,
  { mine, known, given, own: got, nowWallMs }: Returning,
): Rejoined => {
  const { endReason, promptLogin, promptLoginSinceWallMs, lastActivityWallMs: activeWallMs } = mine;
  if (mine.epoch !== known.epoch && mine.epoch !== found.epoch)
    return isOvertaken(mine, found, known) ? join(found) : join({ ...found, ...mine }, true);
  const hasSignedOut = endReason === 'signedOut' && mine.who === null;
  // One that was lost is made anew by nobody but for an end: of other ends it shows nothing.
  if (found.epoch < known.epoch) return join(hasSignedOut ? { ...found, ...mine } : found);
  // Signed out before it was known who is signed in: whoever was there by then.
  const isUnknown = known.epoch === 0 && hasSignedOut && found.epoch <= (promptLoginSinceWallMs ?? 0);
  if ((found.epoch !== mine.epoch && !isUnknown) || found.who === null) return join(found);
  if (hasSignedOut) return join({ ...withEnd(found, endReason), promptLogin, promptLoginSinceWallMs });
  if (mine.who === null) return join(found);
  const active = activeWallMs === null ? found : withActivity(found, activeWallMs, nowWallMs);
  const isGiven = given !== undefined && isSame(found, given.record);
  const isUnchanged = isGiven || isSame(found, known);
  // What others have come to.
  const at = isGiven ? given.from : found.generation;
  // All of what it has got can have been taken from a storage since.
  const isTaken = got?.sharedSince === mine.generation && mine.generation <= at;
  const own = isTaken ? undefined : got;
  const isNobodyElses = own && (own.sharedSince ?? Infinity) > at;
  const isUnspent = isUnchanged && own?.sharedSince === at;
  if (own && !isNobodyElses && !isUnspent) return { record: active, isJoined: false, isShared: false };
  if (!own && !isUnchanged) return join(active);
  const generation = Math.max(found.generation + (isUnchanged ? 0 : 1), mine.generation);
  // The mark stands for the refresh token, which can be that of a generation before.
  const isRenewed = isNobodyElses || (!own && generation > found.generation);
  const mark = isRenewed ? null : (mine.mark ?? found.mark);
  return join({ ...active, who: mine.who || found.who, generation, mark }, own !== undefined);
};
