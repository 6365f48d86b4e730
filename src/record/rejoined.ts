import type { Milliseconds } from '../time/clock.ts';
import type { OwnTokens } from './ownTokens.ts';
import { isSame, type SessionRecord, withActivity, withEnd } from './sessionRecord.ts';

/** A page whose record had failed. */
interface Returning {
  /** Its own record. */
  readonly mine: SessionRecord;
  /** The shared record as it was before. */
  readonly known: SessionRecord;
  /** What the page may have written since. */
  readonly given?: SessionRecord | undefined;
  readonly own?: OwnTokens | undefined;
  readonly nowWallMs: Milliseconds;
}

/** Epochs are numbered by the wall time at which they began. When somebody signed out is not known: that holds in any case. */
const isOvertaken = (mine: SessionRecord, found: SessionRecord, known: SessionRecord): boolean =>
  found.epoch > mine.epoch ||
  (found.endReason === 'signedOut' && found.epoch === known.epoch && known.who !== null);

/**
 * The shared record, as it was found, with what has happened in a page that it had failed: the later sign-in holds, a sign-out
 * holds whatever others did, and tokens that the page got by itself are the newest. Of what a backend has sent along without a
 * refresh token nobody knows whether that was spent meanwhile: then it is `undefined`, and the page stays by itself.
 */
export const rejoined = (
  found: SessionRecord,
  { mine, known, given, own, nowWallMs }: Returning,
): SessionRecord | undefined => {
  const { endReason, promptLogin, promptLoginSinceWallMs, lastActivityWallMs: activeWallMs } = mine;
  if (mine.epoch !== known.epoch) return isOvertaken(mine, found, known) ? found : { ...found, ...mine };
  const hasSignedOut = endReason === 'signedOut' && mine.who === null;
  // One that was lost is made anew by nobody but for an end: of other ends it shows nothing.
  if (found.epoch < known.epoch) return hasSignedOut ? { ...found, ...mine } : found;
  if (found.epoch !== mine.epoch || found.who === null) return found;
  if (hasSignedOut) return { ...withEnd(found, endReason), promptLogin, promptLoginSinceWallMs };
  if (mine.who === null) return found;
  const active = activeWallMs === null ? found : withActivity(found, activeWallMs, nowWallMs);
  const isUnchanged = isSame(found, known) || (given !== undefined && isSame(found, given));
  if (!isUnchanged && !own) return active;
  const generation = Math.max(found.generation + (isUnchanged ? 0 : 1), mine.generation);
  const isRaised = generation > found.generation;
  if (own?.hasRefreshToken ?? isRaised) return { ...active, who: mine.who, generation, mark: null };
  // It stands for a refresh token that was sent, or is being sent.
  return isUnchanged ? { ...active, who: mine.who, generation, mark: mine.mark ?? found.mark } : undefined;
};
