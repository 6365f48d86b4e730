import fc from 'fast-check';
import { expect, test } from 'vitest';
import { untilNextChangeMs } from '../../../machines/guards.ts';
import type { Base } from '../../../src/inspect/backlog.ts';
import { forecast } from '../../../src/inspect/forecast.ts';
import { inspectSession } from '../../../src/inspect/inspectSession.ts';
import { createFakeSession, type FakeSession, type FakeState } from '../../../src/testing/index.ts';
import { ofKind, signedIn, stories } from './inspected.ts';

const SECOND = 1000;
const MINUTE = 60_000;
/** Where nothing more is foreseen, nothing happens for so long after. */
const CALM_MS = 60 * MINUTE;

const knownOf = ({ actor, state }: Pick<FakeSession<unknown>, 'actor' | 'state'>): Base => ({
  state,
  context: actor.getSnapshot().context,
});

const shown = (each: { edge: string; from: string; to: string; at: { monotonicMs: number } }) =>
  `${each.at.monotonicMs} ${each.edge} ${each.to}`;

/** What really happens from now on, until an instant. What a granted renewal brings is left out, as in a forecast. */
const happening = async (session: FakeSession<unknown>, ms: number): Promise<string[]> => {
  const inspection = inspectSession(session);
  await session.advance(ms);
  inspection.stop();
  return ofKind(inspection.entries, 'step')
    .filter(({ event }) => event.type !== 'refresh.granted')
    .flatMap(({ micro, at }) =>
      micro.flatMap(({ edge, state }) => (edge ? `${at.monotonicMs} ${edge} ${state}` : [])),
    );
};

const settings = fc.record({
  tokenLife: fc.integer({ min: 60, max: 3600 }).map((s) => s * SECOND),
  refreshTokenLife: fc.integer({ min: 1200, max: 7200 }).map((s) => s * SECOND),
  idle: fc.oneof(
    fc.constant(false as const),
    fc.record({
      after: fc.option(
        fc.integer({ min: 30, max: 1800 }).map((s) => s * SECOND),
        { nil: undefined },
      ),
      signOutFurther: fc.option(
        fc.integer({ min: 60, max: 1800 }).map((s) => s * SECOND),
        { nil: undefined },
      ),
      warnBefore: fc.integer({ min: 20, max: 59 }).map((s) => s * SECOND),
      confirm: fc.boolean(),
    }),
  ),
});

const optionsOf = ({ idle, ...lives }: typeof settings extends fc.Arbitrary<infer T> ? T : never) => ({
  ...lives,
  idle: idle && {
    after: idle.after,
    warnBefore: idle.warnBefore,
    confirm: idle.confirm,
    signOutAfter:
      idle.signOutFurther === undefined ? undefined : (idle.after ?? 15 * MINUTE) + idle.signOutFurther,
  },
});

const inState = async (
  options: Parameters<typeof createFakeSession>[0],
  state: FakeState,
  waitMs: number,
): Promise<FakeSession<unknown> | undefined> => {
  const session = createFakeSession(options);
  // With some options a session never gets there.
  const isThere = await session.enter(state).then(
    () => true,
    () => false,
  );
  if (!isThere) return session.stop() as undefined;
  await session.advance(waitMs);
  return session;
};

test('what is foreseen is what happens, at its instant, and nothing else', async () => {
  const seen = { foreseen: 0, first: new Set<string>(), nothing: 0 };
  await fc.assert(
    fc.asyncProperty(
      settings,
      fc.constantFrom<FakeState>('anonymous', 'authenticated', 'authenticated', 'idle', 'warning', 'expired'),
      fc.integer({ min: 0, max: 300 * SECOND }),
      async (made, state, waitMs) => {
        const session = await inState({ user: {}, ...optionsOf(made) } as never, state, waitMs);
        if (!session) return;
        const before = session.clock.monotonicMs();
        const foreseen = forecast(knownOf(session));
        const last = foreseen.at(-1)?.at.monotonicMs ?? before;
        const isAll = foreseen.length < 3;
        const real = await happening(session, last - before + (isAll ? CALM_MS : 0));
        expect(isAll ? real : real.slice(0, 3)).toEqual(foreseen.map(shown));
        seen.foreseen += foreseen.length;
        if (foreseen[0]) seen.first.add(foreseen[0].edge);
        else seen.nothing++;
        session.stop();
      },
    ),
    { numRuns: 80 },
  );
  // Else it would show little.
  expect(seen.foreseen).toBeGreaterThan(60);
  expect(seen.nothing).toBeGreaterThan(5);
  expect([...seen.first]).toEqual(
    expect.arrayContaining(['authenticated--due', 'authenticated--away', 'idle.quiet--warns', 'idle--ended']),
  );
});

