import { LONGEST_DELAY_MS } from './alarm.ts';
import type { Clock, Milliseconds } from './clock.ts';

/** A promise that fails with a `TimeoutError` where `promise` does not settle within the limit. */
export const settleWithin = <T>(clock: Clock, limitMs: Milliseconds, promise: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const giveUp = () => reject(new DOMException(`no answer within ${limitMs} ms`, 'TimeoutError'));
    const halfMs = Math.min(limitMs / 2, LONGEST_DELAY_MS);
    // In two steps: a page that slept finds its timers due before it hears the answer.
    let timer = clock.setTimeout(() => (timer = clock.setTimeout(giveUp, halfMs)), halfMs);
    void promise.then(resolve, reject).finally(() => clock.clearTimeout(timer));
  });
