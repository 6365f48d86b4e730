import { describe, expect, test } from 'vitest';
import { failureOf } from '../../../machines/failureOf.ts';
import type { RefreshFailed, RefreshRequested, TokenFacts } from '../../../machines/index.ts';
import {
  MINUTE,
  type Stage,
  backingOff,
  idled,
  long,
  refreshing,
  signedIn,
} from '../../support/machineStage.ts';

const HOUR = 60 * MINUTE;

/** A renewal at its time, by a user who is there. */
const renewAfter = async (stage: Stage, ms: number, tokens: Partial<TokenFacts>): Promise<void> => {
  await stage.clock.advance(ms);
  stage.act('user.active');
  stage.grant(tokens);
};

/** Another renewal kept this one from being sent. */
const untried = (asked: RefreshRequested): RefreshFailed => ({
  ...asked,
  type: 'refresh.failed',
  failure: failureOf('unknown', 'session_ended'),
  isUntried: true,
});

describe('a renewal', () => {
  test('starts a lead ahead of the end and names what it renews', async () => {
    const stage = signedIn();
    await stage.clock.advance(239_000 - 1);
    expect([stage.at, ...stage.askedFor('refresh.requested')]).toEqual(['authenticated']);
    await stage.clock.advance(1);
    expect(stage.at).toBe('refreshing.granting');
    expect(stage.askedFor('refresh.requested')).toEqual([
      { type: 'refresh.requested', epoch: 1, generation: 1 },
    ]);
  });

  test('is told once, and the next one is scheduled by the new tokens', async () => {
    const stage = await refreshing();
    stage.grant({ expires_in: 600 });
    expect([stage.at, stage.context().lease?.generation, ...stage.told()]).toEqual([
      'authenticated',
      2,
      'renewed',
    ]);
    await stage.clock.advance(539_000 - 1);
    stage.act('user.active');
    expect(stage.at).toBe('authenticated');
    await stage.clock.advance(1);
    expect(stage.at).toBe('refreshing.granting');
  });

  test('starts ahead of the refresh token where that is the shorter', async () => {
    const stage = signedIn({ idle: null }, { expires_in: 3600, refresh_expires_in: 1800 });
    await stage.clock.advance(1_739_000);
    expect(stage.at).toBe('refreshing.granting');
  });

  test('stays one, however long its answer takes and whatever asks for another', async () => {
    const stage = signedIn({ idle: null });
    await stage.clock.advance(239_000);
    stage.renew('app');
    stage.renew('gate');
    stage.awake();
    await stage.clock.advance(HOUR);
    expect(stage.askedFor('refresh.requested')).toHaveLength(1);
  });

  test('that another one kept from being sent is asked for again, while the user is there', async () => {
    const stage = await refreshing();
    const [asked] = stage.askedFor('refresh.requested');
    stage.send(untried(asked!));
    expect([stage.at, ...stage.told()]).toEqual(['refreshing.granting']);
    expect(stage.askedFor('refresh.requested')).toEqual([asked]);
    await stage.clock.advance(10 * MINUTE);
    stage.send(untried(asked!));
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['idle.quiet', 'idled']);
    expect(stage.askedFor('refresh.requested')).toEqual([]);
  });

  test('that another one kept from being sent waits for the look that tells whether the user is there', async () => {
    const stage = await refreshing({ slowRecord: true });
    const [asked] = stage.askedFor('refresh.requested');
    await stage.clock.advance(10 * MINUTE);
    stage.send(untried(asked!));
    expect([stage.at, stage.context().renewWanted]).toEqual(['authenticated', 'gate']);
    stage.tellLook(stage.clock.wallMs() - 1000);
    expect([stage.at, ...stage.told()]).toEqual(['refreshing.granting']);
  });

  test('that another one kept from being sent waits for as long as the provider asked, where nobody is ever away', async () => {
    const stage = await backingOff({ idle: null }, { retryAfterMs: 5 * MINUTE });
    stage.clock.jumpWall(HOUR);
    stage.send({ type: 'network.online' });
    const [asked] = stage.askedFor('refresh.requested');
    stage.clock.jumpWall(-HOUR);
    stage.send(untried(asked!));
    await stage.clock.advance(5 * MINUTE - 1);
    expect([stage.at, ...stage.askedFor('refresh.requested')]).toEqual(['authenticated']);
    await stage.clock.advance(1);
    expect(stage.at).toBe('refreshing.granting');
  });

  test('that ends after the user has left ends in idle', async () => {
    const stage = await refreshing();
    await stage.clock.advance(10 * MINUTE);
    expect(stage.at).toBe('refreshing.granting');
    stage.grant();
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['idle.quiet', 'renewed', 'idled']);
  });

  test('that fails after the user has left ends in idle and is not tried again', async () => {
    const stage = await refreshing();
    await stage.clock.advance(10 * MINUTE);
    stage.fail('transient');
    await stage.clock.advance(5 * MINUTE);
    expect([stage.at, ...stage.told()]).toEqual(['idle.quiet', 'renewalFailed', 'idled']);
    expect(stage.askedFor('refresh.requested')).toHaveLength(1);
  });

  test('starts at once when the page wakes up behind its time', async () => {
    const stage = signedIn();
    stage.clock.sleep(260_000);
    stage.awake();
    expect(stage.at).toBe('refreshing.granting');
  });

  test('is not put off by a wall clock that is set back, and starts at once when it is set ahead', async () => {
    const back = signedIn();
    back.clock.jumpWall(-HOUR);
    await back.clock.advance(239_000);
    expect(back.at).toBe('refreshing.granting');
    const ahead = signedIn();
    ahead.clock.jumpWall(5 * MINUTE);
    ahead.awake();
    expect(ahead.at).toBe('refreshing.granting');
  });

  test('waits forty days where the tokens last so long', async () => {
    const seconds = 40 * 86_400;
    const stage = signedIn({ idle: null }, { expires_in: seconds, refresh_expires_in: 0 });
    await stage.clock.advance(seconds * 1000 - 61_001);
    expect([stage.at, ...stage.askedFor('refresh.requested')]).toEqual(['authenticated']);
    await stage.clock.advance(1);
    expect(stage.at).toBe('refreshing.granting');
  });
});

