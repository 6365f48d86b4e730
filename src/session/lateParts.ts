export { createRetry } from '../gate/retry.ts';
export { renew } from './renew.ts';
export { signIn } from './signIn.ts';
export { watchActivity, watchPage } from './watch.ts';
