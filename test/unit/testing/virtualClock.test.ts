import { expect, test } from 'vitest';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';

test('a timer that sets itself again at once is an error, not a test that never ends', async () => {
  const clock = createVirtualClock();
  const again = (): void => void clock.setTimeout(again, 0);
  again();
  await expect(clock.advance(1)).rejects.toThrow('sets itself again at once');
});

test('one that lets time pass can go on for as long as it likes', async () => {
  const clock = createVirtualClock();
  let times = 0;
  const again = (): void => {
    times++;
    clock.setTimeout(again, 1);
  };
  again();
  await clock.advance(12_000);
  expect(times).toBe(12_001);
});
