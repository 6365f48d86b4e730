import { configureStore } from '@reduxjs/toolkit';
import {
  type BaseQueryFn,
  createApi,
  type FetchArgs,
  fetchBaseQuery,
  type FetchBaseQueryError,
  retry,
  setupListeners,
  skipToken,
} from '@reduxjs/toolkit/query/react';
import { Provider } from 'react-redux';
import { isSessionError, type Session, type SessionError } from 'token-vigil';
import { SessionProvider, SignedIn, useSessionValue } from 'token-vigil/react';
import { isPause, isWorthRetrying } from './sessionErrors.ts';

/** A store holds plain objects only. `isSessionError` knows this one too. */
type PlainSessionError = Pick<SessionError, 'name' | 'code' | 'message' | 'retryable'>;

/** `fetchBaseQuery` turns what `fetch` throws into a string; this keeps what the session says. */
const sessionBaseQuery: BaseQueryFn<
  string | FetchArgs,
  unknown,
  FetchBaseQueryError | PlainSessionError
> = async (args, api, extraOptions) => {
  const session = api.extra as Session<unknown>;
  let refusal: PlainSessionError | undefined;
  const fetchFn: typeof fetch = async (input, init) => {
    try {
      return await session.fetch(input, init);
    } catch (error) {
      if (isSessionError(error)) {
        const { name, code, message, retryable } = error;
        refusal = { name, code, message, retryable };
      }
      throw error;
    }
  };
  const answer = await fetchBaseQuery({ baseUrl: '/api', fetchFn })(args, api, extraOptions);
  return refusal ? { error: refusal } : answer;
};

const api = createApi({
  baseQuery: retry(sessionBaseQuery, {
    retryCondition: (error, _args, { attempt }) => attempt <= 3 && isWorthRetrying(error),
  }),
  tagTypes: ['User'],
  refetchOnFocus: true,
  endpoints: (build) => ({
    todos: build.query<string[], void>({ query: () => '/todos', providesTags: ['User'] }),
  }),
});

/** Made once for the page, beside the session. */
export const createStore = (session: Session<unknown>) => {
  const store = configureStore({
    reducer: { [api.reducerPath]: api.reducer },
    middleware: (getDefault) => getDefault({ thunk: { extraArgument: session } }).concat(api.middleware),
  });
  setupListeners(store.dispatch);
  session.on('resumed', () => store.dispatch(api.util.invalidateTags(['User'])));
  for (const fact of ['signedIn', 'signedOut', 'expired'] as const)
    session.on(fact, () => store.dispatch(api.util.resetApiState()));
  return store;
};

const Todos = () => {
  const canRequest = useSessionValue((view) => view.canRequest);
  const { data, error } = api.useTodosQuery(canRequest ? undefined : skipToken, { pollingInterval: 30_000 });
  return (
    <>
      {error && !isPause(error) && <p role="alert">The todos could not be loaded.</p>}
      <ul>
        {data?.map((todo) => (
          <li key={todo}>{todo}</li>
        ))}
      </ul>
    </>
  );
};

export const App = ({
  session,
  store,
}: {
  session: Session<unknown>;
  store: ReturnType<typeof createStore>;
}) => (
  <SessionProvider session={session}>
    <Provider store={store}>
      <SignedIn fallback={<button onClick={() => void session.signIn()}>Sign in</button>}>
        <Todos />
      </SignedIn>
    </Provider>
  </SessionProvider>
);
