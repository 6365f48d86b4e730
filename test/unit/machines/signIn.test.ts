import { describe, expect, test } from 'vitest';
import {
  MINUTE,
  type Stage,
  backingOff,
  createStage,
  expired,
  idled,
  long,
  refreshing,
  signedIn,
} from '../../support/machineStage.ts';

const signOutAfter = { idle: { signOutAfterMs: 20 * MINUTE } };

const settled = (): Stage => {
  const stage = createStage();
  stage.failLogin();
  stage.askedFor('login.requested');
  return stage;
};

const signingIn = (): Stage => {
  const stage = settled();
  stage.signIn();
  return stage;
};

const signingInAgain = async (): Promise<Stage> => {
  const stage = await expired();
  stage.signIn();
  return stage;
};

const rescuing = async (): Promise<Stage> => {
  const stage = await refreshing({ rescue: true });
  stage.fail('terminal');
  stage.askedFor('login.requested');
  return stage;
};

const warned = async (): Promise<Stage> => {
  const stage = await idled(signOutAfter);
  await stage.clock.advance(9 * MINUTE);
  stage.told();
  return stage;
};

describe('restoring', () => {
  test('asks the login service once and is loading until it answers', () => {
    const stage = createStage();
    expect(stage.askedFor('login.requested')).toEqual([
      { type: 'login.requested', kind: 'restore', attempt: 1, ticket: null },
    ]);
    expect(stage.actor.getSnapshot().hasTag('loading')).toBe(true);
    stage.failLogin();
    expect(stage.at).toBe('anonymous.settled');
    expect(stage.actor.getSnapshot().hasTag('loading')).toBe(false);
    expect(stage.told()).toEqual([]);
  });

  test('somebody who was active lately comes back signed in', () => {
    const stage = createStage();
    stage.login({}, { lastActivityWallMs: stage.clock.wallMs() - MINUTE });
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'signedIn']);
  });

  test('a page load is no activity: somebody who was away comes back away', async () => {
    const stage = createStage();
    stage.login(long, { lastActivityWallMs: stage.clock.wallMs() - 11 * MINUTE });
    await stage.settle();
    expect([stage.at, ...stage.told()]).toEqual(['idle.quiet', 'signedIn', 'idled']);
    expect(stage.askedFor('refresh.requested')).toEqual([]);
  });

  test('somebody who was away longer than the policy allows has no session any more', () => {
    const stage = createStage(signOutAfter);
    stage.login({}, { epoch: 7, lastActivityWallMs: stage.clock.wallMs() - 20 * MINUTE });
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: idle']);
    expect(stage.askedFor('record.end')).toMatchObject([{ type: 'record.end', epoch: 7, reason: 'idle' }]);
    expect(stage.context().lease).toBeNull();
  });

  test('what the person does meanwhile counts', () => {
    const stage = createStage(signOutAfter);
    stage.act('user.active');
    stage.login(long, { lastActivityWallMs: stage.clock.wallMs() - 19 * MINUTE });
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'signedIn']);
  });

  test('but does not revive a session that was over before', () => {
    const stage = createStage(signOutAfter);
    stage.act('user.active');
    stage.login(long, { lastActivityWallMs: stage.clock.wallMs() - 20 * MINUTE });
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: idle']);
  });

  test('a sign-in waits for it, and begins with its own request where nobody is found', () => {
    const stage = createStage();
    stage.askedFor('login.requested');
    stage.signIn(1);
    expect(stage.at).toBe('anonymous.restoring');
    expect(stage.askedFor('login.requested')).toEqual([]);
    stage.failLogin();
    expect(stage.at).toBe('anonymous.signingIn');
    expect(stage.askedFor('login.requested')).toEqual([
      { type: 'login.requested', kind: 'interactive', attempt: 2, ticket: 1 },
    ]);
  });

  test('a sign-in meanwhile is a no-op where somebody is found', () => {
    const stage = createStage();
    stage.askedFor('login.requested');
    stage.signIn();
    stage.login();
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'signedIn']);
    expect(stage.askedFor('login.requested')).toEqual([]);
    expect(stage.context().signInWanted).toBeNull();
  });

  test('a sign-in meanwhile goes on after a session that is over', () => {
    const stage = createStage(signOutAfter);
    stage.signIn();
    stage.login({}, { lastActivityWallMs: stage.clock.wallMs() - 20 * MINUTE });
    expect([stage.at, ...stage.told()]).toEqual(['anonymous.signingIn', 'expired: idle']);
  });
});

