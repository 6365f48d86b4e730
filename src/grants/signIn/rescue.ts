import type { LoginGranted } from '../../../machines/sessionEvents.ts';
import type { CatchUp } from '../tabs/catchUp.ts';
import type { Attempt } from './attempt.ts';
import type { CompleteSignIn } from './completeSignIn.ts';
import type { Elsewhere } from './elsewhere.ts';
import type { Silent } from './silent.ts';

/** What other tabs have to do with it. */
interface OtherTabs {
  readonly elsewhere: Elsewhere | undefined;
  readonly catchUp: CatchUp | undefined;
}

/**
 * One silent sign-in before a present user's session is declared over, by one tab for all. It is a renewal: another user
 * ends the session.
 */
export const rescue = (
  { askInPlace }: Silent,
  { accept, granted }: CompleteSignIn,
  attempt: Attempt,
  { elsewhere, catchUp }: OtherTabs,
): Promise<LoginGranted> => {
  const ask = async (): Promise<LoginGranted> =>
    accept(attempt, await askInPlace(attempt.permit.who), { by: 'renewal' });
  if (!elsewhere) return ask();
  return elsewhere.inTabTurn(async () => {
    const lease = await catchUp?.catchUp();
    return lease ? granted(attempt, lease, false) : ask();
  });
};
