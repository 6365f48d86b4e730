import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Failure, createSessionMachine, leaseFrom } from '../../../machines/index.ts';
import { reducers } from '../../../machines/reducers.ts';
import { deadlineAfter } from '../../../src/time/deadline.ts';
import {
  MINUTE,
  type Stage,
  backingOff,
  expired,
  idled,
  long,
  refreshing,
  signedIn,
} from '../../support/machineStage.ts';
import { createActor } from 'xstate';

const HOUR = 60 * MINUTE;

/** How long until the machine tries again by itself, up to ten minutes. */
const pauseOf = async (stage: Stage): Promise<number> => {
  stage.askedFor('refresh.requested');
  for (let ms = 0; ms < 600_000; ms += 50) {
    if (stage.askedFor('refresh.requested').length > 0) return ms;
    await stage.clock.advance(50);
  }
  return Infinity;
};

const failure = (more: Partial<Failure>): Failure => ({
  class: 'transient',
  code: 'test',
  status: null,
  error: null,
  retryAfterMs: null,
  ...more,
});

describe('backing off', () => {
  test('tells each failed try, with the failure, and keeps the tokens', async () => {
    const stage = await refreshing({ idle: null });
    stage.fail('transient', { status: 503 });
    expect(stage.facts).toEqual([{ type: 'renewalFailed', failure: failure({ status: 503 }) }]);
    expect([stage.at, stage.context().lease?.generation]).toEqual(['refreshing.backingOff', 1]);
    await stage.clock.advance(1000);
    stage.fail('unknown');
    expect([stage.at, ...stage.told()]).toEqual(['refreshing.backingOff', 'renewalFailed', 'renewalFailed']);
  });

  test('makes the machine look: the session can have ended elsewhere', async () => {
    const stage = await refreshing({ idle: null });
    stage.askedFor('record.read');
    stage.record.shows = { epoch: 7, who: 'other' };
    stage.fail('transient');
    expect([stage.at, stage.askedFor('record.read').length]).toEqual(['refreshing.backingOff', 1]);
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'renewalFailed', 'expired: switched']);
  });

  test('the pause has full jitter: up to twice the last ceiling, half a minute at most, and never none', () => {
    const initial = createActor(createSessionMachine()).getSnapshot().context;
    const lease = leaseFrom({ renewable: true }, initial.now, { epoch: 1, generation: 1 });
    const context = { ...initial, lease, renewing: 1 };
    const random = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.nat(40), random, (failures, chance) => {
        const event = { type: 'refresh.failed', epoch: 1, generation: 1, failure: failure({}) } as const;
        const { retryAt } = reducers['refresh.failed']({ ...context, failures }, event, chance);
        const pauseMs = retryAt!.monotonicMs - context.now.monotonicMs;
        expect(pauseMs).toBeGreaterThanOrEqual(200 - 1e-3);
        expect(pauseMs).toBeLessThanOrEqual(Math.min(30_000, 1000 * 2 ** failures) + 1e-3);
      }),
    );
  });

  test('the pause grows while tries fail and starts over after one that succeeded', async () => {
    const stage = await refreshing({ idle: null, random: () => 1 });
    const pauses: number[] = [];
    for (let times = 0; times < 7; times++) {
      stage.fail('transient');
      pauses.push(await pauseOf(stage));
    }
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    stage.grant();
    await stage.clock.advance(239_000);
    stage.fail('transient');
    expect(await pauseOf(stage)).toBe(1000);
  });

  test('a longer `Retry-After` is honoured, a shorter one does not hurry', async () => {
    const patient = await refreshing({ idle: null });
    patient.fail('transient', { status: 429, retryAfterMs: 120_000 });
    expect(await pauseOf(patient)).toBe(120_000);
    const hurried = await refreshing({ idle: null, random: () => 1 });
    hurried.fail('transient', { status: 429, retryAfterMs: 1 });
    expect(await pauseOf(hurried)).toBe(1000);
  });

  test.each([31_536_000_000, Infinity, 1e300])(
    '`Retry-After` of %d ms is taken for five minutes',
    async (ms) => {
      const stage = await refreshing({ idle: null });
      stage.fail('transient', { status: 429, retryAfterMs: ms });
      expect(stage.context().failure?.retryAfterMs).toBe(5 * MINUTE);
      expect(await pauseOf(stage)).toBe(5 * MINUTE);
    },
  );

  test.each([NaN, -1, 0])('`Retry-After` of %d says nothing', async (ms) => {
    const stage = await refreshing({ idle: null, random: () => 1 });
    stage.fail('transient', { status: 429, retryAfterMs: ms });
    expect([stage.context().failure?.retryAfterMs, stage.context().notBefore]).toEqual([null, null]);
    expect(await pauseOf(stage)).toBe(1000);
  });

  test('a wake-up breaks `Retry-After` once, and only where the token is used up', async () => {
    const stage = await backingOff({ idle: null }, { retryAfterMs: 5 * MINUTE });
    await stage.clock.advance(49_999);
    stage.awake();
    expect(stage.at).toBe('refreshing.backingOff');
    await stage.clock.advance(1);
    stage.send({ type: 'network.online' });
    expect(stage.at).toBe('refreshing.backingOff');
    stage.awake();
    expect(stage.at).toBe('refreshing.granting');
    stage.fail('transient', { retryAfterMs: 5 * MINUTE });
    stage.awake();
    expect(stage.at).toBe('refreshing.backingOff');
    expect(await pauseOf(stage)).toBe(5 * MINUTE);
    stage.grant();
    await stage.clock.advance(239_000);
    stage.fail('transient', { retryAfterMs: 5 * MINUTE });
    await stage.clock.advance(50_000);
    stage.awake();
    expect(stage.at).toBe('refreshing.granting');
  });

  test('a wake-up without a `Retry-After` to break leaves that for the next one', async () => {
    const stage = signedIn({ idle: null });
    stage.clock.suspend(HOUR);
    stage.awake();
    stage.fail('transient', { retryAfterMs: 5 * MINUTE });
    expect(stage.at).toBe('refreshing.backingOff');
    stage.awake();
    expect(stage.at).toBe('refreshing.granting');
  });

  test('a wake-up breaks `Retry-After` for a user who was away meanwhile, too', async () => {
    const stage = await backingOff({ idle: { afterMs: 4 * MINUTE } }, { retryAfterMs: 5 * MINUTE });
    await stage.clock.advance(MINUTE);
    expect(stage.at).toBe('idle.quiet');
    stage.awake();
    stage.act('user.active');
    expect(stage.at).toBe('refreshing.granting');
  });

  test.each([
    ['a pause that the provider asked for', 'transient', { retryAfterMs: 5 * MINUTE }],
    ['the slow pause of a configuration', 'configuration', {}],
  ] as const)(
    'one try is made shortly before the end of the refresh token, %s or not',
    async (_, of, more) => {
      const stage = signedIn({ idle: null, random: () => 1 }, { expires_in: 100, refresh_expires_in: 61 });
      await stage.clock.advance(35_000);
      stage.askedFor('refresh.requested');
      stage.fail(of, more);
      await stage.clock.advance(14_999);
      expect(stage.askedFor('refresh.requested')).toEqual([]);
      await stage.clock.advance(1);
      expect(stage.askedFor('refresh.requested')).toHaveLength(1);
      stage.fail(of, more);
      await stage.clock.advance(50_000);
      expect(stage.askedFor('refresh.requested')).toEqual([]);
    },
  );

  test.each([
    ['made where more than', 48_999, 1],
    ['left out where only', 49_000, 0],
  ])(
    'the try before the end of the refresh token is %s a second is left until it',
    async (_, atMs, tries) => {
      const stage = signedIn({ idle: null }, { expires_in: 100, refresh_expires_in: 61 });
      await stage.clock.advance(atMs);
      stage.fail('transient', { retryAfterMs: 5 * MINUTE });
      stage.askedFor('refresh.requested');
      await stage.clock.advance(2000);
      expect(stage.askedFor('refresh.requested')).toHaveLength(tries);
    },
  );

  test.each([
    ['the network is back', (stage: Stage) => stage.send({ type: 'network.online' })],
    ['the page wakes up', (stage: Stage) => stage.awake()],
  ])('starts over with short pauses when %s', async (_, event) => {
    const stage = await refreshing({ idle: null, random: () => 1 });
    for (let times = 0; times < 5; times++) {
      stage.fail('unknown');
      await stage.clock.advance(40_000);
    }
    event(stage);
    stage.fail('unknown');
    expect(await pauseOf(stage)).toBe(1000);
  });

  test('renews within 1.5 s of a network that is back 100 ms after it was told', async () => {
    for (const chance of [0, 0.5, 1]) {
      const stage = await refreshing({ idle: null, random: () => chance });
      stage.send({ type: 'network.offline' });
      for (let times = 0; times < 5; times++) {
        stage.fail('unknown');
        await stage.clock.advance(60_000);
      }
      stage.fail('unknown');
      stage.askedFor('refresh.requested');
      stage.send({ type: 'network.online' });
      expect(stage.askedFor('refresh.requested')).toHaveLength(1);
      stage.fail('unknown');
      await stage.clock.advance(100);
      expect(stage.askedFor('refresh.requested')).toEqual([]);
      await stage.clock.advance(1000);
      expect(stage.askedFor('refresh.requested')).toHaveLength(1);
    }
  });

  describe('while requests wait', () => {
    /** After a long outage: the next pause would be of half a minute. */
    const out = async (
      setting: Parameters<typeof refreshing>[0],
      of: 'unknown' | 'transient',
    ): Promise<Stage> => {
      const stage = await refreshing({ idle: null, random: () => 1, ...setting });
      for (let times = 0; times < 6; times++) {
        stage.fail(of, of === 'transient' ? { status: 503 } : {});
        await stage.clock.advance(30_000);
      }
      stage.fail(of, of === 'transient' ? { status: 503 } : {});
      return stage;
    };

    test.each([
      [0, 2500],
      [1, 5000],
    ])('a dead network is tried within 5 s, and again, whatever the jitter (%d)', async (chance, pauseMs) => {
      let jitter = 1;
      const stage = await out({ random: () => jitter }, 'unknown');
      jitter = chance;
      stage.renew('gate');
      expect(await pauseOf(stage)).toBe(pauseMs);
      jitter = 1;
      stage.fail('unknown');
      expect(await pauseOf(stage)).toBe(5000);
    });

    test('a dead network is tried within 5 s though the page is offline', async () => {
      const stage = await out({}, 'unknown');
      stage.send({ type: 'network.offline' });
      stage.renew('gate');
      stage.fail('unknown');
      expect(await pauseOf(stage)).toBe(5000);
      stage.fail('unknown');
      stage.send({ type: 'network.offline' });
      expect(await pauseOf(stage)).toBe(5000);
    });

    test('a dead network is tried again within 5 s, too, where they came while a try was under way', async () => {
      const stage = await out({}, 'unknown');
      await stage.clock.advance(30_000);
      expect(stage.at).toBe('refreshing.granting');
      stage.renew('gate');
      stage.fail('unknown');
      expect(await pauseOf(stage)).toBe(5000);
    });

    test.each([
      ['a request hurries the next one', 'gate', 5000],
      ['the app hurries nothing', 'app', 8000],
    ] as const)('during a try, %s', async (_, by, pauseMs) => {
      const stage = await refreshing({ idle: null, random: () => 1 });
      for (const ms of [1000, 2000, 4000]) {
        stage.fail('unknown');
        await stage.clock.advance(ms);
      }
      expect(stage.at).toBe('refreshing.granting');
      stage.renew(by);
      stage.fail('unknown');
      expect(await pauseOf(stage)).toBe(pauseMs);
    });

    test('a page that goes offline meanwhile is known as that', async () => {
      let jitter = 1;
      const stage = await out({ random: () => jitter }, 'unknown');
      stage.renew('gate');
      stage.send({ type: 'network.offline' });
      expect(await pauseOf(stage)).toBe(5000);
      jitter = 0;
      stage.fail('unknown');
      expect([stage.context().offline, await pauseOf(stage)]).toEqual([true, 2500]);
    });

    test('nothing that only a person can mend is tried for them, though the page is offline', async () => {
      const stage = await backingOff({ idle: null }, { class: 'configuration' });
      stage.send({ type: 'network.offline' });
      stage.renew('gate');
      expect([stage.at, ...stage.askedFor('refresh.requested')]).toEqual(['refreshing.backingOff']);
    });

    test('the pause is not drawn anew, and so not put off, by each of them', async () => {
      const stage = await out({}, 'unknown');
      for (let times = 0; times < 5; times++) {
        stage.renew('gate');
        await stage.clock.advance(999);
      }
      stage.renew('gate');
      await stage.clock.advance(5);
      expect(stage.at).toBe('refreshing.granting');
    });

    test('a provider that is overloaded is left its time', async () => {
      const stage = await out({}, 'transient');
      stage.renew('gate');
      expect(await pauseOf(stage)).toBe(30_000);
      stage.fail('unknown', { status: 200 });
      stage.renew('gate');
      expect(await pauseOf(stage)).toBe(30_000);
    });

    test('nothing is hurried for a request of long ago', async () => {
      const stage = await out({}, 'unknown');
      stage.renew('gate');
      await stage.clock.advance(5000);
      for (const pauseMs of [5000, 5000, 5000, 5000, 5000]) {
        stage.fail('unknown');
        expect(await pauseOf(stage)).toBe(pauseMs);
      }
      stage.fail('unknown');
      expect(await pauseOf(stage)).toBe(30_000);
    });

    test('nothing is hurried for a user who may have left', async () => {
      const stage = await backingOff({ slowRecord: true }, { class: 'unknown' });
      const { now, ...known } = stage.context();
      const asked = (sinceMs: number) =>
        reducers['session.renew'](
          { ...known, now: deadlineAfter(now, sinceMs) },
          { type: 'session.renew', by: 'gate' },
          1,
        );
      expect(asked(0)).toHaveProperty('retryAt');
      expect(asked(10 * MINUTE)).not.toHaveProperty('retryAt');
    });
  });

  test.each([
    ['the network is back', (stage: Stage) => stage.send({ type: 'network.online' })],
    ['the page wakes up', (stage: Stage) => stage.awake()],
    ['the app asks', (stage: Stage) => stage.renew('app')],
  ])('is cut short when %s', async (_, event) => {
    const stage = await backingOff();
    event(stage);
    expect(stage.at).toBe('refreshing.granting');
    expect(stage.askedFor('refresh.requested')).toHaveLength(1);
  });

  test.each([
    ['`Retry-After`', { retryAfterMs: 120_000 }],
    ['a configuration that only a person can mend', { class: 'configuration' as const }],
  ])('is not cut short by the environment after %s, but by the app', async (_, cause) => {
    const stage = await backingOff({}, cause);
    stage.awake();
    stage.send({ type: 'network.online' });
    expect(stage.at).toBe('refreshing.backingOff');
    stage.renew('app');
    expect(stage.at).toBe('refreshing.granting');
  });

  test('`Retry-After` holds for a user who left and came back, and for requests then', async () => {
    const stage = await backingOff({ idle: { afterMs: 5 * MINUTE } }, { retryAfterMs: 5 * MINUTE });
    await stage.clock.advance(2 * MINUTE);
    expect(stage.at).toBe('idle.quiet');
    stage.askedFor('refresh.requested');
    stage.act('user.active');
    stage.renew('gate');
    expect([stage.at, ...stage.askedFor('refresh.requested')]).toEqual(['authenticated']);
    await stage.clock.advance(3 * MINUTE - 1);
    expect([stage.at, ...stage.askedFor('refresh.requested')]).toEqual(['authenticated']);
    await stage.clock.advance(1);
    expect([stage.at, stage.askedFor('refresh.requested').length]).toEqual(['refreshing.granting', 1]);
  });

  test('requests share the next try and start none of their own', async () => {
    const stage = await backingOff();
    for (let times = 0; times < 5; times++) stage.renew('gate');
    expect([stage.at, ...stage.askedFor('refresh.requested')]).toEqual(['refreshing.backingOff']);
  });

  test('is stretched while offline, and the first request still tries once', async () => {
    const stage = await backingOff({ idle: null });
    stage.send({ type: 'network.offline' });
    await stage.clock.advance(59_999);
    expect(stage.askedFor('refresh.requested')).toEqual([]);
    stage.renew('gate');
    stage.renew('gate');
    expect(stage.askedFor('refresh.requested')).toHaveLength(1);
    stage.fail('unknown');
    stage.renew('gate');
    expect(stage.at).toBe('refreshing.backingOff');
  });

  test('is stretched while offline, and the one try of the first request does not lengthen later pauses', async () => {
    const stage = await refreshing({ idle: null, random: () => 1 });
    stage.send({ type: 'network.offline' });
    stage.fail('transient');
    stage.renew('gate');
    expect(stage.at).toBe('refreshing.granting');
    stage.fail('transient');
    stage.renew('gate');
    expect([stage.at, stage.context().failures]).toEqual(['refreshing.backingOff', 0]);
    expect(await pauseOf(stage)).toBe(60_000);
  });

  test('pauses shortly once the network is back, and once the app takes it to be back', async () => {
    const stage = await refreshing({ idle: null, random: () => 1 });
    stage.send({ type: 'network.offline' });
    stage.send({ type: 'network.online' });
    stage.fail('transient');
    expect(await pauseOf(stage)).toBe(1000);
    stage.send({ type: 'network.offline' });
    stage.fail('transient');
    stage.renew('app');
    stage.fail('transient');
    expect(await pauseOf(stage)).toBe(2000);
  });

  test('is slow from the start where the network is known to be away', async () => {
    const stage = await refreshing({ idle: null, random: () => 0 });
    stage.send({ type: 'network.offline' });
    stage.fail('unknown');
    expect(await pauseOf(stage)).toBe(30_000);
  });

  test('going offline does not shorten a longer pause', async () => {
    const stage = await backingOff({ idle: null }, { retryAfterMs: 120_000 });
    stage.send({ type: 'network.offline' });
    await stage.clock.advance(119_999);
    expect(stage.askedFor('refresh.requested')).toEqual([]);
  });

  test.each([
    ['the network ate the tries', {}],
    ['the provider was not itself', { status: 503, error: 'temporarily_unavailable' }],
  ])('goes on past the refresh deadline for a user who is there: it is a hint, and %s', async (_, more) => {
    const stage = await backingOff({ idle: null }, more);
    for (let times = 0; times < 200; times++) {
      stage.fail('transient', more);
      await stage.clock.advance(30_000);
    }
    expect(stage.told().filter((fact) => fact !== 'renewalFailed')).toEqual([]);
    expect(stage.context().lease).not.toBeNull();
  });

  test('renews nothing while it is not known whether the user is still there', async () => {
    const stage = await refreshing({ slowRecord: true, idle: { afterMs: 5 * MINUTE } });
    stage.fail('transient', { retryAfterMs: 2 * MINUTE });
    stage.askedFor('refresh.requested');
    await stage.clock.advance(3 * MINUTE);
    expect([stage.at, ...stage.askedFor('refresh.requested')]).toEqual(['refreshing.backingOff']);
    stage.tellLook(stage.clock.wallMs() - 1000);
    expect([stage.at, stage.askedFor('refresh.requested').length]).toEqual(['refreshing.granting', 1]);
  });

  test('a token that arrived stale is kept in mind: its generation is the one to renew, and nothing says `renewed`', async () => {
    const stage = await refreshing();
    const lease = leaseFrom({ expires_in: 1, renewable: true }, stage.now(), { epoch: 1, generation: 2 });
    stage.send({
      type: 'refresh.failed',
      epoch: 1,
      generation: 1,
      failure: failure({ class: 'configuration' }),
      lease,
    });
    expect([stage.at, ...stage.told()]).toEqual(['refreshing.backingOff', 'renewalFailed']);
    stage.askedFor('refresh.requested');
    await stage.clock.advance(60_000);
    expect(stage.askedFor('refresh.requested')).toMatchObject([{ generation: 2 }]);
    await stage.clock.advance(10 * MINUTE);
    stage.fail('transient');
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['idle.quiet', 'renewalFailed', 'idled']);
  });
});

