import { describe, expect, test } from 'vitest';
import { type EventObject, createActor, fromCallback, setup } from 'xstate';
import {
  type AlarmSet,
  type RefreshRequested,
  type TokenFacts,
  createSessionMachine,
  loginFrom,
  refreshFrom,
  serviceFrom,
} from '../../../machines/index.ts';
import { readInstant } from '../../../src/time/clock.ts';
import { deadlineAfter } from '../../../src/time/deadline.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';
import { usual } from '../../support/machineStage.ts';

/** A service by itself: what it is sent, and what it answers. */
const run = (service: ReturnType<typeof serviceFrom>) => {
  const answers: EventObject[] = [];
  const parent = setup({ actors: { service } }).createMachine({
    invoke: { id: 'service', src: 'service' },
    on: { '*': { actions: ({ event }) => void answers.push(event) } },
  });
  const actor = createActor(parent).start();
  const { service: child } = actor.getSnapshot().children;
  return { answers, actor, ask: (request: object) => child!.send(request as never) };
};

const asking = (of: Partial<RefreshRequested> = {}) => ({
  type: 'refresh.requested',
  epoch: 3,
  generation: 7,
  ...of,
});

describe('a service made from one function', () => {
  test('answers each request by an event, in whatever order they come', async () => {
    const clock = createVirtualClock();
    const service = serviceFrom(async (request: { type: string; after: number }) => {
      await new Promise<void>((resolve) => clock.setTimeout(resolve, request.after));
      return { type: 'answer', after: request.after };
    });
    const { answers, ask, actor } = run(service as never);
    ask({ type: 'ask', after: 20 });
    ask({ type: 'ask', after: 10 });
    await clock.advance(20);
    expect(answers).toEqual([
      { type: 'answer', after: 10 },
      { type: 'answer', after: 20 },
    ]);
    actor.stop();
  });

  test('may have nothing to say', async () => {
    const { answers, ask, actor } = run(serviceFrom(async () => undefined));
    ask({ type: 'ask' });
    await createVirtualClock().advance(0);
    expect(answers).toEqual([]);
    actor.stop();
  });

  test('says nothing any more once it was stopped', async () => {
    const clock = createVirtualClock();
    const { answers, ask, actor } = run(
      serviceFrom(async () => {
        await new Promise<void>((resolve) => clock.setTimeout(resolve, 10));
        return { type: 'answer' };
      }),
    );
    ask({ type: 'ask' });
    actor.stop();
    await clock.advance(10);
    expect(answers).toEqual([]);
  });
});

describe('a login service of your own', () => {
  const clock = createVirtualClock();
  const asked = { type: 'login.requested', kind: 'interactive', attempt: 4, ticket: 1 };
  const answerOf = async (login: () => Promise<TokenFacts | null>) => {
    const { answers, ask, actor } = run(loginFrom(login, { clock }) as never);
    ask(asked);
    await clock.advance(0);
    actor.stop();
    return answers;
  };

  test('is told the kind and the request, and begins a new epoch with each success', async () => {
    const told: unknown[] = [];
    const { answers, ask, actor } = run(
      loginFrom(async (request) => (told.push(request), usual), { clock }) as never,
    );
    ask(asked);
    ask({ ...asked, attempt: 5 });
    await clock.advance(0);
    expect(told[0]).toEqual({ kind: 'interactive', ticket: 1 });
    expect(answers).toMatchObject([
      { type: 'login.granted', attempt: 4, lease: { epoch: 1, generation: 1 } },
      { type: 'login.granted', attempt: 5, lease: { epoch: 2, generation: 1 } },
    ]);
    actor.stop();
  });

  test('answers that nobody is signed in by `null`', async () => {
    expect(await answerOf(async () => null)).toEqual([{ type: 'login.failed', attempt: 4, failure: null }]);
  });

  test('may reject: with whatever it throws, it is a failure without secrets', async () => {
    const thrown = Object.assign(new Error('secret'), {
      failureClass: 'transient',
      status: 503,
      token: 'secret',
    });
    const answers = await answerOf(() => Promise.reject(thrown));
    expect(answers).toEqual([
      {
        type: 'login.failed',
        attempt: 4,
        failure: { class: 'transient', code: 'network_failed', status: 503, error: null, retryAfterMs: null },
      },
    ]);
    for (const nothing of [undefined, null, 'secret', 5]) {
      expect(await answerOf(() => Promise.reject(nothing))).toMatchObject([
        { failure: { class: 'unknown' } },
      ]);
    }
  });

  test('may say that the token request was sent later than it was asked: a user had to type first', async () => {
    const { answers, ask, actor } = run(
      loginFrom(
        async () => {
          await new Promise<void>((resolve) => clock.setTimeout(resolve, 400_000));
          return { ...usual, sentAt: readInstant(clock) };
        },
        { clock },
      ) as never,
    );
    ask(asked);
    await clock.advance(400_000);
    expect(answers).toMatchObject([{ type: 'login.granted', lease: { sentAt: readInstant(clock) } }]);
    actor.stop();
  });

  test('a token that arrives stale is a failure', async () => {
    const answers = await answerOf(async () => ({ expires_in: 1, renewable: true }));
    expect(answers).toMatchObject([{ type: 'login.failed', failure: { code: 'token_arrived_stale' } }]);
  });
});

