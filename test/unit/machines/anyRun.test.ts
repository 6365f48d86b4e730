import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { SessionFact } from '../../../machines/index.ts';
import { MINUTE, type Stage, createStage, edgeNames, long, usual } from '../../support/machineStage.ts';

vi.setConfig({ testTimeout: 30_000 });

type Step = readonly [name: string, run: (stage: Stage) => unknown];

/** Each sign-in is answered once, however late. */
const answerLogin = ({ unanswered }: Stage, answer: (attempt: number) => void): void => {
  const attempt = unanswered.shift();
  if (attempt !== undefined) answer(attempt);
};

const step = (name: string, run: Step[1]): Step => [name, run];

/** What the next look finds. */
const find = async (stage: Stage, shows: Stage['record']['shows']): Promise<void> => {
  stage.record.shows = shows;
  stage.awake();
  await stage.settle();
  stage.record.shows = {};
};

const wake = (stage: Stage): void => stage.awake();

const advances = fc
  .integer({ min: 1, max: 1_500_000 })
  .map((ms) => step(`${ms} ms`, ({ clock }) => clock.advance(ms)));

/** Time that no timer saw: the environment wakes the machine afterwards. */
const unseen = fc
  .tuple(
    fc.constantFrom('sleep', 'suspend', 'jumpWall' as const),
    fc.integer({ min: 1, max: 2_000_000 }),
    fc.boolean(),
  )
  .map(([how, ms, isBack]) =>
    step(`${how} ${ms}`, (stage) => {
      stage.clock[how](how === 'jumpWall' && isBack ? -ms : ms);
      wake(stage);
    }),
  );

const tokens = fc.constantFrom(
  usual,
  long,
  { ...usual, renewable: false },
  { ...usual, refresh_expires_in: 400 },
  { expires_in: 5, refresh_expires_in: 20, renewable: true },
);

const answers = tokens.chain((given) =>
  fc.constantFrom<Step>(
    step('login', (stage) => answerLogin(stage, (attempt) => stage.login(given, { attempt }))),
    step('login again', (stage) =>
      answerLogin(stage, (attempt) => {
        const { lease } = stage.context();
        stage.login(
          given,
          lease ? { attempt, epoch: lease.epoch, generation: lease.generation + 1 } : { attempt },
        );
      }),
    ),
    step('restored', (stage) => {
      const lastActivityWallMs = stage.clock.wallMs() - 11 * MINUTE;
      answerLogin(stage, (attempt) =>
        stage.login(given, attempt === 1 ? { attempt, lastActivityWallMs } : { attempt }),
      );
    }),
    step('grant', (stage) => stage.grant(given)),
  ),
);

const events = fc.constantFrom<Step>(
  ...(['user.active', 'user.held', 'user.released', 'session.stay', 'session.signOut'] as const).map((type) =>
    step(type, (stage) => stage.act(type)),
  ),
  step('signIn', (stage) => stage.signIn()),
  step('renew by app', (stage) => stage.renew('app')),
  step('renew by gate', (stage) => stage.renew('gate')),
  step('refused', (stage) => stage.renew('gate', 1)),
  step('login fails', (stage) => answerLogin(stage, (attempt) => stage.failLogin(attempt))),
  step('transient', (stage) => stage.fail('transient')),
  step('retry after', (stage) => stage.fail('transient', { retryAfterMs: 90_000 })),
  step('terminal', (stage) => stage.fail('terminal')),
  step('configuration', (stage) => stage.fail('configuration')),
  step('rejected', (stage) => stage.fail('configuration', { status: 401, error: 'invalid_client' })),
  step('interaction', (stage) => stage.fail('interaction')),
  step('unknown', (stage) => stage.fail('unknown')),
  step('switched', (stage) =>
    stage.send({ type: 'user.switched', epoch: stage.context().lease?.epoch ?? 0 }),
  ),
  step('another user', (stage) => find(stage, { epoch: 0.5, who: 'other' })),
  step('signed out elsewhere', (stage) => find(stage, { who: 'nobody' })),
  step('record lost', (stage) => find(stage, { epoch: 0, who: 'nobody' })),
  step('late', (stage) => stage.grant({}, { generation: 99 })),
  step('online', (stage) => stage.send({ type: 'network.online' })),
  step('offline', (stage) => stage.send({ type: 'network.offline' })),
  step('back/forward', (stage) => stage.awake(true)),
  step('elsewhere', ({ record, clock }) => void (record.lastActivityWallMs = clock.wallMs())),
);

const steps = fc.array(
  fc.oneof(
    { arbitrary: advances, weight: 4 },
    { arbitrary: answers, weight: 4 },
    { arbitrary: events, weight: 6 },
    { arbitrary: unseen, weight: 1 },
  ),
  { minLength: 5, maxLength: 40 },
);