describe('signing in', () => {
  test('is loading until it is answered', () => {
    const stage = signingIn();
    expect(stage.actor.getSnapshot().hasTag('loading')).toBe(true);
    stage.failLogin();
    expect(stage.actor.getSnapshot().hasTag('loading')).toBe(false);
  });

  test('tells `signedIn` once and counts as presence', () => {
    const stage = signingIn();
    stage.login();
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'signedIn']);
    expect(stage.context().lastActivity).toEqual(stage.now());
    expect(stage.askedFor('record.note')).toHaveLength(1);
  });

  test('a failure returns to where it came from and tells nothing', () => {
    const stage = signingIn();
    stage.failLogin();
    expect([stage.at, ...stage.told()]).toEqual(['anonymous.settled']);
  });

  test('a failure after a session that ended keeps the reason and tells nothing twice', async () => {
    const stage = await expired();
    stage.signIn();
    expect(stage.context().reason).toBe('revoked');
    stage.failLogin();
    expect([stage.at, stage.context().reason, ...stage.told()]).toEqual(['expired', 'revoked']);
  });

  test('a success after a session that ended forgets its reason', async () => {
    const stage = await expired();
    stage.signIn();
    stage.login();
    expect([stage.at, stage.context().reason, ...stage.told()]).toEqual(['authenticated', null, 'signedIn']);
  });

  test('another request supersedes the one under way, whose failure then says nothing', () => {
    const stage = signingIn();
    const [first] = stage.askedFor('login.requested');
    stage.signIn(2);
    expect(stage.askedFor('login.requested')).toMatchObject([{ kind: 'interactive', ticket: 2 }]);
    stage.failLogin(first!.attempt);
    expect([stage.at, ...stage.told()]).toEqual(['anonymous.signingIn']);
    stage.login();
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'signedIn']);
  });

  test('a superseded one that succeeds is a fact, and the other goes on', () => {
    const stage = signingIn();
    const first = stage.context().attempts;
    stage.signIn(2);
    stage.login({}, { attempt: first });
    expect([stage.at, stage.context().login?.ticket, ...stage.told()]).toEqual([
      'authenticated',
      2,
      'signedIn',
    ]);
    stage.login();
    expect([stage.at, stage.context().login, ...stage.told()]).toEqual(['authenticated', null, 'signedIn']);
  });

  test('a superseded one that brings older tokens than are held changes nothing', () => {
    const stage = signingIn();
    const first = stage.context().attempts;
    stage.signIn(2);
    stage.login({}, { epoch: 5, generation: 2 });
    stage.told();
    const before = stage.context();
    stage.login({}, { attempt: first, epoch: 5, generation: 1 });
    stage.login({}, { attempt: first, epoch: 4, generation: 9 });
    expect([stage.at, ...stage.told()]).toEqual(['authenticated']);
    expect(stage.context()).toEqual(before);
  });

  test.each([
    ['settled', signingIn],
    ['expired', signingInAgain],
  ])(
    'in %s, a superseded one that succeeds after the other has failed signs in all the same',
    async (_, from) => {
      const stage = await from();
      const first = stage.context().attempts;
      stage.signIn(2);
      stage.failLogin();
      stage.login({}, { attempt: first });
      expect([stage.at, stage.context().reason, ...stage.told()]).toEqual([
        'authenticated',
        null,
        'signedIn',
      ]);
      stage.act('session.signOut');
      expect([stage.at, ...stage.told()]).toEqual(['anonymous.settled', 'signedOut']);
    },
  );

  test('somebody who came back with the Back button has cancelled it', async () => {
    const stage = signingIn();
    stage.awake(false);
    expect(stage.at).toBe('anonymous.signingIn');
    stage.awake(true);
    expect(stage.at).toBe('anonymous.settled');
    const again = await expired();
    again.signIn();
    again.awake(true);
    expect([again.at, again.context().reason]).toEqual(['expired', 'revoked']);
  });

  test('a page restored from the back/forward cache does not cancel a restore', () => {
    const stage = createStage();
    stage.awake(true);
    expect(stage.at).toBe('anonymous.restoring');
  });

  test('waits for its answer, however late it comes', async () => {
    const stage = signingIn();
    await stage.clock.advance(60 * MINUTE);
    stage.login({}, { lastActivityWallMs: stage.clock.wallMs() - 30 * MINUTE });
    await stage.settle();
    expect(stage.told()).toEqual(['signedIn', 'idled']);
  });

  test('tokens that are used up when they arrive do not leave it hanging', () => {
    const stage = signingIn();
    stage.login({ expires_in: 0, renewable: false });
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'signedIn', 'expired: lapsed']);
  });
});