test('a pause is over when it is foreseen', async () => {
  await fc.assert(
    fc.asyncProperty(settings, fc.integer({ min: 0, max: 1000 }), async (made, waitMs) => {
      const session = await inState({ user: {}, ...optionsOf(made) } as never, 'backingOff', waitMs);
      if (!session) return;
      const [first] = forecast(knownOf(session), 1);
      const before = session.clock.monotonicMs();
      const [real] = await happening(session, (first?.at.monotonicMs ?? before) - before);
      expect(real).toBe(first && shown(first));
      session.stop();
    }),
    { numRuns: 20 },
  );
});

test('what comes after a renewal is said to depend on it', async () => {
  const session = createFakeSession({ user: {}, idle: { after: 10 * MINUTE } });
  await session.enter('authenticated');
  const edges = forecast(knownOf(session), 4).map(({ edge, ifRenewed }) => [edge, ifRenewed]);
  expect(edges).toEqual([
    ['authenticated--due', false],
    ['authenticated--due', true],
    ['authenticated--away', true],
    ['idle.quiet--warns', true],
  ]);
  session.stop();
});

test('a renewal that is under way is taken for granted, and so is a look', async () => {
  const session = createFakeSession({ user: {}, idle: { after: 10 * MINUTE } });
  await session.enter('refreshing');
  expect(forecast(knownOf(session), 1)).toMatchObject([{ edge: 'authenticated--due', ifRenewed: true }]);
  session.stop();

  const stage = signedIn({ idle: { afterMs: 10 * MINUTE } });
  stage.awake();
  const known = knownOf(stage.session);
  expect(known.context.looking).not.toBeNull();
  expect(forecast(known).map(({ edge }) => edge)).toEqual([
    'authenticated--due',
    'authenticated--due',
    'authenticated--away',
  ]);
});

test('a wall clock that was set has no say in how long new tokens live', async () => {
  const session = createFakeSession({ user: {}, idle: false });
  await session.enter('authenticated');
  session.clock.jumpWall(2 * MINUTE);
  session.touch();
  const foreseen = forecast(knownOf(session));
  const last = foreseen.at(-1)!.at.monotonicMs - session.clock.monotonicMs();
  expect(await happening(session, last)).toEqual(foreseen.map(shown));
  session.stop();
});

test('an end that renewals do not move is not moved by those that are foreseen', async () => {
  const endsSoon = stories.find(({ name }) => name === 'authenticated: endsSoon')!;
  const stage = await endsSoon.play();
  stage.act('user.active');
  const { context } = knownOf(stage.session);
  expect(context.ending).not.toBeNull();
  const edges = forecast(knownOf(stage.session), 100);
  expect(edges.map(({ edge }) => edge)).toContain('authenticated--due');
  expect(edges.at(-1)).toMatchObject({ edge: 'idle--ended', to: 'expired' });
  expect(edges.at(-1)!.at.wallMs).toBe(context.ending!.wallMs);
});

test('whatever a machine can know, a forecast has an end, and asks for time only forwards', async () => {
  for (const { play } of stories) {
    const stage = await play();
    const known = knownOf(stage.session);
    const foreseen = forecast(known, 1000);
    expect(foreseen.length).toBeLessThanOrEqual(300);
    const times = foreseen.map(({ at }) => at.monotonicMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const { looking, renewing } = known.context;
    const isCalm = untilNextChangeMs(known.context) === null && !looking && renewing === null;
    expect(isCalm ? foreseen : []).toEqual([]);
  }
});

test('tokens without any life are renewed for ever, and a forecast of that still ends', () => {
  const stage = signedIn();
  const { context } = knownOf(stage.session);
  const { sentAt } = context.lease!;
  const lease = { ...context.lease!, renewAt: sentAt, accessDeadline: sentAt, freshUntil: sentAt };
  const foreseen = forecast({
    state: 'authenticated',
    context: { ...context, lease, firstLifeMs: 0, renewing: 1 },
  });
  expect(foreseen.length).toBeLessThanOrEqual(3);
});
