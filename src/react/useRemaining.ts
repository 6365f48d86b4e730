import { useMemo } from 'react';
import type { Milliseconds, RemainingOf } from '../index.ts';
import { useSelection } from './useSelection.ts';
import { type OfSession, useSession } from './useSession.ts';

/**
 * What is left of the access token, or of the session if the user does nothing: milliseconds in whole steps, `null` where no
 * end is known. The component renders once a step.
 *
 * @param stepMs a second by default
 */
export const useRemaining = (
  what: RemainingOf,
  stepMs?: Milliseconds,
  of?: OfSession<unknown>,
): Milliseconds | null => {
  const session = useSession(of);
  const selection = useMemo(() => session.remaining(what, stepMs), [session, what, stepMs]);
  return useSelection(selection, null);
};
