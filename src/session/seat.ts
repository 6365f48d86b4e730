import type { SessionError } from '../errors/sessionError.ts';
import type { Flights } from '../grants/flights.ts';
import { createVault, type Vault } from '../vault/vault.ts';
import type { Runner } from './runner.ts';

/** What a name has in a page, whichever of its sessions holds it. */
export interface Seat extends Flights {
  vault: Vault;
  /** Tells the machine of the session that holds it. */
  send?: Runner['send'];
  /** That session does nothing any more. */
  retire?: (why: SessionError) => void;
}

/** Nobody holds it yet. */
export const createSeat = (): Seat => ({ vault: createVault() });
