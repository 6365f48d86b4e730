export { createRetry } from '../gate/retry.ts';
export { browserPage, createGrants, openRecord } from '../grants/index.ts';
