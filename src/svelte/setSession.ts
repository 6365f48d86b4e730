import { onMount, setContext } from 'svelte';
import type { Session } from '../index.ts';
import { runSession } from '../ui/runSession.ts';
import { watchHydration } from './hydration.ts';
import { ROOT } from './root.ts';

/**
 * Gives a session to the component that calls it and to all components below, and runs the session until that component is
 * destroyed: call it in the root component or layout. Several roots can share one session. On a server it starts nothing.
 *
 * @example
 * setSession(session); // in the script of src/routes/+layout.svelte
 */
export const setSession = <User>(session: Session<User>): Session<User> => {
  setContext(ROOT, { session, isHydrating: watchHydration() });
  onMount(() => {
    const stop = runSession(session);
    // Hot reload destroys a root and creates it again at once: the session does not stop in between.
    return () => queueMicrotask(stop);
  });
  return session;
};
