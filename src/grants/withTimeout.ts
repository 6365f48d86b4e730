import type { Clock, Milliseconds } from '../time/clock.ts';

/**
 * Runs something that listens to a signal, and rejects with a `TimeoutError` where it takes longer.
 * It rejects at once, also where the transport beneath does not heed the signal.
 */
export const withTimeout = async <T>(
  clock: Clock,
  limitMs: Milliseconds,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const controller = new AbortController();
  let timer: unknown;
  const timedOut = new Promise<never>((_resolve, reject) => {
    timer = clock.setTimeout(() => {
      const reason = new DOMException(`no answer within ${limitMs} ms`, 'TimeoutError');
      reject(reason);
      controller.abort(reason);
    }, limitMs);
  });
  try {
    return await Promise.race([run(controller.signal), timedOut]);
  } finally {
    clock.clearTimeout(timer);
  }
};