describe('tokens that nothing can renew', () => {
  test('are not renewed, not by the app either, and lapse for a user who is there', async () => {
    const stage = signedIn({}, { renewable: false });
    stage.renew('app');
    stage.renew('gate', 1);
    await stage.clock.advance(299_000 - 1);
    stage.act('user.active');
    expect([stage.at, ...stage.askedFor('refresh.requested')]).toEqual(['authenticated']);
    await stage.clock.advance(1);
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: lapsed']);
  });

  test('lapse for a user who is away too, without a warning: staying would not help', async () => {
    const stage = await idled({ idle: { afterMs: MINUTE } }, { renewable: false });
    await stage.clock.advance(5 * MINUTE);
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: lapsed']);
  });
});

describe('the gate asks', () => {
  test('in vain while the token is fresh', () => {
    const stage = signedIn();
    stage.renew('gate');
    expect([stage.at, ...stage.askedFor('refresh.requested')]).toEqual(['authenticated']);
  });

  test('for tokens that an API refused: once for each generation', () => {
    const stage = signedIn();
    stage.renew('gate', 1);
    expect(stage.at).toBe('refreshing.granting');
    stage.grant();
    stage.renew('gate', 1);
    expect([stage.at, stage.context().renewWanted]).toEqual(['authenticated', null]);
    stage.renew('gate', 2);
    expect(stage.at).toBe('refreshing.granting');
  });

  test('and nothing is renewed while the user is away, however often', async () => {
    const stage = await idled({ idle: { afterMs: 2 * MINUTE } }, { expires_in: 300 });
    await stage.clock.advance(10 * MINUTE);
    for (let times = 0; times < 5; times++) stage.renew('gate');
    stage.renew('gate', 1);
    await stage.clock.advance(MINUTE);
    expect([stage.at, ...stage.askedFor('refresh.requested')]).toEqual(['idle.quiet']);
  });

  test('and what it asked for while the user was away is not kept for their return', async () => {
    const stage = signedIn({ slowRecord: true }, long);
    await stage.clock.advance(10 * MINUTE);
    stage.renew('gate', 1);
    expect(stage.context().renewWanted).toBe('gate');
    stage.tellLook();
    expect([stage.at, stage.context().renewWanted]).toEqual(['idle.quiet', null]);
    stage.renew('gate', 1);
    stage.act('user.active');
    expect([stage.at, ...stage.askedFor('refresh.requested')]).toEqual(['authenticated']);
  });

  test('and requests renew while the user is away where the app chose so, which counts as no activity', async () => {
    const stage = await idled({ idle: { afterMs: 2 * MINUTE, renewOnRequest: true } }, { expires_in: 300 });
    await stage.clock.advance(10 * MINUTE);
    expect(stage.at).toBe('idle.quiet');
    stage.renew('gate');
    expect(stage.at).toBe('refreshing.granting');
    stage.grant();
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['idle.quiet', 'renewed']);
  });

  test('and failing renewals of an absent user keep their pause', async () => {
    const stage = await idled({ idle: { afterMs: 2 * MINUTE, renewOnRequest: true } }, { expires_in: 300 });
    await stage.clock.advance(10 * MINUTE);
    stage.renew('gate');
    stage.fail('transient', { retryAfterMs: 5000 });
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['idle.quiet', 'renewalFailed']);
    stage.askedFor('refresh.requested');
    stage.renew('gate');
    await stage.clock.advance(4999);
    expect(stage.askedFor('refresh.requested')).toEqual([]);
    await stage.clock.advance(1);
    expect(stage.askedFor('refresh.requested')).toHaveLength(1);
  });
});

