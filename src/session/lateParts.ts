export { createRetry } from '../gate/retry.ts';
export { renew } from './renew.ts';
export { createSignIn } from './signIn.ts';
export { watchActivity, watchPage } from './watch.ts';
