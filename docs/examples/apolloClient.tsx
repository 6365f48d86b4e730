import {
  ApolloClient,
  ApolloLink,
  gql,
  HttpLink,
  InMemoryCache,
  type TypedDocumentNode,
} from '@apollo/client';
import { RetryLink } from '@apollo/client/link/retry';
import { ApolloProvider, skipToken, useQuery } from '@apollo/client/react';
import type { Session } from 'token-vigil';
import { SessionProvider, SignedIn, useSessionValue } from 'token-vigil/react';
import { isPause, isWorthRetrying } from './sessionErrors.ts';

/** Made once for the page, beside the session. */
export const createApolloClient = (session: Session<unknown>): ApolloClient => {
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([
      new RetryLink({ attempts: { max: 4, retryIf: isWorthRetrying } }),
      new HttpLink({ uri: '/graphql', fetch: session.fetch }),
    ]),
    defaultOptions: { watchQuery: { fetchPolicy: 'cache-and-network' } },
  });
  // The queries themselves show what fails.
  session.on('resumed', () => void client.refetchObservableQueries().catch(() => undefined));
  for (const fact of ['signedIn', 'signedOut', 'expired'] as const)
    session.on(fact, () => void client.clearStore());
  return client;
};

const TODOS: TypedDocumentNode<{ todos: string[] }> = gql`
  query Todos {
    todos
  }
`;

const Todos = () => {
  const canRequest = useSessionValue((view) => view.canRequest);
  const { data, error } = useQuery(TODOS, canRequest ? { pollInterval: 30_000 } : skipToken);
  return (
    <>
      {error && !isPause(error) && <p role="alert">{error.message}</p>}
      <ul>
        {data?.todos.map((todo) => (
          <li key={todo}>{todo}</li>
        ))}
      </ul>
    </>
  );
};

export const App = ({ session, client }: { session: Session<unknown>; client: ApolloClient }) => (
  <SessionProvider session={session}>
    <ApolloProvider client={client}>
      <SignedIn fallback={<button onClick={() => void session.signIn()}>Sign in</button>}>
        <Todos />
      </SignedIn>
    </ApolloProvider>
  </SessionProvider>
);