describe('the app asks', () => {
  test('and the tokens are renewed at once, fresh as they are', () => {
    const stage = signedIn();
    stage.renew('app');
    expect(stage.at).toBe('refreshing.granting');
    stage.grant();
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'renewed']);
  });

  test('while the user is away: they are renewed, and the user is still away', async () => {
    const stage = await idled();
    stage.renew('app');
    expect(stage.at).toBe('refreshing.granting');
    stage.grant(long);
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['idle.quiet', 'renewed']);
    stage.act('user.active');
    expect(stage.told()).toEqual(['resumed']);
  });

  test('while the user is away, who comes back meanwhile: that is told too, and the next absence as well', async () => {
    const stage = await idled();
    stage.renew('app');
    stage.act('user.active');
    stage.grant(long);
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'renewed', 'resumed']);
    await stage.clock.advance(10 * MINUTE);
    expect([stage.at, ...stage.told()]).toEqual(['idle.quiet', 'idled']);
  });

  test('while the user is away, and a failure leads back to idle', async () => {
    const stage = await idled();
    stage.renew('app');
    stage.fail('transient');
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['idle.quiet', 'renewalFailed']);
  });

  test('with nobody signed in, and nothing happens', () => {
    const stage = signedIn();
    stage.act('session.signOut');
    stage.renew('app');
    stage.renew('gate');
    expect([stage.at, stage.context().renewWanted]).toEqual(['anonymous.settled', null]);
  });
});

