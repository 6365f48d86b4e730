import type { Session, Stop } from '../index.ts';
import { admitPage } from './admitPage.ts';

/** What a guard shows in place of its content: something that it was given, or an error to an error boundary. */
export type Instead = 'fallback' | 'ended' | 'signedOut' | { readonly error: unknown };

/**
 * What a guard without a router does for as long as it is on the screen: it admits whoever is signed in, leads everybody else
 * to a sign-in that comes back to the page, and tells what to show meanwhile.
 *
 * @param hasEnded Whether the end of a session is shown. If not, the guard signs in again
 * @returns Gives up what is asked for
 */
export const guardContent = (
  session: Session<unknown>,
  show: (instead: Instead) => void,
  hasEnded: () => boolean,
): Stop => {
  /** Aborts what is asked for, when that is over. */
  let over = new AbortController();

  const admit = async (): Promise<void> => {
    over.abort();
    over = new AbortController();
    const { signal } = over;
    show('fallback');
    try {
      await admitPage(session, location.href, signal);
    } catch (error) {
      if (!signal.aborted) show({ error });
    }
  };
  const showInstead = (other: 'ended' | 'signedOut'): void => {
    over.abort();
    show(other);
  };

  const stops = [
    session.on('expired', () => void (hasEnded() ? showInstead('ended') : admit())),
    session.on('signedOut', () => showInstead('signedOut')),
    // What an earlier end left behind is not shown when the session begins anew.
    session.on('signedIn', () => show('fallback')),
    () => over.abort(),
  ];
  void admit();
  return () => stops.forEach((stop) => stop());
};
