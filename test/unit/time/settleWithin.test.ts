import { expect, test } from 'vitest';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';
import { settleWithin } from '../../../src/time/settleWithin.ts';

/** How a wait for what never comes stands. */
const hopeless = (limitMs: number) => {
  const delays: number[] = [];
  const clock = createVirtualClock();
  const noting: typeof clock = {
    ...clock,
    setTimeout: (run, delayMs) => (delays.push(delayMs), clock.setTimeout(run, delayMs)),
  };
  let ended: unknown;
  settleWithin(noting, limitMs, new Promise(() => {})).catch((error: unknown) => (ended = error));
  return { clock, delays, ended: () => ended };
};

test('what does not come within the limit is given up then, and not before', async () => {
  const { clock, ended } = hopeless(1000);
  await clock.advance(999);
  expect(ended()).toBeUndefined();
  await clock.advance(1);
  expect(ended()).toMatchObject({ name: 'TimeoutError', message: 'no answer within 1000 ms' });
});

test('no timer of it is longer than the platforms can have', async () => {
  const { delays } = hopeless(Number.MAX_SAFE_INTEGER);
  expect(delays).toEqual([2 ** 31 - 1]);
});
