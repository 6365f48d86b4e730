import { shownBy, type Tab } from '../tab.ts';

/** Whether somebody is signed in in this tab, and why nobody is any more. */
export const reasonOf = ({ session }: Tab): string =>
  `${session.status} ${session.actor.getSnapshot().context.reason ?? ''}`.trim();

/** The same of all tabs. */
export const all = (tabs: readonly Tab[]): string => tabs.map(reasonOf).join();

/** Whom each of them shows. */
export const whoIn = (tabs: readonly Tab[]): string => tabs.map((tab) => shownBy(tab) ?? 'nobody').join();
