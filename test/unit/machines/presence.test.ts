import { describe, expect, test } from 'vitest';
import {
  MINUTE,
  type Stage,
  createStage,
  expired,
  idled,
  long,
  refreshing,
  signedIn,
} from '../../support/machineStage.ts';

const HOUR = 60 * MINUTE;
const signOutAfter = { idle: { signOutAfterMs: 20 * MINUTE } };

/** Looks until now are forgotten. */
const looks = (stage: Stage) => stage.askedFor('record.read').length;

/** One minute before the end by policy. */
const warned = async (idle: Parameters<typeof idled>[0] = signOutAfter): Promise<Stage> => {
  const stage = await idled(idle);
  await stage.clock.advance(9 * MINUTE);
  return stage;
};

test('what holds the session awake is noted for the other tabs as long as it does', async () => {
  const stage = signedIn({}, long);
  const noted = () =>
    (stage.askedFor('record.note') as { lastActivity: { wallMs: number } }[]).map(
      ({ lastActivity }) => (lastActivity.wallMs - beganAt) / MINUTE,
    );
  const beganAt = stage.clock.wallMs();
  stage.act('user.held');
  expect(noted().at(-1)).toBe(0);
  await stage.clock.advance(5 * MINUTE);
  expect(noted()).toEqual([2.5, 5]);
  stage.act('user.released');
  noted();
  await stage.clock.advance(5 * MINUTE);
  expect(noted()).toEqual([]);
});

describe('time passing makes the machine look', () => {
  test('and the user is away once the look has found nothing', async () => {
    const stage = signedIn({ slowRecord: true }, long);
    await stage.clock.advance(10 * MINUTE - 1);
    expect(looks(stage)).toBe(0);
    await stage.clock.advance(1);
    expect([stage.at, looks(stage), ...stage.told()]).toEqual(['authenticated', 1]);
    stage.tellLook();
    expect([stage.at, ...stage.told()]).toEqual(['idle.quiet', 'idled']);
    expect(stage.actor.getSnapshot().hasTag('away')).toBe(true);
    expect(stage.actor.getSnapshot().hasTag('signedIn')).toBe(true);
  });

  test('and nothing is renewed while the look is under way: renewing needs presence now', async () => {
    const stage = signedIn({ slowRecord: true, idle: { afterMs: 2 * MINUTE } });
    await stage.clock.advance(5 * MINUTE);
    stage.renew('gate');
    expect(stage.at).toBe('authenticated');
    expect(stage.askedFor('refresh.requested')).toEqual([]);
  });

  test('and activity in another tab, as the record tells, keeps the user present', async () => {
    const stage = signedIn({}, long);
    await stage.clock.advance(8 * MINUTE);
    stage.record.lastActivityWallMs = stage.clock.wallMs();
    await stage.clock.advance(10 * MINUTE - 1);
    expect([stage.at, ...stage.told()]).toEqual(['authenticated']);
    await stage.clock.advance(1);
    expect([stage.at, ...stage.told()]).toEqual(['idle.quiet', 'idled']);
  });

  test('and activity in another tab counts up to the very instant of the look', async () => {
    const stage = signedIn({ slowRecord: true }, long);
    await stage.clock.advance(10 * MINUTE);
    stage.tellLook(stage.clock.wallMs());
    expect([stage.at, stage.context().lastActivity]).toEqual(['authenticated', stage.now()]);
  });

  test('and a renewal that became due meanwhile starts when it finds the user in another tab', async () => {
    const stage = signedIn({ slowRecord: true, idle: { afterMs: 2 * MINUTE } });
    await stage.clock.advance(5 * MINUTE);
    stage.tellLook(stage.clock.wallMs() - 1000);
    expect([stage.at, ...stage.told()]).toEqual(['refreshing.granting']);
  });

  test('and a look that began before the instant in question decides nothing about it', async () => {
    const stage = signedIn({ slowRecord: true, ...signOutAfter }, long);
    await stage.clock.advance(20 * MINUTE);
    stage.tellLook();
    expect([stage.at, looks(stage), ...stage.told()]).toEqual(['idle.quiet', 2, 'idled']);
    stage.tellLook();
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: idle']);
  });

  test('at a sign-in of somebody who is signed in, too, as at any other event', async () => {
    const stage = signedIn({ slowRecord: true }, long);
    stage.clock.suspend(10 * MINUTE);
    stage.signIn();
    expect([stage.at, looks(stage)]).toEqual(['authenticated', 1]);
  });

  test('once for each instant, however many events come', async () => {
    const stage = signedIn({ slowRecord: true }, long);
    await stage.clock.advance(10 * MINUTE);
    for (let times = 0; times < 5; times++) stage.renew('gate');
    expect(looks(stage)).toBe(1);
    stage.tellLook();
    await stage.clock.advance(HOUR);
    expect(looks(stage)).toBe(0);
  });

  test('and waking up makes it look again while the user is away', async () => {
    const stage = await idled();
    looks(stage);
    stage.record.lastActivityWallMs = stage.clock.wallMs() - 1000;
    stage.awake();
    expect(looks(stage)).toBe(1);
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'resumed']);
  });
});

