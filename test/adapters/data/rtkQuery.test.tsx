import { App, createStore } from '../../../docs/examples/rtkQuery.tsx';
import { describeRecipe } from './contract.ts';

describeRecipe({
  name: 'RTK Query',
  open(session) {
    const store = createStore(session);
    return { app: <App session={session} store={store} />, kept: () => store.getState() };
  },
  refetchesOnFocus: true,
  bodyOf: (todos) => todos,
});
