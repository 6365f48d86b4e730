import type { SessionError } from '../errors/sessionError.ts';

/** What the gate may ask of the session. */
export interface GateSession {
  /** The situation now; `loading` while restoring, signing in or not started. */
  readonly phase: 'loading' | 'signedIn' | 'idle' | 'signedOut';
  /** The session's epoch now; 0 before any sign-in. */
  readonly epoch: number;
  /** The last renewal's failure, until one succeeds. */
  readonly failure: SessionError | undefined;
  /**
   * The page may have been frozen and has not read the record since: nothing is handed out until it has.
   * Reading this starts the look where none is under way; its end is a change.
   */
  readonly mustReadRecord?: boolean;
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
