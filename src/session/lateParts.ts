export { createRetry } from '../gate/retry.ts';
export { watchActivity, watchPage } from './watch.ts';
