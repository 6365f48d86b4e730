import type { SessionError } from '../errors/sessionError.ts';
import type { Milliseconds } from '../time/clock.ts';

/** What one call needs, and what is remembered of it between two judgements. */
export interface Need {
  /** Where the token goes: an origin that refused it gets another one. */
  readonly origin?: string | undefined;
  /** Life the token must have left, beyond being fresh. */
  readonly marginMs?: Milliseconds | undefined;
  /** An API refused this generation: a later one is needed, and a renewal that fails ends the wait. */
  readonly refused?: number | undefined;
  /** The last failure before that. */
  readonly failure?: SessionError | undefined;
  /** The epoch the call belongs to; `undefined` until somebody is signed in. */
  epoch?: number | undefined;
  /** The newest generation that was too short for `marginMs`. */
  tooShort?: number | undefined;
}
