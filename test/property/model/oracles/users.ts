import type { SessionFact } from '../../../../machines/sessionEvents.ts';
import type { Family } from '../mint.ts';
import { type Stage, subOf } from '../stage.ts';
import { seenOf } from '../subject.ts';

/** Ends that may come first, whatever a renewal has brought. */
const OTHER_ENDS = new Set(['switched', 'idle', 'lapsed']);

/** Invariant 6: within one epoch nobody becomes anybody else, and a renewal that brings somebody else ends it. */
export const createUsers = (stage: Stage, asked: { readonly wanted: readonly unknown[] }) => {
  const { violate } = stage;
  const epochs = new Map<number, string>();
  let signIns = 0;
  let last: { sub: string; signIns: number } | undefined;
  let newestFamily = 0;
  /** A renewal has brought another user; what was at hand then. */
  let foundOther: { readonly held: string | undefined; isOverdue: boolean } | undefined;
  /** Tokens of the same user have come, and were not told of yet: what comes after them waits for them. */
  let isTaking = false;

  const ofEpoch = (epoch: number | undefined, sub: string): void => {
    if (epoch === undefined) return;
    const known = epochs.get(epoch) ?? sub;
    epochs.set(epoch, known);
    if (known !== sub) violate(`6: one epoch of ${known} and of ${sub}`);
  };

  const forget = (): void => {
    foundOther = undefined;
    isTaking = false;
  };

  return {
    forget,
    onSignIn: ({ id }: Family): void => void (newestFamily = Math.max(newestFamily, id)),
    /** Tokens have come that nobody signed in for. */
    onRenewal(from: Family, to: Family): void {
      if (stage.isStopped || stage.session.status !== 'signedIn' || seenOf(stage.session).signsIn) return;
      if (from.id < newestFamily || from.sub !== subOf(stage)) return;
      const isSame = to.sub === from.sub;
      if (isSame) isTaking = true;
      foundOther = isSame ? undefined : { held: stage.session.peekAccessToken(), isOverdue: false };
    },
    onFact(fact: SessionFact): void {
      if (fact.type === 'signedIn') signIns++;
      // It tells of what was at hand before.
      const isLate = isTaking || foundOther?.held === stage.session.peekAccessToken();
      isTaking = false;
      if (foundOther && fact.type === 'renewed' && isLate) return;
      // A sign-in that somebody waits for may be news of its own.
      const isNews = asked.wanted.length > 0;
      if (foundOther && !isNews && (fact.type === 'renewed' || fact.type === 'signedIn'))
        violate(`6: a renewal that brought another user was taken: ${fact.type}`);
      if (foundOther && fact.type === 'expired' && !OTHER_ENDS.has(fact.reason))
        violate(`6: a renewal brought another user, and the reason is ${fact.reason}`);
      if (['renewed', 'signedIn', 'expired', 'signedOut'].includes(fact.type)) forget();
    },
    look(): void {
      const sub = subOf(stage);
      const { view } = stage.session as { readonly view?: { readonly user: { sub?: string } | null } };
      if (view && view.user?.sub !== sub) violate('6: the view shows another user than the session');
      if (sub === '' && last) violate(`6: ${last.sub} has lost the name`);
      if (!sub) return void (last = undefined);
      if (last && last.sub !== sub && last.signIns === signIns)
        violate(`6: ${last.sub} became ${sub} without a sign-in`);
      last = { sub, signIns };
      if (!stage.isQuiet) return;
      isTaking = false;
      ofEpoch(seenOf(stage.session).epoch, sub);
      // What follows can take more microtasks than one drain lets by.
      if (foundOther && !foundOther.isOverdue) return void (foundOther.isOverdue = true);
      if (foundOther && asked.wanted.length === 0)
        violate('6: a renewal brought another user, and nothing followed');
      forget();
    },
  };
};