describe('a refusal', () => {
  test('ends the session at once where nothing can rescue it', async () => {
    const stage = await refreshing();
    stage.fail('terminal', { status: 400, error: 'invalid_grant' });
    expect([stage.at, stage.context().lease, ...stage.told()]).toEqual(['expired', null, 'expired: revoked']);
    expect(stage.askedFor('record.end')).toMatchObject([{ type: 'record.end', epoch: 1, reason: 'revoked' }]);
    expect(stage.clock.pendingTimers).toBe(0);
  });

  test('after the refresh deadline is `lapsed`, and the grant was tried before', async () => {
    const stage = signedIn({ idle: null });
    stage.clock.suspend(HOUR);
    stage.awake();
    expect([stage.at, ...stage.told()]).toEqual(['refreshing.granting']);
    stage.fail('terminal');
    expect(stage.told()).toEqual(['expired: lapsed']);
  });

  test('is not `lapsed` because one clock says so: the deadline takes the more hopeful one', async () => {
    const stage = signedIn({ idle: null });
    stage.clock.sleep(HOUR);
    stage.awake();
    stage.fail('terminal');
    expect(stage.told()).toEqual(['expired: revoked']);
  });

  test('after the absolute limit was announced is `ended`', async () => {
    const stage = signedIn({ idle: null });
    for (const refresh_expires_in of [1561, 1322]) {
      await stage.clock.advance(239_000);
      stage.grant({ refresh_expires_in });
    }
    await stage.clock.advance(239_000);
    stage.fail('terminal');
    expect(stage.told().at(-1)).toBe('expired: ended');
  });

  test('after the absolute limit was announced is `ended`, too, where the last tokens arrived too short to be used', async () => {
    const stage = signedIn({ idle: null });
    for (const refresh_expires_in of [1561, 1322]) {
      await stage.clock.advance(239_000);
      stage.grant({ refresh_expires_in });
    }
    for (let minutes = 0; stage.at !== 'expired' && minutes < 30; minutes++) {
      await stage.clock.advance(60_000);
      stage.fail('configuration', { code: 'token_arrived_stale' });
    }
    expect(stage.told().at(-1)).toBe('expired: ended');
  });

  test('leaves the end in place: later events change nothing and tell nothing', async () => {
    const stage = await expired();
    for (const type of ['user.active', 'session.stay', 'user.held', 'user.released'] as const)
      stage.act(type);
    stage.renew('app');
    stage.renew('gate', 1);
    stage.awake(true);
    stage.send({ type: 'network.offline' });
    stage.send({ type: 'network.online' });
    stage.grant({}, { epoch: 1, generation: 1 });
    await stage.clock.advance(HOUR);
    expect([stage.at, stage.context().reason, ...stage.told()]).toEqual(['expired', 'revoked']);
  });
});

