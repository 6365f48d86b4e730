import { type Observer, toObserver } from 'xstate';
import type { Facts } from './facts.ts';
import type { Runner } from './runner.ts';
import type { SessionActor, SessionSnapshot } from './session.ts';

/** The machine for reading, whichever of its actors runs: what is subscribed outlives stops and starts. */
export const createSessionActor = (
  runner: Pick<Runner, 'snapshot' | 'subscribe'>,
  facts: Facts,
): SessionActor =>
  ({
    getSnapshot: runner.snapshot,
    subscribe(next: Observer<SessionSnapshot> | ((snapshot: SessionSnapshot) => void)) {
      const observer = toObserver(next);
      return { unsubscribe: runner.subscribe(() => observer.next?.(runner.snapshot())) };
    },
    on: (type: '*', handler: () => void) => ({ unsubscribe: facts.on(type, handler) }),
  }) as SessionActor;
