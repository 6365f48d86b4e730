import type { Mint } from '../../model/mint.ts';
import type { SessionRecord } from '../subject.ts';
import { shownBy, type Tab } from '../tab.ts';

/** A beat that comes so late has followed an interruption; a tab that stood still for longer knows by itself. */
const UNNOTICED_MS = 6000;

/** Since when a tab knows nothing for sure. */
interface Doubt {
  readonly interruptions: number;
}

/** Invariant 6, over all tabs: nobody is shown or sent as anybody else, nor after an end that the tab has read of. */
export const createTabUsers = (mint: Mint, violate: (what: string) => void) => {
  const doubts = new Map<Tab, Doubt>();
  /** Epochs that a tab has read to be over, while it held their tokens. */
  const over = new Map<Tab, number>();
  /** Those of which its machine was told. */
  const told = new Map<Tab, number>();

  /** What was amiss when it was looked at last: what follows a commit can take more microtasks than one drain lets by. */
  const amiss = new Map<Tab, string>();

  const amissIn = (tab: Tab, { epoch, who }: SessionRecord): string | undefined => {
    const { seat, life, recordFailure } = tab;
    const sub = shownBy(tab);
    const bearer = seat.vault.bearer();
    const owner = bearer && mint.access.get(bearer.token)?.family.sub;
    const isOthers = !!who && !!bearer && bearer.epoch === epoch && owner !== who;
    if (isOthers && !recordFailure) return `6: ${life.id} holds tokens of ${owner} in an epoch of ${who}`;
    if (sub === undefined || sub === owner) return undefined;
    return `6: ${life.id} shows ${sub} and holds tokens of ${owner ?? 'nobody'}`;
  };

  const checkShown = (tab: Tab, record: SessionRecord): void => {
    const found = amissIn(tab, record);
    if (found && amiss.get(tab) === found) violate(found);
    if (found) amiss.set(tab, found);
    else amiss.delete(tab);
  };

  const checkDoubt = (tab: Tab): void => {
    if (!doubts.has(tab)) return;
    const { session, life } = tab;
    if (session.peekAccessToken() !== undefined)
      violate(`6: ${life.id} shows a token before it has read the record`);
    if (session.user !== null) violate(`6: ${life.id} shows a user before it has read the record`);
    if (session.canRequest) violate(`6: ${life.id} promises requests before it has read the record`);
  };

  /** A person's own sign-in may have begun the epoch that the record shows of them: it is waited for. */
  const isSigningIn = ({ pending, seat }: Tab, { who }: SessionRecord): boolean =>
    who === seat.vault.who() && [...pending.values()].some((name) => name.startsWith('signIn'));

  return {
    /** It has been away, where it could not hear what the others did; `isTold`: it was told so. */
    onAway(tab: Tab, awayMs: number, isTold: boolean): void {
      const isNoticed = (isTold || awayMs > UNNOTICED_MS) && !tab.recordFailure;
      if (isNoticed && tab.session.status === 'signedIn' && !tab.isStopped)
        doubts.set(tab, { interruptions: tab.life.interruptions });
    },
    /** `isUntold`: no message comes that makes the tab look. Whatever else it reads the record for is no look. */
    onRead(tab: Tab, isUntold: boolean, found: SessionRecord, interruptions: number): void {
      const doubt = doubts.get(tab);
      if (doubt && interruptions >= doubt.interruptions) doubts.delete(tab);
      const lease = tab.seat.vault.lease();
      // What a session that is stopped still reads it draws no conclusions from: it hands out nothing, and looks as it starts.
      if (tab.isStopped) return;
      // Nor does a page that goes by a record of its own from what it has asked of the shared one before.
      if (tab.recordFailure) return;
      if (lease && !isUntold && found.epoch > 0 && (found.epoch !== lease.epoch || found.who === null))
        over.set(tab, lease.epoch);
    },
    /** The machine has heard what a look has found. */
    onLook(tab: Tab, found: { readonly epoch: number; readonly who: 'same' | 'other' | 'nobody' }): void {
      const lease = tab.seat.vault.lease();
      // A record of its own, which was looked at before the sign-in that its machine hears of next.
      if (tab.recordFailure && lease && found.epoch < lease.epoch) return;
      if (lease && found.epoch > 0 && found.epoch !== lease.epoch && found.who !== 'same')
        told.set(tab, lease.epoch);
    },
    /** Site data are cleared: a tab that has not heard of the last end may write its epoch anew. */
    onLost(): void {
      over.clear();
      told.clear();
    },
    /** A sign-in, a sign-out or a stop: what is shown then is news of its own. */
    forget(tab: Tab): void {
      doubts.delete(tab);
      over.delete(tab);
      told.delete(tab);
    },
    onHandOff(tab: Tab, bearer: string, asked: string | undefined): void {
      const { life, seat } = tab;
      const held = mint.access.get(bearer);
      if (!held) return violate('6: an unknown bearer');
      const { sub } = held.family;
      const shown = shownBy(tab);
      if (asked !== undefined && asked !== sub) violate(`6: a call of ${asked} was sent as ${sub}`);
      if (shown !== undefined && shown !== sub)
        violate(`6: ${life.id} shows ${shown} and sends tokens of ${sub}`);
      if (doubts.has(tab)) violate(`6: ${life.id} sent a token before it has read the record`);
      if (told.has(tab) && told.get(tab) === seat.vault.lease()?.epoch)
        violate(`6: ${life.id} sent a token of an epoch that it has read to be over`);
    },
    /** What must be so whenever nothing runs. */
    look(tab: Tab, isQuiet: boolean, record: SessionRecord): void {
      if (tab.life.isFrozen || !tab.life.isAlive) return;
      checkShown(tab, record);
      checkDoubt(tab);
      const held = tab.seat.vault.lease()?.epoch;
      // The sign-in that had ended it was taken back, or lost with the site data that were cleared, and the record written anew.
      for (const epochs of [told, over])
        if (record.epoch === epochs.get(tab) && record.who !== null) epochs.delete(tab);
      for (const epochs of isQuiet && !isSigningIn(tab, record) ? [told, over] : []) {
        const epoch = epochs.get(tab);
        epochs.delete(tab);
        if (epoch !== undefined && held === epoch)
          violate(`6: ${tab.life.id} holds tokens of an epoch that it has read to be over`);
      }
    },
  };
};