describe('a rescue', () => {
  test('is one silent sign-in, and its failure ends the session', async () => {
    const stage = await refreshing({ rescue: true });
    stage.askedFor('login.requested');
    stage.fail('terminal');
    expect([stage.at, ...stage.told()]).toEqual(['refreshing.rescuing']);
    expect(stage.askedFor('login.requested')).toMatchObject([{ kind: 'rescue' }]);
    stage.failLogin();
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: revoked']);
    expect(stage.askedFor('login.requested')).toEqual([]);
  });

  test('can be tried again for the next refusal', async () => {
    const stage = await refreshing({ rescue: true, idle: null });
    stage.fail('terminal');
    stage.login({}, { epoch: 1, generation: 2 });
    await stage.clock.advance(239_000);
    stage.fail('terminal');
    expect(stage.at).toBe('refreshing.rescuing');
  });

  test('is not tried for a user who is away', async () => {
    const stage = await refreshing({ rescue: true });
    await stage.clock.advance(10 * MINUTE);
    stage.fail('terminal');
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: revoked']);
  });

  test('is not tried beside a sign-in under way, which may mend it', async () => {
    const stage = await refreshing({ rescue: true });
    stage.signIn();
    stage.askedFor('login.requested');
    stage.fail('terminal');
    expect([stage.at, ...stage.askedFor('login.requested')]).toEqual(['refreshing.granting']);
    stage.login({}, { epoch: 1, generation: 2 });
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'renewed']);
  });

  test('shows nobody: it does not count as activity', async () => {
    const stage = await refreshing({ rescue: true });
    const { lastActivity } = stage.context();
    stage.fail('terminal');
    stage.login(long, { epoch: 1, generation: 2 });
    expect(stage.context().lastActivity).toEqual(lastActivity);
    await stage.clock.advance(10 * MINUTE - 239_000);
    expect(stage.told()).toContain('idled');
  });

  test('that ends after the user has left ends in idle', async () => {
    const stage = await refreshing({ rescue: true });
    stage.fail('terminal');
    await stage.clock.advance(10 * MINUTE);
    stage.login({}, { epoch: 1, generation: 2 });
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['idle.quiet', 'renewed', 'idled']);
  });

  test('is left alone by a page that comes back from the back/forward cache', async () => {
    const stage = await refreshing({ rescue: true });
    stage.fail('terminal');
    stage.awake(true);
    expect(stage.at).toBe('refreshing.rescuing');
  });
});