describe('a refresh service of your own', () => {
  const clock = createVirtualClock();

  test('answers with the next generation of the same epoch, counted from when it was asked', async () => {
    const { answers, ask, actor } = run(
      refreshFrom(
        async () => {
          await new Promise<void>((resolve) => clock.setTimeout(resolve, 5000));
          return usual;
        },
        { clock },
      ) as never,
    );
    const sentAtMs = clock.monotonicMs();
    ask(asking());
    await clock.advance(5000);
    expect(answers).toMatchObject([
      {
        type: 'refresh.granted',
        epoch: 3,
        generation: 7,
        lease: { epoch: 3, generation: 8, sentAt: { monotonicMs: sentAtMs } },
      },
    ]);
    actor.stop();
  });

  test.each([
    ['stale', async () => ({ expires_in: 1, renewable: true })],
    [
      'too late',
      async () => {
        await new Promise<void>((resolve) => clock.setTimeout(resolve, 289_000));
        return usual;
      },
    ],
    [
      'long after its request',
      async () => ({ ...usual, sentAt: deadlineAfter(readInstant(clock), -289_000) }),
    ],
  ])(
    'a token that arrives %s is a failure that only a person can mend, and its lease is told',
    async (_, renew) => {
      const { answers, ask, actor } = run(refreshFrom(renew, { clock }) as never);
      ask(asking());
      await clock.advance(289_000);
      expect(answers).toMatchObject([
        {
          type: 'refresh.failed',
          epoch: 3,
          generation: 7,
          failure: { class: 'configuration', code: 'token_arrived_stale' },
          lease: { epoch: 3, generation: 8 },
        },
      ]);
      actor.stop();
    },
  );

  test('may say by what it throws that the provider refused for good', async () => {
    const { answers, ask, actor } = run(
      refreshFrom(() => Promise.reject({ failureClass: 'terminal', error: 'invalid_grant', status: 400 }), {
        clock,
      }) as never,
    );
    ask(asking());
    await clock.advance(0);
    expect(answers).toMatchObject([
      {
        type: 'refresh.failed',
        epoch: 3,
        generation: 7,
        failure: { class: 'terminal', error: 'invalid_grant', status: 400 },
      },
    ]);
    actor.stop();
  });
});

test('a machine without a refresh service of its own says that it lacks one', async () => {
  const clock = createVirtualClock();
  const machine = createSessionMachine({ clock }).provide({
    actors: { login: loginFrom(async () => usual, { clock }) },
  });
  const actor = createActor(machine).start();
  await clock.advance(0);
  actor.send({ type: 'session.renew', by: 'app' });
  await clock.advance(0);
  const { value, context } = actor.getSnapshot();
  expect(value).toEqual({ refreshing: 'backingOff' });
  expect(context.failure).toMatchObject({ class: 'configuration', code: 'option_invalid' });
  actor.stop();
});

test('a machine without a record of its own is left alone by its looks', async () => {
  const clock = createVirtualClock();
  const machine = createSessionMachine({ clock }).provide({
    actors: { login: loginFrom(async () => usual, { clock }) },
  });
  const actor = createActor(machine).start();
  await clock.advance(0);
  actor.send({ type: 'page.awake', restored: true });
  await clock.advance(0);
  expect(actor.getSnapshot().value).toBe('authenticated');
  expect(actor.getSnapshot().context.lookedAt).not.toBeNull();
  actor.stop();
});

test('a machine without a record of its own has no answer to what it notes there', async () => {
  const clock = createVirtualClock();
  const machine = createSessionMachine({ clock }).provide({
    actors: { login: loginFrom(async () => usual, { clock }) },
  });
  const actor = createActor(machine).start();
  await clock.advance(0);
  actor.send({ type: 'user.active' });
  actor.send({ type: 'page.awake', restored: false });
  await clock.advance(0);
  const { status, context } = actor.getSnapshot();
  expect([status, context.looking]).toEqual(['active', null]);
  actor.stop();
});

test('an alarm of your own is told after each event how long nothing can change by itself', async () => {
  const clock = createVirtualClock();
  const asked: EventObject[] = [];
  const machine = createSessionMachine({ clock }).provide({
    actors: {
      login: loginFrom(async () => usual, { clock }),
      alarm: fromCallback<AlarmSet>(({ receive }) => receive((request) => asked.push(request))),
    },
  });
  const actor = createActor(machine).start();
  await clock.advance(0);
  expect(asked.at(-1)).toEqual({ type: 'alarm.set', afterMs: 239_000 });
  for (const [event, afterMs] of [
    [{ type: 'user.active' }, 239_000],
    [{ type: 'session.signIn', ticket: 1 }, 239_000],
    [{ type: 'session.signOut' }, null],
  ] as const) {
    asked.length = 0;
    actor.send(event);
    expect(asked).toEqual([{ type: 'alarm.set', afterMs }]);
  }
  actor.stop();
});

test('a machine without services of its own says that nobody is signed in', async () => {
  const clock = createVirtualClock();
  const actor = createActor(createSessionMachine({ clock })).start();
  await clock.advance(0);
  expect(actor.getSnapshot().value).toEqual({ anonymous: 'settled' });
  actor.send({ type: 'session.signIn', ticket: 1 });
  await clock.advance(0);
  expect(actor.getSnapshot().value).toEqual({ anonymous: 'settled' });
  actor.stop();
  expect(clock.pendingTimers).toBe(0);
});
