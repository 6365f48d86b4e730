import { useMemo } from 'react';
import { type Ended, endedOf } from '../ui/ended.ts';
import { useSelection } from './useSelection.ts';
import { type OfSession, useSession } from './useSession.ts';

/** Why the last session is over, and the way back to the page that the user was on; `null` while there is nothing to say. */
export const useEnded = (of?: OfSession<unknown>): Ended | null => {
  const session = useSession(of);
  const selection = useMemo(() => endedOf(session), [session]);
  return useSelection(selection, null);
};