const settings = fc.record({
  rescue: fc.boolean(),
  idle: fc.option(
    fc.record({
      afterMs: fc.constantFrom(null, 2 * MINUTE, 10 * MINUTE),
      signOutAfterMs: fc.constantFrom(null, 20 * MINUTE),
      confirm: fc.boolean(),
      renewOnRequest: fc.boolean(),
    }),
  ),
});

/** Other runs for each property, and the same ones each time. */
const seedFrom = (offset: number): number => (fc.readConfigureGlobal()?.seed ?? 0) + offset;

const runs = (offset: number, check: (stage: Stage, ran: readonly Step[]) => Promise<void>) =>
  fc.assert(
    fc.asyncProperty(settings, steps, async (setting, ran) => {
      const stage = createStage(setting);
      await check(stage, ran);
      await stage.settle();
      stage.finish();
    }),
    { numRuns: 100, seed: seedFrom(offset) },
  );

/** What a listener of the facts believes. */
const believe = ({ isIn, isAway }: { isIn: boolean; isAway: boolean }, { type }: SessionFact) => {
  if (type === 'signedIn') return { isIn: true, isAway: false };
  // A session that is restored and found over was never told of.
  if (type === 'expired') return { isIn: false, isAway: false };
  expect({ type, isIn }).toEqual({ type, isIn: true });
  if (type === 'signedOut') return { isIn: false, isAway: false };
  if (type === 'idled' || type === 'resumed')
    expect({ type, isAway }).toEqual({ type, isAway: type === 'resumed' });
  if (type === 'warned') expect({ type, isAway }).toEqual({ type, isAway: true });
  return { isIn, isAway: type === 'idled' || (isAway && type !== 'resumed') };
};

test('whatever happens, the machine goes on, its context is plain JSON, and nothing is left after its stop', async () => {
  const taken = new Set<string>();
  await runs(1000, async (stage, ran) => {
    for (const [, run] of ran) await run(stage);
    expect(stage.actor.getSnapshot().status).toBe('active');
    for (const edge of stage.edges) taken.add(edge);
  });
  // Usually 30 of 34. That each is taken is shown in `edges.test.ts`; this, that the runs get around.
  expect(edgeNames().filter((edge) => taken.has(edge)).length).toBeGreaterThan(20);
});

test('whatever happens, the facts make sense to somebody who hears nothing else, and agree with the tags', () =>
  runs(2000, async (stage, ran) => {
    let believed = { isIn: false, isAway: false };
    for (const [, run] of ran) {
      await run(stage);
      await stage.settle();
      believed = stage.facts.splice(0).reduce(believe, believed);
      const snapshot = stage.actor.getSnapshot();
      expect(snapshot.hasTag('signedIn')).toBe(believed.isIn);
      expect(believed.isAway || !snapshot.hasTag('away')).toBe(true);
      expect(snapshot.context.lease !== null).toBe(believed.isIn);
    }
  }));

test('whatever happens, one renewal is under way at a time, and none without tokens', () =>
  runs(3000, async (stage, ran) => {
    for (const [, run] of ran) {
      const before = stage.context();
      await run(stage);
      const requested = stage.askedFor('refresh.requested');
      const { renewing, lease } = stage.context();
      expect([null, lease?.generation]).toContain(renewing);
      const isSame = before.renewing !== null && before.renewing === renewing && before.lease === lease;
      expect(requested.length).toBeLessThanOrEqual(isSame ? 0 : 1);
    }
  }));

test('whatever happens, the alarm leaves nothing overdue: a ring that nobody asked for concludes nothing', () =>
  runs(4000, async (stage, ran) => {
    for (const [name, run] of ran) {
      await run(stage);
      await stage.settle();
      stage.edges.length = 0;
      stage.send({ type: 'alarm.rang' });
      await stage.settle();
      expect({ name, edges: stage.edges.filter((edge) => !edge.startsWith('session:')) }).toEqual({
        name,
        edges: [],
      });
    }
  }));

test('whatever happens in any tab, nobody is called away or signed out by policy who was active within the time', () =>
  runs(5000, async (stage, ran) => {
    const { idle } = stage.context().settings;
    const quietMs = () => stage.clock.wallMs() - (stage.record.lastActivityWallMs ?? -Infinity);
    stage.actor.on('idled', () => expect(quietMs()).toBeGreaterThanOrEqual(idle?.afterMs ?? 0));
    stage.actor.on('expired', ({ reason }) =>
      expect(quietMs()).toBeGreaterThanOrEqual(reason === 'idle' ? idle!.signOutAfterMs! : 0),
    );
    // What the record tells after the clock was moved, or a made-up restore, is no measure.
    for (const [name, run] of ran) if (!/jumpWall|restored/.test(name)) await run(stage);
  }));
