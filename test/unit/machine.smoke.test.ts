import { createActor } from 'xstate';
import { expect, test } from 'vitest';
import { createSessionMachine, loginFrom, refreshFrom } from '../../machines/index.ts';
import { createVirtualClock } from '../../src/testing/virtualClock.ts';

test('smoke', async () => {
  const clock = createVirtualClock();
  let refreshes = 0;
  const machine = createSessionMachine({ clock, random: () => 0.5 }).provide({
    actors: {
      login: loginFrom(async ({ kind }) => (kind === 'interactive' ? { expires_in: 300, refresh_expires_in: 1800, renewable: true } : null), { clock }),
      refresh: refreshFrom(async () => { refreshes++; return { expires_in: 300, refresh_expires_in: 1800, renewable: true }; }, { clock }),
    },
  });
  const actor = createActor(machine, { input: {} });
  const log: string[] = [];
  actor.on('*', (f) => log.push(f.type));
  const seen: unknown[] = [];
  actor.subscribe((s) => { const v = JSON.stringify(s.value); if (seen.at(-1) !== v) seen.push(v); });
  actor.start();
  await clock.advance(1);
  actor.send({ type: 'session.signIn', request: 'x' });
  for (let i = 0; i < 40; i++) { await clock.advance(60_000); if (i < 12) actor.send({ type: 'user.active' }); }
  await clock.advance(3600_000);
  console.log(log.join(' '), seen.join(' '), refreshes, clock.pendingTimers);
  expect(actor.getSnapshot().value).toBe('expired');
  actor.stop();
  expect(clock.pendingTimers).toBe(0);
});
