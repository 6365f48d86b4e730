import { App, createQueryClient } from '../../../docs/examples/tanstackQuery.tsx';
import { describeRecipe } from './contract.ts';

describeRecipe({
  name: 'TanStack Query',
  open(session) {
    const client = createQueryClient(session);
    return {
      app: <App session={session} client={client} />,
      kept: () =>
        client
          .getQueryCache()
          .getAll()
          .map(({ state }) => state),
    };
  },
  refetchesOnFocus: true,
  bodyOf: (todos) => todos,
});
