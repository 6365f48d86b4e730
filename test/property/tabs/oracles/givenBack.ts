import type { Family } from '../../model/mint.ts';
import type { SessionRecord } from '../subject.ts';
import type { Tab } from '../tab.ts';

/** Nothing is given back of a session that goes on: that would end it in every tab. */
export const createTabGivenBack = (
  familyOf: (token: string) => Family | undefined,
  violate: (what: string) => void,
  /** Whether it was put back over the sign-in of another user. */
  isPutBack: (epoch: number) => boolean,
) => {
  /** Where the app has signed out. */
  const signedOut = new Set<Tab>();

  const isHeldIn =
    ({ epoch, who }: SessionRecord, family: Family) =>
    ({ seat: { vault } }: Tab): boolean =>
      who !== null &&
      !isPutBack(epoch) &&
      vault.lease()?.epoch === epoch &&
      familyOf(vault.bearer()!.token) === family;

  return {
    signOut: (tab: Tab): void => void signedOut.add(tab),
    /** Returns what is called when it arrives: a sign-in shows in the record a moment before it replaces what a tab holds. */
    onRevocation(tab: Tab, token: string, tabs: readonly Tab[], read: () => SessionRecord): () => void {
      const family = familyOf(token);
      if (!family || signedOut.has(tab)) return () => {};
      const holders = tabs.filter(isHeldIn(read(), family));
      return () => {
        if (holders.some(isHeldIn(read(), family)))
          violate(`G: ${tab.life.id} gives back tokens of a session that goes on`);
      };
    },
  };
};
