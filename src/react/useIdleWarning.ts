import { useMemo } from 'react';
import type { Milliseconds } from '../index.ts';
import { idleCountdown } from '../ui/idleCountdown.ts';
import { useSelection } from './useSelection.ts';
import { type OfSession, useSession } from './useSession.ts';

/** What a dialog shows that asks whether the user is still there. */
export interface IdleWarning {
  readonly open: boolean;
  /** What is left until the session ends, in whole seconds, as milliseconds; `null` while it is not open. */
  readonly left: Milliseconds | null;
  /** The user stays. */
  stay(): void;
}

/** The idle warning, right for a dialog that is mounted in the middle of it too. */
export const useIdleWarning = (of?: OfSession<unknown>): IdleWarning => {
  const session = useSession(of);
  const selection = useMemo(() => idleCountdown(session), [session]);
  const left = useSelection(selection, null);
  return { open: left !== null, left, stay: session.stay };
};
