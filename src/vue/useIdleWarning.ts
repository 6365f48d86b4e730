import { computed, type ComputedRef, type Ref } from 'vue';
import type { Milliseconds } from '../index.ts';
import { idleCountdown } from '../ui/idleCountdown.ts';
import { follow } from './follow.ts';
import { type OfSession, useSession } from './useSession.ts';

/** The state of a dialog that asks whether the user is still there. */
export interface IdleWarning {
  readonly open: ComputedRef<boolean>;
  /** Milliseconds until the session ends, in whole seconds; `null` while it is not open. */
  readonly left: Readonly<Ref<Milliseconds | null>>;
  /** Call it when the user wants to stay. */
  stay(): void;
}

/** The idle warning. It is also right for a dialog that is mounted in the middle of a warning. */
export const useIdleWarning = (of?: OfSession<unknown>): IdleWarning => {
  const session = useSession(of);
  const left = follow(idleCountdown(session), () => null);
  return { open: computed(() => left.value !== null), left, stay: session.stay };
};
