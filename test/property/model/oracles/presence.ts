import type { Stage } from '../stage.ts';
import { seenOf } from '../subject.ts';

/** Invariant 4: without presence nothing is renewed, and nobody who is there is called away. */
export const createPresence = (stage: Stage) => {
  const { clocks, setting, violate } = stage;
  const { idle } = setting;
  let presentMs = -Infinity;
  let signMs = -Infinity;
  let readMs = 0;
  let isHeld = false;
  let askedByApp = 0;

  return {
    /** Somebody is there, whether the session can know it or not. */
    present: (): void => void (presentMs = clocks.trueMs()),
    /** A sign of presence that the session notes, here or elsewhere. */
    sign(agoMs = 0): void {
      presentMs = clocks.trueMs() - agoMs;
      signMs = presentMs;
    },
    /** The last activity is noted sparingly, and not at all while the page loads. */
    forgetSigns(): void {
      signMs = -Infinity;
      // With its clock set back a new page cannot date the last activity, and takes it for now.
      if (clocks.hasJumped) presentMs = clocks.trueMs();
    },
    forgetCalls(): void {
      isHeld = false;
      askedByApp = 0;
    },
    held: (on: boolean): void => void (isHeld = on),
    asked(promise: Promise<unknown>): void {
      askedByApp++;
      void promise.finally(() => (askedByApp = Math.max(0, askedByApp - 1))).catch(() => {});
    },
    onRead: (): void => void (readMs = clocks.trueMs()),
    /** Nobody is called away who was active, here or elsewhere, before the record was last read. */
    onIdled(): void {
      if (idle === false || idle.confirm || clocks.hasJumped) return;
      if (isHeld) violate('4: idle while held awake');
      const awayMs = readMs - signMs;
      if (awayMs > 0 && awayMs < idle.after - 1) violate(`4: idle ${awayMs} ms after activity`);
    },
    /** At the hand-off of a renewal somebody is there, or chose it. */
    onRenewalSent(): void {
      if (idle === false || idle.requests === 'renew' || isHeld || askedByApp > 0 || clocks.isBlind) return;
      const { isRestoring, isRescuing, signsIn } = seenOf(stage.session);
      if (isRestoring || isRescuing || signsIn || stage.session.status !== 'signedIn') return;
      if (clocks.trueMs() - presentMs > idle.after + 1) violate('4: a renewal without presence');
    },
  };
};
