import type { ExpiredReason } from '../../machines/sessionContext.ts';
import type { SessionError } from '../errors/sessionError.ts';
import type { Instant } from '../time/clock.ts';

/** What the gate may ask of the session. */
export interface GateSession {
  /** The situation now; `loading` while restoring, signing in or not started. */
  phase(): 'loading' | 'signedIn' | 'idle' | 'signedOut';
  /** The session's epoch now; 0 while nobody is signed in. */
  epoch(): number;
  /** The last renewal's failure, until one succeeds. */
  failure(): SessionError | undefined;
  /** Why no other token can come for now; who waits for one fails at once with it. */
  refusal(): SessionError | undefined;
  /** Why the last session is over; `null` where it is not, or was signed out. */
  endReason(): ExpiredReason | null;
  /**
   * Whether nothing may be handed out before the record was read, as in a page that was frozen.
   * Asking starts the read where none is under way; its end is a change.
   */
  mustReadRecord(now: Instant): boolean;
  /** Starts the session if it is not. Cheap, idempotent. */
  start(): void;
  /**
   * A request needs a token: joins the renewal under way, shares the next try while backing off.
   * With a generation: that one will not do although its time is not up, because an API refused it or
   * somebody needs more of its life than is left.
   */
  requestRenewal(unfitGeneration?: number): void;
  /** Calls back whenever something changed that could end a wait; returns its stop. */
  subscribe(onChange: () => void): () => void;
}
