import type { Milliseconds } from '../time/clock.ts';
import type { StoredTokens } from './storedTokens.ts';

/** Whether the wall clock that dated an entry can be believed: it was not saved in the future, nor has the clock been set back. */
export const isTrustworthy = (
  stored: Pick<StoredTokens, 'savedAtWallMs'>,
  nowWallMs: Milliseconds,
  highestWallMs: Milliseconds,
): boolean => stored.savedAtWallMs <= nowWallMs && nowWallMs >= highestWallMs;
