import { useEffect, useSyncExternalStore } from 'react';
import { createSession } from 'token-vigil';

const session = createSession({ issuer: 'https://id.example.com/realms/app', clientId: 'web' });

/** As it is before the start: what a server renders, and what hydration begins with. */
const atFirst = session.view;

/**
 * Any number of components may use it: the session stops when the last of them is gone. Under StrictMode it starts, stops
 * and starts again, and the grant in flight is finished, not repeated.
 */
const useSession = () => {
  useEffect(() => session.run(), []);
  return useSyncExternalStore(
    session.subscribe,
    () => session.view,
    () => atFirst,
  );
};

export const App = () => {
  const { status, user } = useSession();
  if (status === 'loading') return <p>One moment …</p>;
  if (!user) return <button onClick={() => void session.signIn()}>Sign in</button>;
  return (
    <p>
      Hello {user.name ?? user.sub}. <button onClick={() => void session.signOut()}>Sign out</button>
    </p>
  );
};
