import { expect, onTestFinished, test, vi } from 'vitest';
import { baseAfter, type Base } from '../../../src/inspect/backlog.ts';
import type { InspectEntry } from '../../../src/inspect/inspectEntry.ts';
import { type Inspection, inspectSession } from '../../../src/inspect/inspectSession.ts';
import { replaySteps } from '../../../src/inspect/panel/replaySteps.ts';
import { createFakeSession, type FakeSession } from '../../../src/testing/index.ts';
import { createVirtualClock, drainMicrotasks } from '../../../src/testing/virtualClock.ts';
import { createSessionStage } from '../../support/sessionStage.ts';
import { ofKind, refreshing, stories } from './inspected.ts';

const made = (): FakeSession<unknown> => {
  const session = createFakeSession({
    user: {},
    tokenOrigins: 'https://api.test',
    fetch: async () => Response.json({}),
  });
  onTestFinished(() => session.stop());
  return session;
};

const endOf = ({ base, entries }: Pick<Inspection, 'base' | 'entries'>): Base | null =>
  entries.reduce(baseAfter, base);

const knownOf = ({ actor, state }: FakeSession<unknown>) => ({
  state,
  context: actor.getSnapshot().context,
});

const numbersOf = (entries: readonly InspectEntry[]): number[] => entries.map(({ number }) => number);

const upTo = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** Until what is to be delivered now was delivered: each delivery is a task of its own. */
const delivered = () => new Promise<void>((resolve) => setTimeout(resolve));

const quiet = () => {
  const printed = vi.spyOn(console, 'error').mockReturnValue();
  onTestFinished(() => printed.mockRestore());
  return printed;
};

test('a listener that throws, or rejects, is printed, and stops neither the session nor the other listeners', async () => {
  const printed = quiet();
  const session = made();
  const inspection = inspectSession(session);
  const heard: number[] = [];
  inspection.subscribe(() => expect.fail('mine'));
  inspection.subscribe(async () => expect.fail('later'));
  inspection.subscribe((entries) => heard.push(...numbersOf(entries)));
  await session.enter('authenticated');
  expect(session.status).toBe('signedIn');
  expect(heard).toEqual([]);
  await delivered();
  expect(heard).toEqual(numbersOf(inspection.entries));
  session.touch();
  await delivered();
  expect(heard).toEqual(upTo(1, inspection.entries.length));
  expect(printed.mock.calls.map(String).filter((text) => text.includes('mine'))).toHaveLength(2);
  expect(printed.mock.calls.map(String).filter((text) => text.includes('later'))).toHaveLength(2);
});

test('a listener is told in a task of its own: the machine goes on before it', async () => {
  const session = made();
  const inspection = inspectSession(session);
  const seen: string[] = [];
  inspection.subscribe(() => seen.push(session.state));
  await session.enter('authenticated');
  await session.enter('backingOff');
  expect(seen).toEqual([]);
  await delivered();
  expect(seen).toEqual(['refreshing.backingOff']);
});

test('who unsubscribes in its call is not called again, nor is whom it unsubscribes', async () => {
  const session = made();
  const inspection = inspectSession(session);
  const calls: string[] = [];
  const stopFirst = inspection.subscribe(() => {
    calls.push('first');
    stopFirst();
    stopSecond();
  });
  const stopSecond = inspection.subscribe(() => calls.push('second'));
  await session.enter('authenticated');
  await delivered();
  session.touch();
  await delivered();
  expect(calls).toEqual(['first']);
});

test('who subscribes late hears only what comes from then on, also while others are told', async () => {
  const session = made();
  const inspection = inspectSession(session);
  const [first, within, late]: [number[], number[], number[]] = [[], [], []];
  inspection.subscribe((entries) => {
    if (first.length === 0) inspection.subscribe((more) => within.push(...numbersOf(more)));
    first.push(...numbersOf(entries));
  });
  await session.enter('authenticated');
  const before = inspection.entries.length;
  inspection.subscribe((entries) => late.push(...numbersOf(entries)));
  session.touch();
  await delivered();
  const told = inspection.entries.length;
  expect(late).toEqual(upTo(before + 1, told));
  expect(within).toEqual([]);
  await session.renew();
  await delivered();
  expect(within).toEqual(upTo(told + 1, inspection.entries.length));
  expect(first).toEqual(upTo(1, inspection.entries.length));
});

test('what one listener does to its entries the others do not see', async () => {
  const session = made();
  const inspection = inspectSession(session);
  const heard: number[] = [];
  inspection.subscribe((entries) => (entries as InspectEntry[]).splice(0));
  inspection.subscribe((entries) => heard.push(...numbersOf(entries)));
  await session.enter('authenticated');
  await delivered();
  expect(heard).toEqual(numbersOf(inspection.entries));
});