describe('signing in again while signed in', () => {
  test('twice, with both answers at once, leaves neither open, and a refusal still ends the session', async () => {
    const stage = signedIn();
    stage.signIn(1);
    stage.signIn(2);
    const { attempts } = stage.context();
    stage.login({}, { attempt: attempts - 1, epoch: 1, generation: 2 });
    expect(stage.context().login?.ticket).toBe(2);
    stage.login({}, { attempt: attempts, epoch: 1, generation: 2 });
    expect([stage.at, stage.context().login, ...stage.told()]).toEqual(['authenticated', null, 'renewed']);
    await stage.clock.advance(239_000);
    stage.fail('terminal');
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: revoked']);
  });

  test('while a renewal crosses it is over with its own answer, even if that brings nothing newer', async () => {
    const stage = await refreshing();
    stage.signIn();
    stage.grant();
    stage.login({}, { epoch: 1, generation: 2 });
    expect([stage.at, stage.context().login, ...stage.told()]).toEqual(['authenticated', null, 'renewed']);
  });

  test('that came to nothing does not use up the rescue', async () => {
    const stage = await refreshing({ rescue: true });
    stage.signIn();
    stage.failLogin();
    stage.fail('terminal');
    expect(stage.at).toBe('refreshing.rescuing');
  });

  test('as somebody else, in an epoch of a lower number, is news', () => {
    const stage = signedIn();
    stage.signIn();
    stage.login({}, { epoch: 0.5 });
    expect([stage.at, stage.context().lease?.epoch, ...stage.told()]).toEqual([
      'authenticated',
      0.5,
      'signedIn',
    ]);
  });

  test('runs the login service without leaving the state, and a failure changes nothing', () => {
    const stage = signedIn();
    const { lease } = stage.context();
    stage.signIn(4);
    expect(stage.at).toBe('authenticated');
    expect(stage.askedFor('login.requested')).toMatchObject([{ kind: 'interactive', ticket: 4 }]);
    stage.failLogin();
    expect([stage.at, ...stage.told()]).toEqual(['authenticated']);
    expect(stage.context().lease).toEqual(lease);
  });

  test('as the same user is a renewal', () => {
    const stage = signedIn();
    stage.signIn();
    stage.login({}, { epoch: 1, generation: 2 });
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'renewed']);
  });

  test('as somebody else is a new sign-in', () => {
    const stage = signedIn();
    stage.signIn();
    stage.login();
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'signedIn']);
  });

  test('while away brings the user back', async () => {
    const stage = await idled();
    stage.signIn();
    stage.login(long, { epoch: 1, generation: 2 });
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'renewed', 'resumed']);
  });

  test('as somebody else while the other was away is no return of the other', async () => {
    const stage = await idled();
    stage.signIn();
    stage.login(long);
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'signedIn']);
  });

  test('while a renewal is under way replaces it, and the answer to that comes too late', async () => {
    const stage = await refreshing();
    stage.signIn();
    stage.login({}, { epoch: 1, generation: 2 });
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'renewed']);
    stage.grant({ scope: 'late' }, { generation: 1 });
    stage.fail('terminal', { generation: 1 });
    expect([stage.at, stage.context().lease?.scope, ...stage.told()]).toEqual(['authenticated', null]);
  });

  test('as somebody else while a renewal is under way is a new sign-in', async () => {
    const stage = await refreshing();
    stage.signIn();
    stage.login();
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'signedIn']);
  });

  test('while a renewal backs off needs no further renewal', async () => {
    const stage = await backingOff();
    stage.signIn();
    stage.login({}, { epoch: 1, generation: 2 });
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'renewed']);
    expect(stage.askedFor('refresh.requested')).toEqual([]);
  });

  test('after the provider refused a renewal decides whether the session is over', async () => {
    const failing = await refreshing();
    failing.signIn();
    failing.fail('terminal');
    expect([failing.at, ...failing.told()]).toEqual(['refreshing.granting']);
    failing.failLogin();
    expect([failing.at, ...failing.told()]).toEqual(['expired', 'expired: revoked']);

    const succeeding = await refreshing();
    succeeding.signIn();
    succeeding.fail('terminal');
    succeeding.login({}, { epoch: 1, generation: 2 });
    expect([succeeding.at, ...succeeding.told()]).toEqual(['authenticated', 'renewed']);
  });

  test('does not hold back the next try of a renewal that failed in passing', async () => {
    const stage = await refreshing();
    stage.signIn();
    stage.fail('transient');
    expect([stage.at, ...stage.told()]).toEqual(['refreshing.backingOff', 'renewalFailed']);
    await stage.clock.advance(1000);
    expect(stage.at).toBe('refreshing.granting');
  });

  test('that is never answered holds the end back only as long as the user is there', async () => {
    const stage = await refreshing();
    stage.signIn();
    stage.fail('terminal');
    await stage.clock.advance(5 * MINUTE);
    expect(stage.at).toBe('refreshing.granting');
    await stage.clock.advance(2 * MINUTE);
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: revoked']);
  });

  test('takes over from a rescue, whose answer then comes too late', async () => {
    const stage = await rescuing();
    const rescue = stage.context().attempts;
    stage.signIn();
    stage.failLogin(rescue);
    expect(stage.at).toBe('refreshing.rescuing');
    stage.login({}, { epoch: 1, generation: 2 });
    expect([stage.at, ...stage.told()]).toEqual(['authenticated', 'renewed']);
  });

  test('does not outlive the session it was to strengthen', async () => {
    const stage = signedIn({}, { renewable: false });
    stage.signIn();
    const { attempts } = stage.context();
    await stage.clock.advance(299_000);
    expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: lapsed']);
    stage.login({}, { attempt: attempts });
    expect([stage.at, stage.context().lease, ...stage.told()]).toEqual(['expired', null]);
  });
});