describe('the idle time', () => {
  test.each([
    ['15 minutes', { expires_in: 36_000, refresh_expires_in: 72_000 }, {}, 15 * MINUTE],
    [
      '15 minutes where the refresh token has no known end',
      { expires_in: 36_000, refresh_expires_in: 0 },
      {},
      15 * MINUTE,
    ],
    ['half of a shorter refresh token', { expires_in: 600, refresh_expires_in: 601 }, {}, 5 * MINUTE],
    [
      'half of a shorter policy',
      { expires_in: 36_000, refresh_expires_in: 0 },
      { signOutAfterMs: 8 * MINUTE },
      4 * MINUTE,
    ],
  ])('is %s by default', async (_, tokens, idle, afterMs) => {
    const stage = signedIn({ idle: { afterMs: null, ...idle } }, tokens);
    await stage.clock.advance(afterMs - 1);
    expect(stage.at).toBe('authenticated');
    await stage.clock.advance(1);
    expect(stage.told()).toContain('idled');
  });

  test('does not shrink with the tokens near an absolute limit', async () => {
    const stage = signedIn({ idle: { afterMs: null } });
    await stage.clock.advance(239_000);
    stage.grant({ refresh_expires_in: 400 });
    stage.act('user.active');
    stage.told();
    await stage.clock.advance(201_000);
    expect(stage.told()).not.toContain('idled');
  });

  test('can be turned off: then nobody is ever away, whatever the time', async () => {
    const stage = signedIn({ idle: null }, long);
    await stage.clock.advance(9 * HOUR);
    expect([stage.at, looks(stage), ...stage.told()]).toEqual(['authenticated', 0]);
  });
});

