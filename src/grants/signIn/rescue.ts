import type { LoginGranted } from '../../../machines/sessionEvents.ts';
import type { CatchUp } from '../tabs/catchUp.ts';
import { cancelled } from '../../errors/cancelled.ts';
import type { RecordJudge } from '../../record/judgeRecord.ts';
import type { GrantDeps } from '../grantDeps.ts';
import type { Attempt } from './attempt.ts';
import type { CompleteSignIn } from './completeSignIn.ts';
import type { Elsewhere } from './elsewhere.ts';
import type { Silent } from './silent.ts';

/** What other tabs have to do with it. */
interface OtherTabs {
  readonly elsewhere: Elsewhere | undefined;
  readonly catchUp: CatchUp | undefined;
  readonly judge: RecordJudge;
}

/**
 * One silent sign-in before a present user's session is declared over, by one tab for all. It is a renewal: another user
 * ends the session.
 */
export const rescue = (
  { askInPlace }: Silent,
  { accept, granted }: CompleteSignIn,
  attempt: Attempt,
  { elsewhere, catchUp, judge }: OtherTabs,
  { vault, record }: Pick<GrantDeps, 'vault' | 'record'>,
): Promise<LoginGranted> => {
  const { permit } = attempt;
  const ask = async (): Promise<LoginGranted> =>
    accept(attempt, await askInPlace(permit.who), { by: 'renewal' });
  if (!elsewhere) return ask();
  const find = async (): Promise<LoginGranted | undefined> => {
    await catchUp?.catchUp();
    const isOver = judge.overIn(await record.read()) !== undefined;
    if (permit.isValid() && !isOver) return undefined;
    const lease = vault.lease();
    // Newer tokens, which can also have come unasked while this tab waited for its turn.
    if (lease?.epoch === permit.epoch && !isOver) return granted(attempt, lease!, false);
    // The machine reads it, too: why it is over counts for more than what has led to the rescue.
    await record.read();
    throw cancelled();
  };
  return elsewhere.askOnce(attempt, permit.epoch!, find, ask);
};
