import type { Accessor } from 'solid-js';
import { type Ended, endedOf } from '../ui/ended.ts';
import { follow } from './follow.ts';
import { type OfSession, useSession } from './useSession.ts';

/** Why the last session is over, and the way back to the page that the user was on; `null` while there is nothing to say. */
export const useEnded = (of?: OfSession<unknown>): Accessor<Ended | null> =>
  follow(endedOf(useSession(of)), () => null);