describe('activity', () => {
  test('keeps the user present from then on', async () => {
    const stage = signedIn({}, long);
    await stage.clock.advance(9 * MINUTE);
    stage.act('user.active');
    await stage.clock.advance(10 * MINUTE - 1);
    expect(stage.at).toBe('authenticated');
    await stage.clock.advance(1);
    expect(stage.at).toBe('idle.quiet');
  });

  test('is announced to the record with the rate it needs: a twentieth of the idle time, 15 s at most', async () => {
    const stage = signedIn();
    stage.askedFor('record.note');
    stage.act('user.active');
    expect(stage.askedFor('record.note')).toEqual([
      { type: 'record.note', lastActivity: stage.now(), everyMs: 15_000 },
    ]);
    const brief = signedIn({ idle: { afterMs: MINUTE } });
    brief.askedFor('record.note');
    brief.act('user.active');
    expect(brief.askedFor('record.note')).toMatchObject([{ everyMs: 3000 }]);
  });

  test('is announced only while somebody is signed in', async () => {
    const stage = createStage();
    stage.act('user.active');
    stage.failLogin();
    stage.act('user.active');
    const over = await expired();
    over.askedFor('record.note');
    over.act('user.active');
    expect([...stage.askedFor('record.note'), ...over.askedFor('record.note')]).toEqual([]);
  });

  test('brings the user back for another idle time', async () => {
    const stage = await idled();
    await stage.clock.advance(HOUR);
    stage.act('user.active');
    stage.told();
    await stage.clock.advance(10 * MINUTE);
    expect([stage.at, ...stage.told()]).toEqual(['idle.quiet', 'idled']);
  });

  test('brings the user back from idle, and on to a renewal that is due', async () => {
    const stage = await idled();
    stage.act('user.active');
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'resumed']);
    const stale = await idled({ idle: { afterMs: 2 * MINUTE } }, { expires_in: 300 });
    await stale.clock.advance(5 * MINUTE);
    expect([stale.at, ...stale.askedFor('refresh.requested')]).toEqual(['idle.quiet']);
    stale.act('user.active');
    expect([stale.at, ...stale.told()]).toEqual(['refreshing.granting', 'resumed']);
    expect(stale.askedFor('refresh.requested')).toHaveLength(1);
  });

  test('after an end has passed comes too late: asleep past the policy, then a mouse move', async () => {
    const stage = signedIn(signOutAfter, long);
    stage.clock.sleep(8 * HOUR);
    stage.act('user.active');
    expect(stage.at).toBe('authenticated');
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: idle']);
  });

  test.each(['user.active', 'user.held', 'user.released', 'session.stay'] as const)(
    'of whatever kind, %s comes too late after a refresh token that ran out meanwhile',
    async (type) => {
      const stage = signedIn({}, { expires_in: 300, refresh_expires_in: 1800 });
      stage.clock.suspend(HOUR);
      stage.act(type);
      await stage.settle();
      expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: lapsed']);
    },
  );

  test('after an end has passed renews nothing while the look is under way, and is not announced', async () => {
    const stage = signedIn({ slowRecord: true, ...signOutAfter });
    stage.clock.suspend(HOUR);
    stage.askedFor('record.note');
    stage.act('user.active');
    stage.renew('gate');
    expect(stage.at).toBe('authenticated');
    expect([...stage.askedFor('refresh.requested'), ...stage.askedFor('record.note')]).toEqual([]);
  });

  test('after the end by policy has passed is judged by a look, even where the idle time is not over', async () => {
    const stage = signedIn({ idle: { afterMs: 30 * MINUTE, signOutAfterMs: 20 * MINUTE } }, long);
    await stage.clock.advance(25 * MINUTE);
    stage.act('user.active');
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: idle']);
  });

  test('after an end has passed counts where the look finds the user active in another tab', async () => {
    const stage = signedIn(signOutAfter, long);
    stage.clock.sleep(HOUR);
    stage.record.lastActivityWallMs = stage.clock.wallMs() - 5 * MINUTE;
    stage.act('user.active');
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['authenticated']);
    expect(stage.context().lastActivity).toEqual(stage.now());
  });

  test('after an end has passed is not revived by a look that began before it', async () => {
    const stage = signedIn({ slowRecord: true, ...signOutAfter }, long);
    await stage.clock.advance(10 * MINUTE);
    stage.clock.suspend(15 * MINUTE);
    stage.act('user.active');
    stage.tellLook();
    expect([stage.at, ...stage.told()]).toEqual(['authenticated']);
    stage.tellLook();
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: idle']);
  });

  test('after an end has passed waits for one look, however much more of it comes', async () => {
    const stage = signedIn({ slowRecord: true, ...signOutAfter }, long);
    stage.clock.suspend(HOUR);
    stage.record.lastActivityWallMs = stage.clock.wallMs();
    for (let times = 0; times < 3; times++) {
      stage.act('user.active');
      await stage.clock.advance(1000);
    }
    expect(looks(stage)).toBe(1);
    stage.tellLook();
    expect([stage.at, stage.context().returning]).toEqual(['authenticated', null]);
  });

  test('is never taken back by an older look', async () => {
    const stage = signedIn({ slowRecord: true }, long);
    await stage.clock.advance(10 * MINUTE);
    await stage.clock.advance(1000);
    stage.act('user.active');
    stage.tellLook(stage.clock.wallMs() - 30 * MINUTE);
    expect([stage.at, stage.context().lastActivity, ...stage.told()]).toEqual(['authenticated', stage.now()]);
  });
});

