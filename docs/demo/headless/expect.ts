import { setTimeout as delay } from 'node:timers/promises';

const lookEveryMs = 20;

/** Something that should have happened did not, in the time it had. */
export class MissedStep extends Error {
  constructor(what: string, withinMs: number) {
    super(`${what} (within ${withinMs / 1000} s)`);
  }
}

/** Waits until it is so; throws a {@link MissedStep} after `withinMs`. */
export async function expectThat(what: string, isSo: () => boolean, withinMs: number): Promise<void> {
  const giveUpAtMs = performance.now() + withinMs;
  while (!isSo()) {
    if (performance.now() > giveUpAtMs) throw new MissedStep(what, withinMs);
    await delay(lookEveryMs);
  }
}
