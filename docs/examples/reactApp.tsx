import { useEffect, useSyncExternalStore } from 'react';
import { createSession } from 'token-vigil';

const session = createSession({ issuer: 'https://id.example.com/realms/app', clientId: 'web' });

/** Under StrictMode this starts, stops and starts again: the grant in flight is finished, not repeated. */
const useSession = () => {
  useEffect(() => {
    void session.start();
    return () => session.stop();
  }, []);
  const status = useSyncExternalStore(session.subscribe, () => session.status);
  return { status, user: session.user };
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