describe('a client that is not accepted any more', () => {
  test('is tried again slowly: after half a minute to a minute', async () => {
    for (const [chance, pauseMs] of [
      [0, 30_000],
      [1, 60_000],
    ] as const) {
      const stage = await refreshing({ idle: null, random: () => chance });
      stage.fail('configuration');
      expect(await pauseOf(stage)).toBe(pauseMs);
    }
  });

  const rejected = { status: 401, error: 'invalid_client' };

  test('keeps its tokens while one of them is left, then the session is `rejected`', async () => {
    const stage = signedIn({ idle: null }, { expires_in: 3600, refresh_expires_in: 1800 });
    await stage.clock.advance(1_739_000);
    for (; stage.clock.monotonicMs() - 1000 < 3_599_000; await stage.clock.advance(60_000)) {
      stage.fail('configuration', rejected);
      expect(stage.context().lease).not.toBeNull();
    }
    stage.told();
    stage.fail('configuration', rejected);
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: rejected']);
  });

  test('is `rejected` at the known end of the refresh token, whether it is asked once more or not', async () => {
    const stage = signedIn({ idle: null }, { expires_in: 300, refresh_expires_in: 600 });
    await stage.clock.advance(239_000);
    while (stage.clock.monotonicMs() - 1000 < 598_000) {
      if (stage.context().renewing) stage.fail('configuration', rejected);
      await stage.clock.advance(1000);
    }
    await stage.clock.advance(999);
    expect(stage.at).toBe('refreshing.backingOff');
    await stage.clock.advance(1);
    expect([stage.at, stage.told().at(-1)]).toEqual(['expired', 'expired: rejected']);
  });

  /** Without a known end of the refresh token, and the access token gone. */
  const tokenless = async (setting: Parameters<typeof signedIn>[0] = {}): Promise<Stage> => {
    const stage = signedIn({ idle: null, ...setting }, { refresh_expires_in: 0 });
    await stage.clock.advance(239_000);
    stage.fail('configuration', rejected);
    stage.fail('configuration', { ...rejected, generation: 7 });
    await stage.clock.advance(60_000);
    stage.told();
    return stage;
  };

  test('is `rejected` after three refusals since the access token is gone, where no end is known', async () => {
    const stage = await tokenless();
    for (const times of [1, 2]) {
      stage.fail('configuration', rejected);
      expect([stage.at, times, ...stage.told()]).toEqual(['refreshing.backingOff', times, 'renewalFailed']);
      await stage.clock.advance(60_000);
    }
    stage.fail('configuration', rejected);
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: rejected']);
  });

  test('is not `rejected` because the access token lapses after a refusal, where no end is known', async () => {
    const stage = signedIn({ idle: null }, { refresh_expires_in: 0 });
    await stage.clock.advance(280_000);
    stage.fail('configuration', rejected);
    await stage.clock.advance(20_000);
    expect([stage.at, ...stage.told()]).toEqual(['refreshing.backingOff', 'renewalFailed']);
  });

  test('is not counted by failures of the network in between, nor believed after new tokens', async () => {
    const stage = await tokenless();
    for (const failed of ['configuration', 'unknown', 'configuration', 'transient'] as const) {
      stage.fail(failed, failed === 'configuration' ? rejected : {});
      await stage.clock.advance(60_000);
    }
    expect(stage.at).toBe('refreshing.granting');
    stage.grant({ refresh_expires_in: 0 });
    await stage.clock.advance(300_000);
    stage.fail('configuration', rejected);
    expect(stage.at).toBe('refreshing.backingOff');
  });

  test('that is not the provider speaking ends the session only after 15 minutes without a token', async () => {
    const stage = await tokenless();
    stage.fail('configuration', { status: 404 });
    for (let minutes = 0; minutes < 14; minutes++) {
      await stage.clock.advance(MINUTE);
      stage.fail('configuration', { status: 404 });
    }
    await stage.clock.advance(MINUTE - 1);
    stage.fail('configuration', { status: 404 });
    expect(stage.at).toBe('refreshing.backingOff');
    await stage.clock.advance(1);
    expect([stage.at, stage.told().at(-1)]).toEqual(['expired', 'expired: rejected']);
  });

  test('that is not the provider speaking is given its 15 minutes after failures of the network, too', async () => {
    const stage = await tokenless();
    for (let minutes = 0; minutes < 20; minutes++) {
      stage.fail('transient');
      await stage.clock.advance(MINUTE);
    }
    stage.fail('configuration', { status: 404 });
    expect([stage.at, stage.context().lease?.generation]).toEqual(['refreshing.backingOff', 1]);
  });

  test('that is not the provider speaking is not believed before the known end of the refresh token', async () => {
    const stage = signedIn({ idle: null });
    await stage.clock.advance(239_000);
    while (stage.clock.monotonicMs() - 1000 < 1_798_000) {
      if (stage.context().renewing) stage.fail('configuration', { status: 404 });
      await stage.clock.advance(1000);
    }
    expect(stage.at).toBe('refreshing.backingOff');
    await stage.clock.advance(1000);
    expect([stage.at, stage.told().at(-1)]).toEqual(['expired', 'expired: rejected']);
  });

  test('counts anew for a user who was away', async () => {
    const stage = await tokenless({ idle: { afterMs: 10 * MINUTE } });
    stage.fail('configuration', { status: 404 });
    await stage.clock.advance(6 * MINUTE);
    stage.fail('configuration', { status: 404 });
    await stage.settle();
    expect(stage.at).toBe('idle.quiet');
    await stage.clock.advance(HOUR);
    stage.act('user.active');
    stage.fail('configuration', { status: 404 });
    expect(stage.at).toBe('refreshing.backingOff');
  });

  test('is `ended` after the absolute limit was announced', async () => {
    const stage = signedIn({ idle: null });
    for (const refresh_expires_in of [1561, 1322]) {
      await stage.clock.advance(239_000);
      stage.grant({ refresh_expires_in });
    }
    while (stage.at !== 'expired') {
      await stage.clock.advance(MINUTE);
      stage.fail('configuration', rejected);
    }
    expect(stage.told().at(-1)).toBe('expired: ended');
  });

  test('is rescued once, as soon as there is no token to work with', async () => {
    const stage = await backingOff({ rescue: true, idle: null }, { class: 'configuration', ...rejected });
    await stage.clock.advance(49_999);
    expect(stage.at).not.toBe('refreshing.rescuing');
    await stage.clock.advance(1);
    stage.fail('configuration', rejected);
    expect(stage.at).toBe('refreshing.rescuing');
    stage.failLogin();
    expect(stage.at).toBe('refreshing.backingOff');
    await stage.clock.advance(60_000);
    stage.fail('configuration', rejected);
    expect(stage.at).toBe('refreshing.backingOff');
  });

  test('is told once for each try, also where a rescue comes after it', async () => {
    const stage = await refreshing({ rescue: true, idle: null, random: () => 1 });
    stage.fail('configuration', rejected);
    expect([stage.at, ...stage.told()]).toEqual(['refreshing.backingOff', 'renewalFailed']);
    await stage.clock.advance(50_000);
    expect(stage.at).toBe('refreshing.rescuing');
    stage.failLogin();
    expect([stage.at, ...stage.told()]).toEqual(['refreshing.backingOff']);
    await stage.clock.advance(10_000);
    stage.fail('configuration', rejected);
    expect([stage.at, ...stage.told()]).toEqual(['refreshing.backingOff', 'renewalFailed']);
  });
});

