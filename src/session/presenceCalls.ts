import type { Clock, Milliseconds } from '../time/clock.ts';
import type { Runner } from './runner.ts';
import type { Session } from './session.ts';

/** Signs of presence that come closer than this say nothing new. */
const TOUCH_MS: Milliseconds = 1000;

/** What the app says about its user's presence, over all starts and stops of a session. */
export interface PresenceCalls extends Pick<Session<unknown>, 'stay' | 'touch' | 'keepAwake'> {
  /** Tells a machine that has just started what is held. */
  tellHolds(): void;
}

/** Nothing is held yet. */
export const createPresenceCalls = (clock: Clock, send: Runner['send']): PresenceCalls => {
  let touchedAtMs = -Infinity;
  let holds = 0;
  return {
    tellHolds() {
      for (let told = 0; told < holds; told++) send({ type: 'user.held' });
    },
    stay: () => send({ type: 'session.stay' }),
    touch() {
      const nowMs = clock.monotonicMs();
      if (nowMs - touchedAtMs < TOUCH_MS) return;
      touchedAtMs = nowMs;
      send({ type: 'user.active' });
    },
    keepAwake() {
      let isHeld = true;
      holds++;
      send({ type: 'user.held' });
      return () => {
        if (!isHeld) return;
        isHeld = false;
        holds--;
        send({ type: 'user.released' });
      };
    },
  };
};