describe('a hold', () => {
  test('is presence for as long as it is held, and its release counts as activity', async () => {
    const stage = signedIn({}, long);
    stage.act('user.held');
    await stage.clock.advance(8 * HOUR);
    expect([stage.at, ...stage.told()]).toEqual(['authenticated']);
    stage.act('user.released');
    await stage.clock.advance(10 * MINUTE - 1);
    expect(stage.at).toBe('authenticated');
    await stage.clock.advance(1);
    expect([stage.at, ...stage.told()]).toEqual(['idle.quiet', 'idled']);
  });

  test('keeps renewing', async () => {
    const stage = signedIn({ idle: { afterMs: 2 * MINUTE } });
    stage.act('user.held');
    await stage.clock.advance(239_000);
    expect(stage.at).toBe('refreshing.granting');
  });

  test('is counted: the last release ends it', async () => {
    const stage = signedIn({}, long);
    stage.act('user.held');
    stage.act('user.held');
    stage.act('user.released');
    await stage.clock.advance(HOUR);
    expect(stage.at).toBe('authenticated');
    stage.act('user.released');
    await stage.clock.advance(HOUR);
    expect(stage.at).toBe('idle.quiet');
  });

  test('holds off the end by policy, asleep too', async () => {
    const stage = signedIn(signOutAfter, long);
    stage.act('user.held');
    stage.clock.sleep(8 * HOUR);
    stage.act('user.active');
    stage.awake();
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['authenticated']);
  });

  test('that began before the sign-in counts after it', async () => {
    const stage = createStage();
    stage.act('user.held');
    stage.login(long);
    await stage.clock.advance(HOUR);
    expect(stage.at).toBe('authenticated');
  });

  test('that is released once too often does not count below none', async () => {
    const stage = signedIn({}, long);
    stage.act('user.released');
    stage.act('user.held');
    await stage.clock.advance(HOUR);
    expect(stage.at).toBe('authenticated');
  });

  test('that begins after an end has passed is judged first, and nobody is told that its holder is away', async () => {
    const stage = signedIn({ slowRecord: true, ...signOutAfter }, long);
    await stage.clock.advance(10 * MINUTE);
    stage.clock.suspend(15 * MINUTE);
    stage.act('user.held');
    stage.tellLook();
    expect([stage.at, ...stage.told()]).toEqual(['authenticated']);
    stage.tellLook(stage.clock.wallMs() - MINUTE);
    await stage.clock.advance(HOUR);
    expect([stage.at, ...stage.told()]).toEqual(['authenticated']);
  });

  test('brings a user back who was away', async () => {
    const stage = await idled();
    stage.act('user.held');
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'resumed']);
  });
});