test.each([1, 2, 7, 30])(
  'with a limit of %i what is kept still leads to what the session knows',
  async (limit) => {
    const session = made();
    const inspection = inspectSession(session, { limit });
    await session.enter('warning');
    session.stay();
    await session.enter('backingOff');
    const { entries } = inspection;
    expect(entries.length).toBeLessThanOrEqual(limit);
    expect(entries.length).toBeGreaterThanOrEqual(Math.floor(limit * 0.9));
    const first = entries[0]!.number;
    expect(numbersOf(entries)).toEqual(upTo(first, first + entries.length - 1));
    expect(first).toBeGreaterThan(1);
    expect(endOf(inspection)).toEqual(knownOf(session));
    for (const { recorded, replayed } of replaySteps(inspection)) expect(replayed).toBe(recorded);
  },
);

test('a listener hears no more than is kept, and the numbers show it', async () => {
  const session = made();
  const inspection = inspectSession(session, { limit: 10 });
  const heard: number[] = [];
  inspection.subscribe((entries) => heard.push(...numbersOf(entries)));
  await session.enter('warning');
  await delivered();
  expect(heard).toEqual(numbersOf(inspection.entries));
  expect(heard[0]).toBeGreaterThan(1);
});

/** What a session is listened to by. */
const counting = (session: FakeSession<unknown>) => {
  const attached = { inspect: 0, on: 0, onRequest: 0 };
  const count =
    (name: keyof typeof attached) =>
    (...args: unknown[]) => {
      const stop = (session[name] as (...given: unknown[]) => () => void)(...args);
      attached[name]++;
      return () => {
        attached[name]--;
        stop();
      };
    };
  return {
    attached,
    session: {
      ...session,
      inspect: count('inspect'),
      on: count('on'),
      onRequest: count('onRequest'),
    } as never,
  };
};

test('a stop leaves nothing at the session and nothing pending, and tells what was to be told', async () => {
  const real = made();
  const { attached, session } = counting(real);
  const before = real.clock.pendingTimers;
  const inspection = inspectSession(session, { clock: real.clock });
  const heard: number[] = [];
  inspection.subscribe((entries) => heard.push(...numbersOf(entries)));
  expect(attached).toEqual({ inspect: 1, on: 1, onRequest: 1 });
  expect(real.clock.pendingTimers).toBe(before);
  await real.enter('authenticated');
  const timers = vi.spyOn(globalThis, 'setTimeout');
  onTestFinished(() => timers.mockRestore());
  inspection.stop();
  expect(attached).toEqual({ inspect: 0, on: 0, onRequest: 0 });
  inspection.stop();
  expect(attached).toEqual({ inspect: 0, on: 0, onRequest: 0 });
  const { length } = inspection.entries;
  expect(heard).toEqual(upTo(1, length));
  await real.renew();
  await real.fetch('https://api.test/x');
  real.stop();
  await real.start();
  expect(inspection.entries.length).toBe(length);
  expect(timers).not.toHaveBeenCalled();
});

test('a listener may stop the inspection in its call', async () => {
  const session = made();
  const inspection = inspectSession(session);
  const heard = vi.fn(() => inspection.stop());
  inspection.subscribe(heard);
  await session.enter('authenticated');
  await delivered();
  await session.renew();
  await delivered();
  expect(heard).toHaveBeenCalledOnce();
});

test.each(stories)('$name: an inspection that comes later sees how it stands', async ({ play }) => {
  const stage = await play();
  const late = inspectSession(stage.session, { clock: stage.clock });
  const { context } = stage.session.actor.getSnapshot();
  expect(late.entries[0]).toMatchObject({ kind: 'started', number: 1, state: stage.at });
  expect(endOf(late)?.context).toEqual(context);
  stage.act('user.active');
  expect(endOf(late)?.context).toEqual(stage.context());
  late.stop();
});

test('an inspection that begins in the call of a fact sees the machine as it is', async () => {
  const session = made();
  let inspection: Inspection | undefined;
  session.on('signedIn', () => (inspection ??= inspectSession(session)));
  await session.enter('authenticated');
  session.touch();
  expect(endOf(inspection!)).toEqual(knownOf(session));
  for (const { recorded, replayed } of replaySteps(inspection!)) expect(replayed).toBe(recorded);
});

test('a session that is stopped and started goes on in the same stream', async () => {
  const session = made();
  const inspection = inspectSession(session);
  await session.enter('authenticated');
  session.stop();
  expect(endOf(inspection)).toBeNull();
  await session.start();
  await drainMicrotasks();
  expect(endOf(inspection)).toEqual(knownOf(session));
  expect(numbersOf(inspection.entries)).toEqual(upTo(1, inspection.entries.length));
  const runs = inspection.entries.map(({ kind }) => kind).filter((kind) => /^st(art|opp)ed$/.test(kind));
  expect(runs).toEqual(['started', 'stopped', 'started']);
});

