import { type ReactNode, useEffect } from 'react';
import useSWR, { SWRConfig, useSWRConfig } from 'swr';
import type { Session } from 'token-vigil';
import { SessionProvider, SignedIn, useSession, useSessionValue } from 'token-vigil/react';
import { isPause, isWorthRetrying } from './sessionErrors.ts';

/** SWR for one signed-in user: put it inside `SignedIn`, which makes it, and its cache with it, anew for another. */
const UserCache = ({ children }: { children: ReactNode }) => {
  const session = useSession();
  const fetcher = async (path: string): Promise<unknown> => {
    const response = await session.fetch(path);
    if (!response.ok) throw new Error(`The API answered ${response.status}`);
    return response.json();
  };
  return (
    <SWRConfig
      value={{
        provider: () => new Map(),
        fetcher,
        keepPreviousData: true,
        shouldRetryOnError: isWorthRetrying,
      }}
    >
      <RefetchOnReturn />
      {children}
    </SWRConfig>
  );
};

const RefetchOnReturn = () => {
  const session = useSession();
  const { mutate } = useSWRConfig();
  useEffect(() => session.on('resumed', () => void mutate(() => true)), [session, mutate]);
  return null;
};

const Todos = () => {
  const canRequest = useSessionValue((view) => view.canRequest);
  const { data, error } = useSWR<string[], Error>(canRequest ? '/api/todos' : null, {
    refreshInterval: 30_000,
  });
  return (
    <>
      {error && !isPause(error) && <p role="alert">{error.message}</p>}
      <ul>
        {data?.map((todo) => (
          <li key={todo}>{todo}</li>
        ))}
      </ul>
    </>
  );
};

export const App = ({ session }: { session: Session<unknown> }) => (
  <SessionProvider session={session}>
    <SignedIn fallback={<button onClick={() => void session.signIn()}>Sign in</button>}>
      <UserCache>
        <Todos />
      </UserCache>
    </SignedIn>
  </SessionProvider>
);