test('a session whose tokens arrived stale to the last is `lapsed`, not `rejected`', async () => {
  for (const refresh_expires_in of [600, 0]) {
    const stage = signedIn({ idle: null }, { expires_in: 300, refresh_expires_in });
    await stage.clock.advance(239_000);
    for (let minutes = 0; stage.at !== 'expired' && minutes < 12; minutes++) {
      stage.fail('configuration', { code: 'token_arrived_stale' });
      await stage.clock.advance(MINUTE);
    }
    expect(stage.told().at(-1)).toBe('expired: lapsed');
  }
});

describe('a rescue that the network ate', () => {
  const unanswered = async (more: Partial<Failure>): Promise<Stage> => {
    const stage = await refreshing({ rescue: true, idle: null, random: () => 1 });
    stage.fail('unknown');
    expect(stage.at).toBe('refreshing.rescuing');
    stage.failLogin(undefined, failure(more));
    expect(stage.at).toBe('refreshing.backingOff');
    await stage.clock.advance(MINUTE);
    return stage;
  };

  test.each([{ class: 'transient' }, { class: 'unknown', code: 'network_failed' }] as const)(
    'is made up for once the provider has refused the token: %j',
    async (more) => {
      const stage = await unanswered(more);
      stage.fail('terminal');
      expect(stage.at).toBe('refreshing.rescuing');
      stage.failLogin(undefined, failure(more));
      expect(stage.told().at(-1)).toBe('expired: revoked');
    },
  );

  test('is not made up for by whatever else goes wrong', async () => {
    const stage = await unanswered({});
    stage.fail('unknown');
    expect(stage.at).toBe('refreshing.backingOff');
  });

  test('is another than one that the provider has answered', async () => {
    const stage = await unanswered({ class: 'interaction' });
    stage.fail('terminal');
    expect(stage.told().at(-1)).toBe('expired: revoked');
  });
});

