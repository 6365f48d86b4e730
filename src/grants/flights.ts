import type { Lease } from '../../machines/lease.ts';
import type { OwnTokens } from '../record/ownTokens.ts';
import type { Instant } from '../time/clock.ts';
import type { Turns } from '../time/inTurn.ts';

/**
 * What of one name is in flight in a page, whichever of its sessions began it: the next one waits for it. `record`: a change
 * of who is signed in, which waits for nothing but the record.
 */
export interface Flights extends Turns<'renewal' | 'adoption' | 'restore' | 'storage' | 'record'> {
  /** Whether the renewal, where one is in flight, sends the refresh token. */
  spends?: boolean;
  /** Whether the mark of that is in no record that others see. */
  isMarkUnseen?: boolean;
  /** Whose refresh token was answered, and the answer could not be kept: it is never sent again. */
  spent?: Lease;
  /** The last tokens that were committed here. */
  last?: Lease;
  /** The epoch of those that this page has, or had last. */
  epoch?: number;
  /** Until when this page had tokens of another epoch, if it had any. */
  replacedAt?: Instant;
  /** What this page has got by itself since its record failed: other tabs have different tokens by the same numbers. */
  own?: OwnTokens | undefined;
}