describe("the provider's absolute limit", () => {
  const stalling = async (): Promise<Stage> => {
    const stage = signedIn();
    await renewAfter(stage, 239_000, { refresh_expires_in: 1561 });
    await renewAfter(stage, 239_000, { refresh_expires_in: 1322 });
    return stage;
  };

  test('is announced once, when the refresh deadline stood still twice running, with that deadline', async () => {
    const stage = signedIn();
    await renewAfter(stage, 239_000, { refresh_expires_in: 1561 });
    expect(stage.told()).toEqual(['renewed']);
    await renewAfter(stage, 239_000, { refresh_expires_in: 1322 });
    const { refreshDeadline } = stage.context().lease!;
    expect(stage.facts.find(({ type }) => type === 'ending')).toEqual({
      type: 'ending',
      deadline: refreshDeadline,
    });
    expect(stage.told()).toEqual(['renewed', 'ending']);
    await renewAfter(stage, 239_000, { refresh_expires_in: 1083 });
    expect(stage.told()).toEqual(['renewed']);
  });

  test('is not concluded from one pause between two advances', async () => {
    const stage = signedIn();
    for (const refresh_expires_in of [1561, 1800, 1561, 1800]) {
      await renewAfter(stage, 239_000, { refresh_expires_in });
    }
    expect(stage.told()).toEqual(['renewed', 'renewed', 'renewed', 'renewed']);
  });

  test('is concluded from a deadline that moves by less than half of the time between', async () => {
    const stage = signedIn();
    for (let times = 1; times <= 2; times++) {
      await renewAfter(stage, 239_000, { refresh_expires_in: 1800 - times * 120 });
    }
    expect(stage.context().ending).not.toBeNull();
    for (const lessS of [119, 119.5]) {
      const moving = signedIn();
      for (let times = 1; times <= 2; times++) {
        await renewAfter(moving, 239_000, { refresh_expires_in: 1800 - times * lessS });
      }
      expect(moving.context().ending).toBeNull();
    }
  });

  test('is withdrawn if the deadline moves again, and announced anew if it stops again', async () => {
    const stage = await stalling();
    stage.told();
    await renewAfter(stage, 239_000, { refresh_expires_in: 1800 });
    expect(stage.context().ending).toBeNull();
    await renewAfter(stage, 239_000, { refresh_expires_in: 1561 });
    await renewAfter(stage, 239_000, { refresh_expires_in: 1322 });
    expect(stage.told()).toEqual(['renewed', 'renewed', 'renewed', 'ending']);
  });

  test('is not withdrawn because one answer was slow: the tokens live shorter all the same', async () => {
    const stage = await stalling();
    stage.told();
    await renewAfter(stage, 239_000, { refresh_expires_in: 1310 });
    expect(stage.context().ending).toEqual(stage.context().lease!.refreshDeadline);
    expect(stage.told()).toEqual(['renewed']);
  });

  test('is not withdrawn by the same life once more', async () => {
    const stage = await stalling();
    await renewAfter(stage, 239_000, { refresh_expires_in: 1322 });
    expect(stage.context().ending).toEqual(stage.context().lease!.refreshDeadline);
  });

  test('is withdrawn by a new sign-in', async () => {
    const stage = await stalling();
    stage.signIn();
    stage.login({}, { epoch: 1, generation: 9 });
    expect(stage.context()).toMatchObject({ ending: null, stalls: 0, endingAnnounced: false });
  });

  test('is unknown where the provider names no end', async () => {
    const stage = signedIn({}, { refresh_expires_in: 0 });
    for (let times = 0; times < 4; times++) await renewAfter(stage, 239_000, { refresh_expires_in: 0 });
    expect([stage.context().ending, ...stage.told()]).toEqual([
      null,
      'renewed',
      'renewed',
      'renewed',
      'renewed',
    ]);
  });

  test('found while the user is away is announced when they are back', async () => {
    const stage = signedIn();
    await renewAfter(stage, 239_000, { refresh_expires_in: 1561 });
    await stage.clock.advance(239_000);
    stage.told();
    await stage.clock.advance(7 * MINUTE);
    stage.grant({ refresh_expires_in: 900 });
    await stage.settle();
    expect(stage.told()).toEqual(['renewed', 'idled']);
    stage.act('user.active');
    expect(stage.told()).toEqual(['resumed', 'ending']);
  });
});

