import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import type { Session } from 'token-vigil';
import { SessionProvider, SignedIn, useSession, useSessionValue } from 'token-vigil/react';
import { isPause, isWorthRetrying } from './sessionErrors.ts';

/** Made once for the page, beside the session. */
export const createQueryClient = (session: Session<unknown>): QueryClient => {
  const client = new QueryClient({
    defaultOptions: {
      queries: { retry: (failures, error) => failures < 3 && isWorthRetrying(error) },
    },
  });
  session.on('resumed', () => void client.invalidateQueries());
  for (const fact of ['signedIn', 'signedOut', 'expired'] as const) session.on(fact, () => client.clear());
  return client;
};

const Todos = () => {
  const session = useSession();
  const canRequest = useSessionValue((view) => view.canRequest);
  const { data, error } = useQuery({
    queryKey: ['todos'],
    queryFn: async ({ signal }): Promise<string[]> => {
      const response = await session.fetch('/api/todos', { signal });
      if (!response.ok) throw new Error(`The API answered ${response.status}`);
      return response.json();
    },
    enabled: canRequest,
    refetchInterval: 30_000,
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

export const App = ({ session, client }: { session: Session<unknown>; client: QueryClient }) => (
  <SessionProvider session={session}>
    <QueryClientProvider client={client}>
      <SignedIn fallback={<button onClick={() => void session.signIn()}>Sign in</button>}>
        <Todos />
      </SignedIn>
    </QueryClientProvider>
  </SessionProvider>
);
