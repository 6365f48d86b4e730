import { App, createApolloClient } from '../../../docs/examples/apolloClient.tsx';
import { describeRecipe } from './contract.ts';

describeRecipe({
  name: 'Apollo Client',
  open(session) {
    const client = createApolloClient(session);
    return { app: <App session={session} client={client} />, kept: () => client.extract() };
  },
  refetchesOnFocus: false,
  bodyOf: (todos) => ({ data: { todos } }),
});