describe('a provider that must see the user', () => {
  test('is told at once, and the token is used while it is fresh', async () => {
    const stage = await refreshing({ idle: null });
    stage.askedFor('refresh.requested');
    stage.fail('interaction');
    expect([stage.at, ...stage.told()]).toEqual(['refreshing.backingOff', 'renewalFailed']);
    await stage.clock.advance(49_999);
    expect([stage.at, ...stage.askedFor('refresh.requested')]).toEqual(['refreshing.backingOff']);
    await stage.clock.advance(1);
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: interaction']);
  });

  test('ends the session at once where no token is fresh, also without a known end', async () => {
    const stage = signedIn({ idle: null }, { refresh_expires_in: 0 });
    stage.clock.suspend(HOUR);
    stage.awake();
    stage.fail('interaction');
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: interaction']);
  });

  test('is spared the user by a rescue', async () => {
    const stage = await refreshing({ rescue: true });
    stage.fail('interaction');
    expect([stage.at, ...stage.told()]).toEqual(['refreshing.rescuing']);
    stage.login({}, { epoch: 1, generation: 2 });
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'renewed']);
  });

  test('is told after a rescue that failed, and ends the session when the token is used up', async () => {
    const stage = await refreshing({ rescue: true, idle: null });
    stage.fail('interaction');
    stage.failLogin();
    expect([stage.at, ...stage.told()]).toEqual(['refreshing.backingOff', 'renewalFailed']);
    await stage.clock.advance(50_000);
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: interaction']);
  });

  test('sees the user in a sign-in under way: its end decides', async () => {
    const stage = await refreshing({ idle: null });
    stage.signIn();
    stage.fail('interaction');
    await stage.clock.advance(HOUR);
    expect([stage.at, ...stage.told()]).toEqual(['refreshing.granting']);
    stage.failLogin();
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: interaction']);
  });

  test('is asked again where the app says so', async () => {
    const stage = await backingOff({}, { class: 'interaction' });
    stage.awake();
    stage.send({ type: 'network.online' });
    stage.renew('gate');
    expect(stage.at).toBe('refreshing.backingOff');
    stage.renew('app');
    expect(stage.at).toBe('refreshing.granting');
  });

  test('says nothing for long about a user who has gone, and is asked anew when they are back', async () => {
    const stage = await refreshing({ idle: { afterMs: 4 * MINUTE } });
    stage.fail('interaction');
    await stage.clock.advance(1000);
    expect([stage.at, ...stage.told()]).toEqual(['idle.quiet', 'renewalFailed', 'idled']);
    await stage.clock.advance(MINUTE);
    stage.act('user.active');
    expect(stage.at).toBe('refreshing.granting');
    stage.fail('interaction');
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'resumed', 'expired: interaction']);
  });

  test('is left alone for a while by the requests of a user who is away', async () => {
    const stage = await idled({ idle: { afterMs: 2 * MINUTE, renewOnRequest: true } });
    stage.renew('gate', 1);
    stage.fail('interaction');
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['idle.quiet', 'renewalFailed']);
    stage.askedFor('refresh.requested');
    stage.renew('gate', 1);
    await stage.clock.advance(44_999);
    expect(stage.askedFor('refresh.requested')).toEqual([]);
    await stage.clock.advance(1);
    expect(stage.askedFor('refresh.requested')).toHaveLength(1);
  });

  test('rescues a user who comes back before it was known that they had gone', async () => {
    const stage = await refreshing({ rescue: true, slowRecord: true, idle: { afterMs: 239_000 } });
    stage.renew('app');
    stage.fail('interaction');
    expect(stage.at).toBe('refreshing.backingOff');
    stage.act('user.active');
    expect(stage.at).toBe('refreshing.rescuing');
  });

  test('is `ended` after the absolute limit was announced', async () => {
    const stage = signedIn({ idle: null });
    for (const refresh_expires_in of [1561, 1322]) {
      await stage.clock.advance(239_000);
      stage.grant({ refresh_expires_in });
    }
    await stage.clock.advance(239_000);
    stage.fail('interaction');
    await stage.clock.advance(50_000);
    expect(stage.told().at(-1)).toBe('expired: ended');
  });
});

describe('an answer that was lost', () => {
  test('is not asked for with the same token again before the provider was asked silently', async () => {
    const stage = await refreshing({ rescue: true, idle: null });
    stage.askedFor('refresh.requested');
    stage.fail('unknown');
    expect([stage.at, ...stage.told()]).toEqual(['refreshing.rescuing']);
    stage.failLogin();
    expect([stage.at, ...stage.told()]).toEqual(['refreshing.backingOff', 'renewalFailed']);
    expect(stage.askedFor('refresh.requested')).toEqual([]);
    await stage.clock.advance(1000);
    expect(stage.askedFor('refresh.requested')).toHaveLength(1);
    stage.fail('unknown');
    expect(stage.at).toBe('refreshing.backingOff');
  });

  test('was never on its way where the network is known to be away', async () => {
    const stage = await refreshing({ rescue: true });
    stage.send({ type: 'network.offline' });
    stage.fail('unknown');
    expect(stage.at).toBe('refreshing.backingOff');
  });

  test('of a provider that spoke is no lost answer', async () => {
    const stage = await refreshing({ rescue: true });
    stage.fail('transient', { status: 503 });
    expect(stage.at).toBe('refreshing.backingOff');
  });
});
