import { createComponent, type JSX, onCleanup, onMount } from 'solid-js';
import type { Session } from '../index.ts';
import { runSession } from '../ui/runSession.ts';
import { SessionContext } from './useSession.ts';

/** What `SessionProvider` takes. */
export interface SessionProviderProps {
  /** Made outside of components with `createSession`, or with `createFakeSession` in a test. It stays the same. */
  readonly session: Session<unknown>;
  readonly children?: JSX.Element;
}

/**
 * Gives a session to everything below, and runs it while it is mounted. Several roots may have the same one.
 *
 * @example
 * render(() => <SessionProvider session={session}><App /></SessionProvider>, element)
 */
export const SessionProvider = (props: SessionProviderProps): JSX.Element => {
  const { session } = props;
  onMount(() => {
    const stop = runSession(session);
    // A hot reload makes a component anew at once: the session does not stop in between.
    onCleanup(() => queueMicrotask(stop));
  });
  return createComponent(SessionContext.Provider, {
    value: session as Session<never>,
    get children() {
      return props.children;
    },
  });
};