test('a listener of the session that stops it in its call ends the stream with the stop', async () => {
  const session = made();
  const inspection = inspectSession(session);
  session.on('renewed', () => session.stop());
  await session.enter('authenticated');
  await session.renew().catch(() => undefined);
  expect(endOf(inspection)).toBeNull();
  expect(ofKind(inspection.entries, 'stopped')).toHaveLength(1);
  await session.start();
  await drainMicrotasks();
  expect(endOf(inspection)).toEqual(knownOf(session));
  await session.fetch('https://api.test/x');
  expect(inspection.entries.at(-1)).toMatchObject({ kind: 'request', request: { type: 'settled' } });
});

test('two inspections see the same, and the stop of one is not that of the other', async () => {
  const session = made();
  const [one, other] = [inspectSession(session), inspectSession(session)];
  await session.enter('authenticated');
  expect(one.entries).toEqual(other.entries);
  one.stop();
  const { length } = one.entries;
  await session.fetch('https://api.test/x');
  expect(one.entries.length).toBe(length);
  expect(ofKind(other.entries, 'request')).toHaveLength(3);
});

test.each([0, -1, Number.NaN, 1.5, Infinity, '5', null, {}])('a limit of %j is refused', (limit) => {
  expect(() => inspectSession(made(), { limit: limit as number })).toThrow(
    expect.objectContaining({
      code: 'option_invalid',
      message: expect.stringContaining('`limit`') as string,
    }),
  );
});

test.each([undefined, null, 5, 'x', {}, { view: {} }, () => undefined])(
  '%j is refused as a session',
  (session) => {
    expect(() => inspectSession(session as never)).toThrow(
      expect.objectContaining({
        code: 'option_invalid',
        message: expect.stringContaining('The session') as string,
      }),
    );
  },
);

test.each([5, 'x', { clock: 5 }, { clock: {} }])('options %j are refused', (options) => {
  const session = made();
  expect(() => inspectSession(session, options as never)).toThrow(
    expect.objectContaining({ code: 'option_invalid' }),
  );
  expect(() => inspectSession(session).subscribe(5 as never)).toThrow(
    expect.objectContaining({ code: 'option_invalid' }),
  );
});

/** Time goes on with each look at the clock, as it does in life. */
const ticking = () => {
  const clock = createVirtualClock();
  let ticks = 0;
  const tick = (): number => (ticks += 0.001);
  return { ...clock, wallMs: () => clock.wallMs() + tick(), monotonicMs: () => clock.monotonicMs() + tick() };
};

test('a step comes before what it has caused, and time does not go back', async () => {
  const clock = ticking();
  const session = createFakeSession({
    user: {},
    clock: clock,
    tokenOrigins: 'https://api.test',
    fetch: async () => Response.json({}),
  });
  onTestFinished(() => session.stop());
  const inspection = inspectSession(session);
  await session.enter('authenticated');
  await session.enter('refreshing');
  await session.advance(400_000);
  session.touch();
  const waiting = session.fetch('https://api.test/x');
  await session.enter('authenticated');
  await waiting;
  await session.enter('warning');
  await session.enter('expired');
  const { entries } = inspection;
  const times = entries.map(({ at }) => at.monotonicMs);
  for (const [index, time] of times.entries())
    expect(time, `entry ${index + 1}: ${entries[index]!.kind}`).toBeGreaterThanOrEqual(times[index - 1] ?? 0);

  const causes: Record<string, RegExp> = {
    signedIn: /isSignedIn|restored/,
    renewed: /--renewed|tokensChanged/,
    idled: /--away/,
    warned: /--warns/,
    resumed: /--resumed|--back/,
    expired: /--ended/,
  };
  let edges = '';
  const facts = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === 'step') edges = entry.micro.map(({ edge }) => edge).join();
    if (entry.kind !== 'fact') continue;
    facts.add(entry.fact.type);
    expect(edges).toMatch(causes[entry.fact.type]!);
  }
  expect([...facts].toSorted()).toEqual(Object.keys(causes).toSorted());
  const verdict = entries.findIndex((entry) => entry.kind === 'request' && entry.request.type === 'waited');
  const renewed = entries.findIndex((entry) => entry.kind === 'renewal' && entry.outcome === 'granted');
  expect(renewed).toBeGreaterThan(0);
  expect(verdict).toBeGreaterThan(renewed);
});

test('where the wall clock is set back, so are the times, and nothing else', async () => {
  const session = made();
  const inspection = inspectSession(session);
  await session.enter('authenticated');
  const before = inspection.entries.at(-1)!.at;
  session.clock.jumpWall(-60_000);
  session.touch();
  const after = inspection.entries.at(-1)!.at;
  expect(after.wallMs).toBe(before.wallMs - 60_000);
  expect(after.monotonicMs).toBe(before.monotonicMs);
});

