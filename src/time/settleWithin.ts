import type { Clock, Milliseconds } from './clock.ts';

/** A promise that fails with a `TimeoutError` where `promise` does not settle within the limit. */
export const settleWithin = <T>(clock: Clock, limitMs: Milliseconds, promise: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const giveUp = () => reject(new DOMException(`no answer within ${limitMs} ms`, 'TimeoutError'));
    // In two steps: a page that slept finds its timers due before it hears the answer.
    let timer = clock.setTimeout(() => (timer = clock.setTimeout(giveUp, limitMs / 2)), limitMs / 2);
    void promise.then(resolve, reject).finally(() => clock.clearTimeout(timer));
  });
