import type { LoginGranted } from '../../../machines/sessionEvents.ts';
import { SessionError } from '../../errors/sessionError.ts';
import type { Attempt } from './attempt.ts';
import type { CompleteSignIn } from './completeSignIn.ts';
import type { Silent } from './silent.ts';

/** One silent sign-in before a present user's session is declared over. It is a renewal: another user ends the session. */
export const createRescue =
  ({ askInPlace }: Silent, { accept }: CompleteSignIn) =>
  async (attempt: Attempt): Promise<LoginGranted> => {
    const answer = await askInPlace();
    // The provider names nobody to us: then nothing shows that it is still the same user.
    if (attempt.permit.who === '')
      throw new SessionError('interaction_required', 'The provider did not say whose session it has');
    return accept(attempt, answer, { by: 'renewal' });
  };