const frame = new Set(['number', 'at', 'kind']);
const bare = (entries: readonly InspectEntry[]): Record<string, unknown>[] =>
  entries.map((entry) => Object.fromEntries(Object.entries(entry).filter(([name]) => !frame.has(name))));

const renewalsIn = ({ entries }: Inspection) => bare(ofKind(entries, 'renewal'));
const signInsIn = ({ entries }: Inspection) => bare(ofKind(entries, 'signIn'));

test('a renewal lasts from its begin to its answer', async () => {
  const stage = await refreshing();
  await stage.clock.advance(700);
  stage.grant();
  expect(renewalsIn(stage.inspection)).toEqual([
    { outcome: 'begun', generation: 1 },
    { outcome: 'granted', generation: 1, durationMs: 700, failure: null },
  ]);
});

test('one that fails says how, and the next try is another', async () => {
  const stage = await refreshing();
  await stage.clock.advance(300);
  stage.fail('transient', { code: 'provider_unavailable', status: 503 });
  await stage.clock.advance(2000);
  const failure = {
    class: 'transient',
    code: 'provider_unavailable',
    status: 503,
    error: null,
    retryAfterMs: null,
  };
  expect(renewalsIn(stage.inspection)).toEqual([
    { outcome: 'begun', generation: 1 },
    { outcome: 'failed', generation: 1, durationMs: 300, failure },
    { outcome: 'begun', generation: 1 },
  ]);
});

test('one that was not tried is abandoned, and the one in its place begins', async () => {
  const stage = await refreshing();
  const failure = { class: 'transient', code: 'a', status: null, error: null, retryAfterMs: null } as const;
  const { epoch } = stage.context().lease!;
  stage.act('user.active');
  stage.send({ type: 'refresh.failed', epoch, generation: 1, failure, isUntried: true });
  await stage.clock.advance(60_000);
  stage.renew('app');
  expect(renewalsIn(stage.inspection).map(({ outcome }) => outcome)).toEqual(['begun', 'abandoned', 'begun']);
});

test('one that a new sign-in overtakes is not granted', async () => {
  const stage = await refreshing();
  stage.login({}, { epoch: 2 });
  expect(renewalsIn(stage.inspection)).toMatchObject([
    { outcome: 'begun' },
    { outcome: 'abandoned', failure: null },
  ]);
});

test('a stop in the middle of a renewal ends it as it is, after the time until then', async () => {
  const stage = await refreshing();
  await stage.clock.advance(700);
  stage.session.stop();
  expect(renewalsIn(stage.inspection).at(-1)).toEqual({
    outcome: 'abandoned',
    generation: 1,
    durationMs: 700,
    failure: null,
  });
});

test('sign-ins begin, are granted, fail, find nobody and are abandoned, each after its time', async () => {
  const stage = createSessionStage();
  const inspection = inspectSession(stage.session, { clock: stage.clock });
  await stage.clock.advance(100);
  stage.failLogin();
  stage.signIn();
  await stage.clock.advance(200);
  const failure = {
    class: 'transient',
    code: 'network_failed',
    status: null,
    error: null,
    retryAfterMs: null,
  } as const;
  stage.send({ type: 'login.failed', attempt: stage.context().attempts, failure });
  stage.signIn();
  await stage.clock.advance(300);
  stage.login();
  await stage.settle();
  stage.signIn();
  await stage.clock.advance(400);
  stage.session.stop();
  inspection.stop();
  expect(signInsIn(inspection)).toEqual([
    { outcome: 'begun', by: 'restore', attempt: 1 },
    { outcome: 'abandoned', by: 'restore', attempt: 1, durationMs: 100, failure: null },
    { outcome: 'begun', by: 'interactive', attempt: 2 },
    { outcome: 'failed', by: 'interactive', attempt: 2, durationMs: 200, failure },
    { outcome: 'begun', by: 'interactive', attempt: 3 },
    { outcome: 'granted', by: 'interactive', attempt: 3, durationMs: 300, failure: null },
    { outcome: 'begun', by: 'interactive', attempt: 4 },
    { outcome: 'abandoned', by: 'interactive', attempt: 4, durationMs: 400, failure: null },
  ]);
});

test('a rescue is a sign-in of its own', async () => {
  const stage = await refreshing({ rescue: true });
  stage.fail('terminal');
  stage.login({}, { epoch: 1, generation: 2 });
  expect(signInsIn(stage.inspection).slice(-2)).toMatchObject([
    { outcome: 'begun', by: 'rescue' },
    { outcome: 'granted', by: 'rescue' },
  ]);
});
