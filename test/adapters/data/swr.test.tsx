import { App } from '../../../docs/examples/swr.tsx';
import { describeRecipe } from './contract.ts';

describeRecipe({
  name: 'SWR',
  open: (session) => ({ app: <App session={session} /> }),
  refetchesOnFocus: true,
  bodyOf: (todos) => todos,
});
