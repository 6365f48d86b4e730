import type { LoginGranted } from '../../../machines/sessionEvents.ts';
import type { Attempt } from './attempt.ts';
import type { CompleteSignIn } from './completeSignIn.ts';
import type { Silent } from './silent.ts';

/** One silent sign-in before a present user's session is declared over. It is a renewal: another user ends the session. */
export const rescue = async (
  { askInPlace }: Silent,
  { accept }: CompleteSignIn,
  attempt: Attempt,
): Promise<LoginGranted> => accept(attempt, await askInPlace(attempt.permit.who), { by: 'renewal' });
