import { createFakeSession } from 'token-vigil/testing';
import { expect, test } from 'vitest';

test('warns before an idle session ends', async () => {
  const session = createFakeSession({
    user: { name: 'Ada' },
    idle: { after: 300_000, signOutAfter: 600_000 },
  });
  const warnings: number[] = [];
  session.on('warned', ({ deadline }) => warnings.push(deadline.wallMs - session.clock.wallMs()));

  await session.enter('authenticated'); // or anonymous, refreshing, backingOff, idle, warning, expired
  await session.advance(540_000); // nine minutes, at once
  expect(warnings).toEqual([60_000]);

  session.stay();
  expect(session.user).toEqual({ name: 'Ada' });
  session.stop();
});
