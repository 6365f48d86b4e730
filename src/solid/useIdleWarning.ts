import { type Accessor, createMemo } from 'solid-js';
import type { Milliseconds } from '../index.ts';
import { idleCountdown } from '../ui/idleCountdown.ts';
import { follow } from './follow.ts';
import { type OfSession, useSession } from './useSession.ts';

/** What a dialog shows that asks whether the user is still there. */
export interface IdleWarning {
  readonly open: Accessor<boolean>;
  /** What is left until the session ends, in whole seconds, as milliseconds; `null` while it is not open. */
  readonly left: Accessor<Milliseconds | null>;
  /** The user stays. */
  stay(): void;
}

/** The idle warning, right for a dialog that is mounted in the middle of it too. */
export const useIdleWarning = (of?: OfSession<unknown>): IdleWarning => {
  const session = useSession(of);
  const left = follow(idleCountdown(session), () => null);
  return { open: createMemo(() => left() !== null), left, stay: session.stay };
};