describe('warning', () => {
  test('is told once, ahead of the end by policy, with its instant', async () => {
    const stage = await idled(signOutAfter);
    await stage.clock.advance(9 * MINUTE - 1);
    expect([stage.at, ...stage.told()]).toEqual(['idle.quiet']);
    await stage.clock.advance(1);
    expect(stage.at).toBe('idle.warning');
    const { wallMs, monotonicMs } = stage.now();
    expect(stage.facts).toEqual([
      { type: 'warned', deadline: { wallMs: wallMs + MINUTE, monotonicMs: monotonicMs + MINUTE } },
    ]);
    await stage.clock.advance(MINUTE - 1);
    expect([stage.at, ...stage.told()]).toEqual(['idle.warning', 'warned']);
  });

  test('comes ahead of the refresh token where that ends first', async () => {
    const stage = await idled(
      { idle: { signOutAfterMs: HOUR } },
      { expires_in: 1700, refresh_expires_in: 1801 },
    );
    await stage.clock.advance(19 * MINUTE - 1);
    expect(stage.told()).toEqual([]);
    await stage.clock.advance(1);
    expect(stage.told()).toEqual(['warned']);
    await stage.clock.advance(MINUTE);
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: lapsed']);
  });

  test('is never shorter than 20 s', async () => {
    const stage = await idled({ idle: { signOutAfterMs: 20 * MINUTE, warnBeforeMs: 5000 } });
    await stage.clock.advance(10 * MINUTE - 20_000);
    expect(stage.told()).toEqual(['warned']);
  });

  test('is all of the idle time where that is shorter', async () => {
    const stage = signedIn({ idle: { afterMs: 10 * MINUTE, signOutAfterMs: 10 * MINUTE + 30_000 } }, long);
    await stage.clock.advance(10 * MINUTE);
    expect([stage.at, ...stage.told()]).toEqual(['idle.warning', 'idled', 'warned']);
  });

  test('needs a look that was made after its instant', async () => {
    const stage = await idled(signOutAfter);
    stage.record.lastActivityWallMs = stage.clock.wallMs() + 8 * MINUTE;
    await stage.clock.advance(9 * MINUTE);
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'resumed']);
  });

  test.each(['user.active', 'session.stay', 'user.held'] as const)('is answered by %s', async (type) => {
    const stage = await warned();
    stage.told();
    stage.act(type);
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'resumed']);
  });

  test('with `confirm` is not answered by activity, which is neither noted nor announced', async () => {
    const stage = await warned({ idle: { ...signOutAfter.idle, confirm: true } });
    stage.told();
    stage.askedFor('record.note');
    const { lastActivity } = stage.context();
    stage.act('user.active');
    expect([stage.at, stage.context().lastActivity, ...stage.told()]).toEqual(['idle.warning', lastActivity]);
    expect(stage.askedFor('record.note')).toEqual([]);
    stage.act('session.stay');
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'resumed']);
  });

  test('with `confirm` is not answered by activity either while the app renews, and is told of anew', async () => {
    const stage = await warned({ idle: { ...signOutAfter.idle, confirm: true } });
    stage.told();
    const { lastActivity } = stage.context();
    stage.send({ type: 'session.renew', by: 'app' });
    stage.act('user.active');
    expect([stage.at, stage.context().lastActivity]).toEqual(['refreshing.granting', lastActivity]);
    stage.grant();
    expect([stage.at, ...stage.told()]).toEqual(['idle.warning', 'renewed', 'warned']);
    stage.act('session.stay');
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'resumed']);
  });

  test('with `confirm` ends in the end in spite of activity', async () => {
    const stage = await warned({ idle: { ...signOutAfter.idle, confirm: true } });
    stage.told();
    for (let times = 0; times < 60; times++) {
      stage.act('user.active');
      await stage.clock.advance(1000);
    }
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: idle']);
  });

  test('with `confirm` is not answered by a hold or its release, and the hold counts once the user stays', async () => {
    const stage = await warned({ idle: { ...signOutAfter.idle, confirm: true } });
    stage.told();
    stage.askedFor('record.note');
    const { lastActivity } = stage.context();
    stage.act('user.held');
    stage.act('user.held');
    stage.act('user.released');
    expect([stage.at, stage.context().lastActivity, ...stage.told()]).toEqual(['idle.warning', lastActivity]);
    expect(stage.askedFor('record.note')).toEqual([]);
    stage.act('session.stay');
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'resumed']);
    await stage.clock.advance(HOUR);
    expect([stage.at, ...stage.told()]).toEqual(['authenticated']);
  });

  test('with `confirm` ends in spite of a hold', async () => {
    const stage = await warned({ idle: { ...signOutAfter.idle, confirm: true } });
    stage.act('user.held');
    stage.told();
    await stage.clock.advance(MINUTE);
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: idle']);
  });

  test('with `confirm` that recedes is no longer in the way of activity', async () => {
    const stage = await warned({ idle: { ...signOutAfter.idle, confirm: true } });
    stage.act('user.held');
    stage.told();
    stage.record.lastActivityWallMs = stage.clock.wallMs() - 11 * MINUTE;
    stage.awake();
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'resumed']);
  });

  test('with `confirm` is not begun by a renewal: activity counts after that as ever', async () => {
    const stage = signedIn({ idle: { ...signOutAfter.idle, confirm: true } });
    await stage.clock.advance(239_000);
    stage.grant();
    await stage.clock.advance(1000);
    stage.act('user.active');
    expect(stage.context().lastActivity).toEqual(stage.now());
  });

  test('with `confirm`, activity before it brings the user back as ever', async () => {
    const stage = await idled({ idle: { ...signOutAfter.idle, confirm: true } });
    stage.act('user.active');
    expect(stage.at).toBe('authenticated');
  });

  test('is not told again, nor interrupted, when the page wakes up and nothing has changed', async () => {
    const stage = await warned();
    stage.told();
    stage.awake();
    expect(stage.at).toBe('idle.warning');
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['idle.warning']);
  });

  test('is told again after the user has come back and gone again', async () => {
    const stage = await warned();
    stage.act('user.active');
    stage.told();
    await stage.clock.advance(19 * MINUTE);
    expect(stage.told()).toEqual(['idled', 'warned']);
  });
});

