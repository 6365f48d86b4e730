import { createRetry } from '../gate/retry.ts';
import { renew } from './renew.ts';
import { createSignIn } from './signIn.ts';
import { watchActivity, watchPage } from './watch.ts';

/** What is loaded with the grants, and has nothing to do with them: of use to a session that has tokens only. */
export const lateParts = { createRetry, renew, createSignIn, watchActivity, watchPage };
