import { computed, type Signal } from '@angular/core';
import type { Milliseconds } from '../index.ts';
import { idleCountdown } from '../ui/idleCountdown.ts';
import { follow } from './follow.ts';
import { injectSession, type OfSession } from './injectSession.ts';

/** What a dialog shows that asks whether the user is still there. */
export interface IdleWarning {
  readonly open: Signal<boolean>;
  /** What is left until the session ends, in whole seconds, as milliseconds; `null` while it is not open. */
  readonly left: Signal<Milliseconds | null>;
  /** The user stays. */
  stay(): void;
}

/** The idle warning, right for a dialog that is created in the middle of it too. */
export const injectIdleWarning = (of?: OfSession<unknown>): IdleWarning => {
  const session = injectSession(of);
  const left = follow(idleCountdown(session), () => null);
  return { open: computed(() => left() !== null), left, stay: session.stay };
};
