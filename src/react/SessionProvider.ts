import { createElement, type ReactElement, type ReactNode, useEffect } from 'react';
import type { Session } from '../index.ts';
import { runSession } from '../ui/runSession.ts';
import { SessionContext } from './useSession.ts';

/** What `SessionProvider` takes. */
export interface SessionProviderProps {
  /** Made outside of React with `createSession`, or with `createFakeSession` in a test. */
  readonly session: Session<unknown>;
  readonly children?: ReactNode;
}

/**
 * Gives a session to everything below, and runs it while it is mounted. Several roots may have the same one.
 *
 * @example
 * createRoot(element).render(<SessionProvider session={session}><App /></SessionProvider>)
 */
export const SessionProvider = ({ session, children }: SessionProviderProps): ReactElement => {
  useEffect(() => {
    const stop = runSession(session);
    // StrictMode and Fast Refresh run an effect again at once: the session does not stop in between.
    return () => queueMicrotask(stop);
  }, [session]);
  return createElement(SessionContext.Provider, { value: session as Session<never> }, children);
};