test('a rescue does not bring back a session that the policy ended meanwhile', async () => {
  const stage = await refreshing({ rescue: true, ...signOutAfter });
  stage.fail('terminal');
  const { attempts } = stage.context();
  await stage.clock.advance(20 * MINUTE);
  expect([stage.at, ...stage.told()]).toEqual(['expired', 'expired: idle']);
  stage.login({}, { attempt: attempts });
  expect([stage.at, stage.context().lease, ...stage.told()]).toEqual(['expired', null]);
});

describe('signing out', () => {
  test.each([
    ['restoring', createStage, []],
    ['settled', settled, []],
    ['signingIn', signingIn, []],
    ['authenticated', signedIn, ['signedOut']],
    ['granting', refreshing, ['signedOut']],
    ['backingOff', backingOff, ['signedOut']],
    ['rescuing', rescuing, ['signedOut']],
    ['quiet', idled, ['signedOut']],
    ['warning', warned, ['signedOut']],
    ['expired', expired, []],
  ] as Array<[string, () => Stage | Promise<Stage>, string[]]>)(
    'in %s leads to nobody being signed in, and is told where somebody was',
    async (_, from, facts) => {
      const stage = await from();
      stage.askedFor('record.end');
      const wasSignedIn = stage.context().lease !== null;
      stage.act('session.signOut');
      expect([stage.at, ...stage.told()]).toEqual(['anonymous.settled', ...facts]);
      expect(stage.context()).toMatchObject({ lease: null, login: null, reason: null, leaving: false });
      expect(stage.askedFor('record.end')).toMatchObject(
        wasSignedIn ? [{ type: 'record.end', epoch: 1, reason: 'signedOut' }] : [],
      );
      expect(stage.clock.pendingTimers).toBe(0);
      stage.signIn(3);
      expect(stage.at).toBe('anonymous.signingIn');
    },
  );

  test('forgets a sign-in that waits for the restore', () => {
    const stage = createStage();
    stage.signIn();
    stage.act('session.signOut');
    expect([stage.at, stage.context().signInWanted]).toEqual(['anonymous.settled', null]);
  });

  test('while restoring has the last word: what that brings later is late', () => {
    const stage = createStage();
    const { attempts } = stage.context();
    stage.signIn();
    stage.act('session.signOut');
    stage.login({}, { attempt: attempts });
    expect([stage.at, stage.context().lease, ...stage.told()]).toEqual(['anonymous.settled', null]);
    stage.failLogin(attempts);
    expect([stage.at, stage.actor.getSnapshot().status]).toEqual(['anonymous.settled', 'active']);
  });

  test('makes every answer under way a late one', async () => {
    const stage = await refreshing();
    stage.signIn();
    const { attempts } = stage.context();
    stage.act('session.signOut');
    stage.told();
    stage.login({}, { attempt: attempts });
    stage.grant({}, { epoch: 1, generation: 1 });
    stage.fail('terminal', { epoch: 1, generation: 1 });
    expect([stage.at, stage.context().lease, ...stage.told()]).toEqual(['anonymous.settled', null]);
  });

  test('at the instant of a retry sends no grant first', async () => {
    const stage = await backingOff();
    stage.clock.suspend(5000);
    stage.act('session.signOut');
    expect([stage.at, ...stage.told()]).toEqual(['anonymous.settled', 'signedOut']);
    expect(stage.askedFor('refresh.requested')).toEqual([]);
  });
});

describe('a late answer to a renewal', () => {
  test.each([
    ['of an epoch that is over', { epoch: 1, generation: 1 }],
    ['of another generation', { epoch: 2, generation: 7 }],
  ])('%s changes nothing', async (_, answer) => {
    const stage = signedIn();
    stage.signIn();
    stage.login();
    await stage.clock.advance(239_000);
    expect(stage.at).toBe('refreshing.granting');
    stage.told();
    const before = stage.context();
    stage.grant({}, answer);
    stage.fail('terminal', answer);
    expect([stage.at, ...stage.told()]).toEqual(['refreshing.granting']);
    expect(stage.context()).toEqual(before);
  });

  test('that was answered already changes nothing', async () => {
    const stage = await refreshing();
    stage.grant();
    stage.told();
    const { lease } = stage.context();
    stage.grant({ scope: 'again' }, { generation: 1 });
    stage.fail('terminal', { generation: 1 });
    expect([stage.at, ...stage.told()]).toEqual(['authenticated']);
    expect(stage.context().lease).toEqual(lease);
  });
});
