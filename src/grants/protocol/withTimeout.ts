import type { Clock, Milliseconds } from '../../time/clock.ts';
import { settleWithin } from '../../time/settleWithin.ts';

/**
 * Runs something that listens to a signal, and rejects with a `TimeoutError` where it takes longer.
 * It rejects at once, also where the transport beneath does not noteUnauthorized the signal.
 */
export const withTimeout = <T>(
  clock: Clock,
  limitMs: Milliseconds,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const controller = new AbortController();
  return settleWithin(clock, limitMs, run(controller.signal)).catch((reason: unknown) => {
    controller.abort(reason);
    throw reason;
  });
};