/** Keycloak with tokens of 5 and 20 s and a session of at most 60 s, answering at once. */
const keycloak = async (stage: Stage, untilMs: number): Promise<number[]> => {
  const startMs = stage.clock.monotonicMs();
  const elapsedS = () => (stage.clock.monotonicMs() - startMs) / 1000;
  const renewals: number[] = [];
  for (let ms = 0; ms < untilMs; ms += 100) {
    stage.act('user.active');
    if (stage.context().renewing !== null) {
      renewals.push(elapsedS());
      const leftS = Math.floor(60 - elapsedS());
      if (leftS > 0) stage.grant({ expires_in: Math.min(5, leftS), refresh_expires_in: Math.min(20, leftS) });
      else stage.fail('terminal', { status: 400, error: 'invalid_grant' });
    }
    await stage.clock.advance(100);
  }
  return renewals;
};

describe('against the shrinking lives of Keycloak (5/20 ... 5/11, 2/2)', () => {
  const tokens = { expires_in: 5, refresh_expires_in: 20 };

  test('scheduled renewals stay half of the first life apart, up to the end', async () => {
    const stage = signedIn({}, tokens);
    const renewals = await keycloak(stage, 65_000);
    const apart = renewals.slice(1).map((at, index) => at - renewals[index]!);
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(2.5);
    expect(renewals.length).toBeLessThanOrEqual(24);
  });

  test('the end is announced once, and the last token is used up before the session has ended', async () => {
    const stage = signedIn({}, tokens);
    await keycloak(stage, 65_000);
    const told = stage.told();
    expect(told.filter((fact) => fact === 'ending')).toHaveLength(1);
    expect(told.at(-1)).toBe('expired: ended');
    expect(told.filter((fact) => fact.startsWith('expired'))).toHaveLength(1);
  });

  test('the first renewal is not held back', async () => {
    const stage = signedIn({}, tokens);
    await stage.clock.advance(2000);
    expect(stage.at).toBe('refreshing.granting');
  });
});

test('a refresh token shorter than the access token is renewed ahead of its end the second time too', async () => {
  const stage = signedIn({ idle: null }, { expires_in: 3600, refresh_expires_in: 1800 });
  for (let times = 0; times < 3; times++) {
    await stage.clock.advance(1_739_000);
    expect(stage.at).toBe('refreshing.granting');
    stage.grant({ expires_in: 3600, refresh_expires_in: 1800 });
  }
});

test('renewals keep half of the first life apart where the refresh token has no known end', async () => {
  const stage = signedIn({ idle: null }, { expires_in: 60, refresh_expires_in: 0 });
  await stage.clock.advance(44_000);
  stage.grant({ expires_in: 10, refresh_expires_in: 0 });
  stage.askedFor('refresh.requested');
  await stage.clock.advance(29_999);
  expect(stage.askedFor('refresh.requested')).toEqual([]);
  await stage.clock.advance(1);
  expect(stage.askedFor('refresh.requested')).toHaveLength(1);
});

test('a refresh end that one answer names and the next does not is no sign of an absolute limit', async () => {
  const stage = signedIn({ idle: null });
  for (const refresh_expires_in of [0, 1800, 0, 0, 1561]) {
    await stage.clock.advance(239_000);
    stage.grant({ refresh_expires_in });
    expect([stage.at, stage.context().stalls]).toEqual(['authenticated', 0]);
  }
});

test.each([
  ['is not in sight after one stall, a good advance and one more stall', [1561, 1500, 1261], 1],
  ['is withdrawn by a longer life, shorter than the first as it may be', [1561, 1322, 1500], 0],
  ['is withdrawn by a life as long as the first', [2200, 2050, 1900, 1800], 0],
] as const)('the absolute limit %s', async (_, lives, stalls) => {
  const stage = signedIn({ idle: null });
  for (const refresh_expires_in of lives) {
    await stage.clock.advance(239_000);
    stage.grant({ refresh_expires_in });
  }
  expect([stage.context().stalls, stage.context().ending]).toEqual([stalls, null]);
});
