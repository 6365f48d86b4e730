import { expect, test } from 'vitest';
import { createOwnSession } from '../../../docs/examples/plainXState.ts';
import { defaultMachineSettings } from '../../../machines/index.ts';
import { createSessionMachine, loginFrom, refreshFrom } from '../../../machines/index.ts';
import { createActor } from 'xstate';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';

const life = { expiresInSeconds: 60, refreshExpiresInSeconds: 180 };

test('the example signs in and renews with nothing but plain XState', async () => {
  const clock = createVirtualClock();
  let renewals = 0;
  const actor = createOwnSession(
    { signIn: async () => life, renew: async () => (renewals++, life) },
    { clock },
  ).start();
  actor.send({ type: 'session.signIn', ticket: 1 });
  await clock.advance(120_000);
  expect(actor.getSnapshot().value).toBe('authenticated');
  expect(renewals).toBeGreaterThan(1);
  actor.stop();
  expect(clock.pendingTimers).toBe(0);
});

test('a sign-in that failed shows in the context until the next one', async () => {
  const clock = createVirtualClock();
  let answer = async (): Promise<typeof life> => {
    throw Object.assign(new Error('No'), { failureClass: 'terminal', code: 'wrong_badge' });
  };
  const actor = createOwnSession({ signIn: () => answer(), renew: async () => life }, { clock }).start();
  await clock.advance(1);
  const failureNow = () => actor.getSnapshot().context.loginFailure;
  expect(failureNow()).toBe(null);
  actor.send({ type: 'session.signIn', ticket: 1 });
  await clock.advance(1);
  expect(actor.getSnapshot().value).toEqual({ anonymous: 'settled' });
  expect(failureNow()).toMatchObject({ class: 'terminal', code: 'wrong_badge' });

  let goOn = (): void => {};
  answer = () => new Promise((resolve) => (goOn = () => resolve(life)));
  actor.send({ type: 'session.signIn', ticket: 2 });
  expect(failureNow()).toBe(null);
  goOn();
  await clock.advance(1);
  expect(actor.getSnapshot().value).toBe('authenticated');
  actor.stop();
});

test('somebody with two async functions sees all five states', async () => {
  const clock = createVirtualClock();
  const facts = { expires_in: 60, refresh_expires_in: 180, renewable: true };
  const machine = createSessionMachine({ clock }).provide({
    actors: {
      login: loginFrom(async ({ kind }) => (kind === 'interactive' ? facts : null), { clock }),
      refresh: refreshFrom(async () => facts, { clock }),
    },
  });
  const actor = createActor(machine, {
    input: { idle: { ...defaultMachineSettings.idle!, afterMs: 30_000 } },
  });
  const seen = new Set<string>();
  actor.subscribe(({ value }) => seen.add(typeof value === 'string' ? value : Object.keys(value)[0]!));
  actor.start();
  await clock.advance(1);
  actor.send({ type: 'session.signIn', ticket: 1 });
  for (let turns = 0; turns < 5; turns++) {
    await clock.advance(20_000);
    actor.send({ type: 'user.active' });
  }
  await clock.advance(300_000);
  expect([...seen].toSorted()).toEqual(['anonymous', 'authenticated', 'expired', 'idle', 'refreshing']);
  actor.stop();
});
