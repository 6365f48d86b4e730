import { describe, expect, test } from 'vitest';
import { leaseFrom } from '../../../machines/index.ts';
import { type Stage, refreshing, signedIn, usual } from '../../support/machineStage.ts';

/** A backend sends tokens along. */
const adopt = (stage: Stage, epoch: number, generation: number): void =>
  stage.send({
    type: 'session.adopt',
    lease: leaseFrom({ ...usual, scope: 'adopted' }, stage.now(), { epoch, generation }),
  });

describe('adopted tokens', () => {
  test('are a renewal', () => {
    const stage = signedIn();
    adopt(stage, 1, 2);
    expect([stage.at, stage.context().lease?.scope, ...stage.told()]).toEqual([
      'authenticated',
      'adopted',
      'renewed',
    ]);
  });

  test('of another epoch, or no newer than those at hand, change nothing', () => {
    const stage = signedIn();
    stage.login({}, { epoch: 1, generation: 2 });
    stage.told();
    const before = stage.context();
    for (const [epoch, generation] of [
      [1, 2],
      [1, 1],
      [2, 3],
      [0, 9],
    ] as const)
      adopt(stage, epoch, generation);
    expect(stage.context()).toEqual({ ...before, now: stage.now() });
    expect(stage.told()).toEqual([]);
  });

  test('stay where a renewal is told of that was granted before them', async () => {
    const stage = await refreshing();
    adopt(stage, 1, 3);
    stage.grant({ scope: 'renewed' }, { epoch: 1, generation: 1 });
    expect([stage.at, stage.context().lease?.scope, stage.context().renewing, ...stage.told()]).toEqual([
      'authenticated',
      'adopted',
      null,
      'renewed',
    ]);
  });

  test('sign nobody in', () => {
    const stage = signedIn();
    stage.act('session.signOut');
    adopt(stage, 1, 2);
    expect([stage.at, stage.context().lease]).toEqual(['anonymous.settled', null]);
  });

  test('do not end a rescue under way', async () => {
    const stage = await refreshing({ rescue: true });
    stage.fail('terminal');
    adopt(stage, 1, 2);
    expect([stage.at, ...stage.told()]).toEqual(['refreshing.rescuing']);
    stage.failLogin();
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'renewed']);
  });

  test('withdraw an end in sight, which the next renewals may show again', async () => {
    const stage = signedIn({ idle: null });
    for (const refresh_expires_in of [1561, 1322]) {
      await stage.clock.advance(239_000);
      stage.grant({ refresh_expires_in });
    }
    expect([stage.context().ending, ...stage.told()]).toEqual([
      stage.context().lease?.refreshDeadline,
      'renewed',
      'renewed',
      'ending',
    ]);
    adopt(stage, 1, 4);
    expect(stage.context()).toMatchObject({ ending: null, stalls: 0, endingAnnounced: false });
    for (const refresh_expires_in of [1561, 1322]) {
      await stage.clock.advance(239_000);
      stage.grant({ refresh_expires_in });
    }
    expect(stage.told()).toEqual(['renewed', 'renewed', 'renewed', 'ending']);
  });
});
