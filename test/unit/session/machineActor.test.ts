import { expect, test } from 'vitest';
import { defaultMachineSettings, leaseFrom } from '../../../machines/index.ts';
import { createMachineActor } from '../../../src/session/machineActor.ts';
import type { SessionServices } from '../../../src/session/machineServices.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';
import { readInstant } from '../../../src/time/clock.ts';
import { usual } from '../../support/machineStage.ts';

/** Services of a session of its own, whose sign-ins bring this epoch. */
const servicesOf = (epoch: number) => {
  const clock = createVirtualClock();
  const running = new Set<string>();
  const run = (name: string) => () => {
    running.add(name);
    return () => void running.delete(name);
  };
  const services: SessionServices = {
    clock,
    random: () => 0.5,
    login(receive, tell) {
      receive(({ attempt }) => {
        const lease = leaseFrom(usual, readInstant(clock), { epoch, generation: 1 });
        tell({ type: 'login.granted', attempt, lease, lastActivity: null });
      });
      return () => {};
    },
    refresh: async (request) => ({
      ...request,
      type: 'refresh.granted',
      lease: leaseFrom(usual, readInstant(clock), { epoch, generation: request.generation + 1 }),
    }),
    record: async () => undefined,
    activity: run('activity'),
    environment: run('environment'),
  };
  return { clock, running, services };
};

test('sessions share one machine, and each has its own services and clock', async () => {
  const [ada, bob] = [servicesOf(3), servicesOf(5)];
  const [first, second] = [ada, bob].map(({ services }) =>
    createMachineActor(services, defaultMachineSettings),
  ) as [ReturnType<typeof createMachineActor>, ReturnType<typeof createMachineActor>];
  expect(first.logic).toBe(second.logic);
  first.start();
  second.start();
  await ada.clock.advance(239_000);
  await bob.clock.advance(0);
  const leases = [first, second].map((actor) => actor.getSnapshot().context.lease);
  expect(leases).toMatchObject([
    { epoch: 3, generation: 2 },
    { epoch: 5, generation: 1 },
  ]);
  first.stop();
  expect([ada.running.size, bob.running.size, ada.clock.pendingTimers]).toEqual([0, 2, 0]);
  second.stop();
});

test('an inspector is shown no services: what goes into an actor is plain JSON', () => {
  const { services } = servicesOf(1);
  const inputs: unknown[] = [];
  const actor = createMachineActor(services, defaultMachineSettings);
  actor.system.inspect((event) => {
    const { event: init } = event as { event?: { type: string; input?: unknown } };
    if (init?.type === 'xstate.init' && init.input) inputs.push(init.input);
  });
  actor.start();
  actor.stop();
  expect(inputs.length).toBeGreaterThan(0);
  for (const input of inputs)
    expect(input).toEqual({ ...defaultMachineSettings, now: readInstant(services.clock) });
});
