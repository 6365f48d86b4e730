import { type Ended, endedOf } from '../ui/ended.ts';
import { type Current, follow } from './follow.ts';
import { type OfSession, useSession } from './useSession.ts';

/** Why the last session is over, and how to return to the page that the user was on; `null` if no session has ended. */
export const useEnded = (of?: OfSession<unknown>): Current<Ended | null> =>
  follow(endedOf(useSession(of)), () => null);