describe('the end of an idle session', () => {
  test('by policy counts from the last activity, and is noted in the record', async () => {
    const stage = await warned();
    stage.told();
    await stage.clock.advance(MINUTE - 1);
    expect(stage.at).toBe('idle.warning');
    await stage.clock.advance(1);
    expect([stage.at, stage.context().reason, ...stage.told()]).toEqual(['expired', 'idle', 'expired: idle']);
    expect(stage.askedFor('record.end')).toMatchObject([{ type: 'record.end', epoch: 1, reason: 'idle' }]);
    expect(stage.context().lease).toBeNull();
  });

  test('by the refresh token is `lapsed`', async () => {
    const stage = await idled({}, { expires_in: 1700, refresh_expires_in: 1801 });
    await stage.clock.advance(20 * MINUTE);
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'warned', 'expired: lapsed']);
  });

  test('by the refresh token is `ended` once the absolute limit was announced', async () => {
    const stage = signedIn();
    for (const refresh_expires_in of [1561, 1322]) {
      await stage.clock.advance(239_000);
      stage.act('user.active');
      stage.grant({ refresh_expires_in });
    }
    await stage.clock.advance(HOUR);
    expect([stage.at, stage.told().at(-1)]).toEqual(['expired', 'expired: ended']);
  });

  test('does not come while a look shows the user active in another tab', async () => {
    const stage = await warned();
    stage.told();
    stage.record.lastActivityWallMs = stage.clock.wallMs() + MINUTE - 1;
    await stage.clock.advance(MINUTE);
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'resumed']);
  });

  test('does not come before the look is answered', async () => {
    const stage = signedIn({ slowRecord: true, ...signOutAfter }, long);
    await stage.clock.advance(10 * MINUTE);
    stage.tellLook();
    await stage.clock.advance(9 * MINUTE);
    stage.tellLook();
    await stage.clock.advance(HOUR);
    expect(stage.at).toBe('idle.warning');
    stage.tellLook();
    expect(stage.at).toBe('expired');
  });

  test('by the refresh token does not come before the look is answered either', async () => {
    const stage = signedIn({ slowRecord: true }, { expires_in: 1700, refresh_expires_in: 1801 });
    await stage.clock.advance(10 * MINUTE);
    stage.tellLook();
    await stage.clock.advance(19 * MINUTE);
    stage.tellLook();
    await stage.clock.advance(HOUR);
    expect(stage.at).toBe('idle.warning');
    stage.tellLook();
    expect([stage.at, stage.told().at(-1)]).toEqual(['expired', 'expired: lapsed']);
  });

  test('never comes where nothing known would end it', async () => {
    const stage = await idled({ idle: { afterMs: 2 * MINUTE } }, { expires_in: 300, refresh_expires_in: 0 });
    await stage.clock.advance(1000 * HOUR);
    expect([stage.at, ...stage.told()]).toEqual(['idle.quiet']);
    expect(stage.askedFor('refresh.requested')).toEqual([]);
  });

  test('comes before being away is told, where one look shows both', async () => {
    const stage = signedIn(signOutAfter, long);
    stage.clock.suspend(HOUR);
    stage.awake();
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: idle']);
  });

  test('comes before being away is told, while a renewal backs off too', async () => {
    const stage = await refreshing(signOutAfter);
    stage.fail('transient');
    stage.told();
    stage.clock.suspend(HOUR);
    stage.awake();
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: idle']);
  });
});

describe('a wall clock', () => {
  test('set ahead makes the user away, as far as anybody can tell; set back again they are there', async () => {
    const stage = signedIn({}, long);
    await stage.clock.advance(MINUTE);
    stage.clock.jumpWall(HOUR);
    stage.awake();
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['idle.quiet', 'idled']);
    stage.clock.jumpWall(-HOUR);
    stage.awake();
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'resumed']);
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['authenticated']);
  });

  test('set back does not make an absent user present: what the record tells of the future is our own note', async () => {
    const stage = signedIn({}, long);
    await stage.clock.advance(MINUTE);
    stage.clock.jumpWall(-HOUR);
    stage.awake();
    await stage.clock.advance(9 * MINUTE);
    expect([stage.at, ...stage.told()]).toEqual(['idle.quiet', 'idled']);
  });

  test('set back does not put off the end by policy', async () => {
    const stage = await idled(signOutAfter);
    stage.clock.jumpWall(-24 * HOUR);
    stage.awake();
    await stage.clock.advance(10 * MINUTE);
    expect(stage.at).toBe('expired');
  });

  test('set back leaves what another tab noted before without a date: it does not count', async () => {
    const stage = signedIn({}, long);
    await stage.clock.advance(5 * MINUTE);
    stage.record.lastActivityWallMs = stage.clock.wallMs();
    stage.clock.jumpWall(-HOUR);
    await stage.clock.advance(5 * MINUTE);
    expect(stage.at).toBe('idle.quiet');
  });
});

