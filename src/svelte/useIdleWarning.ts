import type { Milliseconds } from '../index.ts';
import { idleCountdown } from '../ui/idleCountdown.ts';
import { follow } from './follow.ts';
import { type OfSession, useSession } from './useSession.ts';

/**
 * The state of a dialog that asks whether the user is still there. `open` and `left` are getters: do not destructure them, or
 * they are no longer reactive.
 */
export interface IdleWarning {
  readonly open: boolean;
  /** Milliseconds until the session ends, in whole seconds; `null` while it is not open. */
  readonly left: Milliseconds | null;
  /** Call it when the user wants to stay. */
  readonly stay: () => void;
}

/** The idle warning. It is also right for a dialog that is mounted in the middle of a warning. */
export const useIdleWarning = (of?: OfSession<unknown>): IdleWarning => {
  const session = useSession(of);
  // Not derived from `left`: an effect that only opens the dialog need not run every second.
  const open = follow(
    session.select(({ warning }) => warning !== null),
    () => false,
  );
  const left = follow(idleCountdown(session), () => null);
  return {
    get open() {
      return open.current;
    },
    get left() {
      return left.current;
    },
    stay: session.stay,
  };
};