describe('whoever watches', () => {
  /** The instants at which the machine looks by itself, in seconds from the sign-in. */
  const rings = async (stage: Stage, seconds: number): Promise<number[]> => {
    const from = stage.clock.monotonicMs();
    const seen = new Set<number>();
    const { unsubscribe } = stage.actor.subscribe(() => seen.add((stage.clock.monotonicMs() - from) / 1000));
    await stage.clock.advance(seconds * 1000);
    unsubscribe();
    return [...seen];
  };

  test('is told when the token stops being fresh and lapses while the user is away', async () => {
    const stage = await idled({ idle: { afterMs: MINUTE } }, { expires_in: 300, refresh_expires_in: 0 });
    expect(await rings(stage, 600)).toEqual([179, 229, 239]);
  });

  test('is told when the token stops being fresh while tries fail', async () => {
    const stage = await refreshing({ idle: null });
    stage.fail('transient', { retryAfterMs: 5 * MINUTE });
    await stage.settle();
    expect(await rings(stage, 100)).toEqual([0.6, 50, 60]);
  });
});

test('a session that no time can change has no timer', async () => {
  const stage = await idled({ idle: { afterMs: 2 * MINUTE } }, { expires_in: 300, refresh_expires_in: 0 });
  await stage.clock.advance(HOUR);
  expect([stage.at, stage.clock.pendingTimers]).toEqual(['idle.quiet', 0]);
});

describe('what a look finds in the record', () => {
  const find = async (stage: Stage, shows: Stage['record']['shows']): Promise<void> => {
    stage.record.shows = shows;
    stage.awake();
    await stage.settle();
  };

  test('of somebody else, ends the session: `switched`', async () => {
    const stage = signedIn();
    await find(stage, { epoch: 7, who: 'other' });
    expect([stage.at, stage.context().lease, ...stage.told()]).toEqual([
      'expired',
      null,
      'expired: switched',
    ]);
  });

  test('of nobody, is a sign-out, wherever it was asked for', async () => {
    const stage = signedIn();
    await find(stage, { who: 'nobody' });
    expect([stage.at, stage.context().lease, ...stage.told()]).toEqual([
      'anonymous.settled',
      null,
      'signedOut',
    ]);
  });

  test('of no session at all, is the end of this one, which is restored as in a new page', async () => {
    const stage = signedIn();
    await find(stage, { epoch: 0, who: 'nobody' });
    expect([stage.at, stage.context().lease, ...stage.told()]).toEqual([
      'anonymous.restoring',
      null,
      'signedOut',
    ]);
    expect(stage.askedFor('login.requested')).toMatchObject([{ kind: 'restore' }]);
    stage.login({}, { epoch: 9 });
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'signedIn']);
  });

  test('of the same user in another epoch, is the end of this one, too', async () => {
    const stage = signedIn();
    await find(stage, { epoch: 7, who: 'same' });
    expect([stage.at, ...stage.told()]).toEqual(['anonymous.restoring', 'signedOut']);
  });

  test('of the same user in another epoch, waits for the sign-in that may have begun it', async () => {
    const stage = signedIn();
    stage.signIn();
    await find(stage, { epoch: 7, who: 'same' });
    expect([stage.at, ...stage.told()]).toEqual(['authenticated']);
    stage.login({}, { epoch: 7 });
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'signedIn']);
  });

  test('of the same user in another epoch, is looked at again where that sign-in came to nothing', async () => {
    const stage = signedIn();
    stage.signIn();
    await find(stage, { epoch: 7, who: 'same' });
    stage.failLogin();
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['anonymous.restoring', 'signedOut']);
  });

  test('of the same user in another epoch, waits for no rescue, which begins none', async () => {
    const stage = await refreshing({ rescue: true });
    stage.fail('terminal');
    await find(stage, { epoch: 7, who: 'same' });
    expect([stage.at, ...stage.told()]).toEqual(['anonymous.restoring', 'signedOut']);
  });

  test('of no session at all, is not followed by word of a user who is away', async () => {
    const stage = await refreshing({ idle: { afterMs: 5 * MINUTE } });
    stage.fail('transient', { retryAfterMs: 5 * MINUTE });
    await stage.settle();
    stage.told();
    stage.record.shows = { epoch: 0, who: 'nobody' };
    await stage.clock.advance(MINUTE + 1000);
    expect([stage.at, ...stage.told()]).toEqual(['anonymous.restoring', 'signedOut']);
  });

  test('where nothing keeps a record, says nothing about the session', async () => {
    const stage = signedIn();
    await find(stage, { epoch: 0, who: 'same' });
    expect([stage.at, ...stage.told()]).toEqual(['authenticated']);
  });

  test('makes what was asked for the ended session late', async () => {
    const stage = await refreshing();
    stage.signIn();
    const { attempts } = stage.context();
    await find(stage, { epoch: 0, who: 'nobody' });
    stage.told();
    stage.grant({}, { epoch: 1, generation: 1 });
    stage.login({}, { attempt: attempts });
    expect([stage.at, stage.context().lease, ...stage.told()]).toEqual(['anonymous.restoring', null]);
  });
});

describe('a page that wakes up', () => {
  test('looks at the record, whether somebody is signed in, and present, or not', async () => {
    const stage = signedIn({}, long);
    stage.act('user.held');
    looks(stage);
    stage.awake();
    expect(looks(stage)).toBe(1);
    stage.act('session.signOut');
    stage.awake();
    expect(looks(stage)).toBe(1);
  });

  test.each<[string, (stage: Stage) => unknown]>([
    ['again later', ({ clock }) => clock.advance(1)],
    ['again after a sleep that stopped one clock', ({ clock }) => clock.sleep(HOUR)],
    [
      'again as the wall clock was set back to where it had been',
      async ({ clock }) => {
        await clock.advance(1000);
        clock.jumpWall(-1000);
      },
    ],
  ])('%s goes by a look that began afterwards only', async (_, pass) => {
    const stage = signedIn({ slowRecord: true });
    stage.awake();
    await pass(stage);
    stage.awake();
    expect(looks(stage)).toBe(2);
    stage.tellLook(null, { who: 'other' });
    expect([stage.at, ...stage.told()]).toEqual(['authenticated']);
    stage.tellLook(null, { who: 'other' });
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: switched']);
  });

  test('twice in a millisecond does not take one look for another', async () => {
    const stage = signedIn({ slowRecord: true });
    stage.awake();
    stage.awake();
    stage.send({ type: 'tab.changed' });
    // Whatever was asked before it is answered with what was so before.
    const asked = looks(stage);
    for (let times = 0; times < asked; times++) stage.tellLook();
    stage.tellLook(null, { who: 'other' });
    expect(stage.at).toBe('expired');
  });

  test('as another user signs in here is not told by a look from before that their session is over', async () => {
    const stage = signedIn({ slowRecord: true });
    stage.awake();
    stage.signIn();
    stage.login();
    stage.tellLook(null, { epoch: 1, who: 'nobody' });
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'signedIn']);
  });
});

describe('tokens of another user', () => {
  test('end the session they came to', () => {
    const stage = signedIn();
    stage.send({ type: 'user.switched', epoch: 1 });
    expect([stage.at, stage.context().lease, ...stage.told()]).toEqual([
      'expired',
      null,
      'expired: switched',
    ]);
    expect(stage.askedFor('record.end')).toMatchObject([
      { type: 'record.end', epoch: 1, reason: 'switched' },
    ]);
  });

  test('say nothing of a later session', () => {
    const stage = signedIn();
    stage.signIn();
    stage.login();
    stage.send({ type: 'user.switched', epoch: 1 });
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'signedIn']);
    stage.act('session.signOut');
    stage.send({ type: 'user.switched', epoch: 2 });
    expect([stage.at, ...stage.told()]).toEqual(['anonymous.settled', 'signedOut']);
  });
});
