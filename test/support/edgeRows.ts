import { long, MINUTE, type StageKit, type StoryStage } from './machineStage.ts';

export type EdgeRow<Stage> = [
  edge: string,
  from: () => Stage | Promise<Stage>,
  event: (stage: Stage) => void | Promise<void>,
  ...facts: string[],
];

const signOutAfter = { idle: { signOutAfterMs: 20 * MINUTE } };

/** Every edge of the always tables: from where, upon what, and what is told. */
export const edgeRows = <Stage extends StoryStage>({
  createStage,
  signedIn,
  idled,
  refreshing,
  backingOff,
  expired,
}: StageKit<Stage>): readonly EdgeRow<Stage>[] => {
  /** One minute before the end by policy. */
  const warned = async (): Promise<Stage> => {
    const stage = await idled(signOutAfter);
    await stage.clock.advance(9 * MINUTE);
    return stage;
  };

  /** A session asks for it once it knows that nobody is signed in. */
  const signingIn = async (): Promise<Stage> => {
    const stage = createStage();
    stage.failLogin();
    stage.signIn();
    await stage.settle();
    return stage;
  };

  const signingInAgain = async (): Promise<Stage> => {
    const stage = await expired();
    stage.signIn();
    await stage.settle();
    return stage;
  };

  /** The record is found to know nothing of the session. */
  const lose = async (stage: Stage): Promise<void> => {
    stage.record.shows = { epoch: 0, who: 'nobody' };
    stage.awake();
    await stage.settle();
  };

  /** Somebody has signed in in another tab. */
  const signInElsewhere = async (stage: Stage): Promise<void> => {
    await stage.clock.advance(1000);
    stage.record.shows = { epoch: 9, who: 'other' };
    stage.awake();
    await stage.settle();
  };

  const rows: EdgeRow<Stage>[] = [
    [
      'anonymous.restoring: signOutRequested -> anonymous.settled',
      createStage,
      (s) => s.act('session.signOut'),
    ],
    [
      'anonymous.restoring: ended -> expired',
      () => createStage(signOutAfter),
      (s) => s.login({}, { lastActivityWallMs: s.clock.wallMs() - 20 * MINUTE }),
      'expired: idle',
    ],
    ['anonymous.restoring: restored -> authenticated', createStage, (s) => s.login(), 'signedIn'],
    ['anonymous.restoring: notSignedIn -> anonymous.settled', createStage, (s) => s.failLogin()],
    [
      'anonymous.settled: signInWanted -> anonymous.signingIn',
      () => {
        const s = createStage();
        s.failLogin();
        return s;
      },
      (s) => s.signIn(),
    ],
    [
      'anonymous.settled: isSignedIn -> authenticated',
      async () => {
        const s = await signingIn();
        s.signIn(2);
        await s.settle();
        s.failLogin();
        return s;
      },
      (s) => s.login({}, { attempt: s.context().attempts - 1 }),
      'signedIn',
    ],
    [
      'anonymous.signingIn: signOutRequested -> anonymous.settled',
      signingIn,
      (s) => s.act('session.signOut'),
    ],
    [
      'anonymous.settled: foundElsewhere -> anonymous.restoring',
      () => {
        const stage = createStage();
        stage.failLogin();
        return stage;
      },
      signInElsewhere,
    ],
    ['anonymous.signingIn: signInWanted -> anonymous.signingIn', signingIn, (s) => s.signIn(2)],
    ['anonymous.signingIn: isSignedIn -> authenticated', signingIn, (s) => s.login(), 'signedIn'],
    ['anonymous.signingIn: notSignedIn -> anonymous.settled', signingIn, (s) => s.failLogin()],
    ['anonymous.signingIn: signInFailed -> expired', signingInAgain, (s) => s.failLogin()],

    [
      'authenticated: signOutRequested -> anonymous.settled',
      signedIn,
      (s) => s.act('session.signOut'),
      'signedOut',
    ],
    [
      'authenticated: ended -> expired',
      () => signedIn({}, { renewable: false }),
      (s) => s.clock.advance(299_000),
      'expired: lapsed',
    ],
    ['authenticated: recordLost -> anonymous.restoring', signedIn, lose, 'signedOut'],
    ['refreshing: recordLost -> anonymous.restoring', refreshing, lose, 'signedOut'],
    ['idle: recordLost -> anonymous.restoring', idled, lose, 'signedOut'],
    [
      'authenticated: tokensChanged',
      signedIn,
      (s) => {
        s.signIn();
        s.login({}, { epoch: 1, generation: 2 });
      },
      'renewed',
    ],
    ['authenticated: away -> idle', () => signedIn({}, long), (s) => s.clock.advance(10 * MINUTE), 'idled'],
    [
      'authenticated: resumed',
      async () => {
        const s = await idled();
        s.renew('app');
        s.act('user.active');
        return s;
      },
      (s) => s.grant(),
      'renewed',
      'resumed',
    ],
    [
      'authenticated: endsSoon',
      async () => {
        const s = await refreshing();
        s.grant({ refresh_expires_in: 1561 });
        await s.clock.advance(239_000);
        return s;
      },
      (s) => s.grant({ refresh_expires_in: 1322 }),
      'renewed',
      'ending',
    ],
    ['authenticated: renewalRequested -> refreshing', signedIn, (s) => s.renew('app')],
    ['authenticated: due -> refreshing', signedIn, (s) => s.clock.advance(239_000)],

    [
      'refreshing: signOutRequested -> anonymous.settled',
      refreshing,
      (s) => s.act('session.signOut'),
      'signedOut',
    ],
    ['refreshing: ended -> expired', refreshing, (s) => s.fail('terminal'), 'expired: revoked'],
    ['refreshing: renewed -> authenticated', refreshing, (s) => s.grant(), 'renewed'],
    [
      'refreshing.granting: rescuable -> refreshing.rescuing',
      () => refreshing({ rescue: true }),
      (s) => s.fail('terminal'),
    ],
    [
      'refreshing.granting: answerLost -> refreshing.rescuing',
      () => refreshing({ rescue: true }),
      (s) => s.fail('unknown'),
    ],
    [
      'refreshing.rescuing: rescueFailed -> refreshing.backingOff',
      async () => {
        const s = await refreshing({ rescue: true });
        s.fail('interaction');
        return s;
      },
      (s) => s.failLogin(),
      'renewalFailed',
    ],
    [
      'refreshing.backingOff: rescuable -> refreshing.rescuing',
      () => backingOff({ rescue: true, random: () => 1 }, { class: 'configuration' }),
      (s) => s.clock.advance(50_000),
    ],
    [
      'refreshing.granting: failedTransiently -> refreshing.backingOff',
      refreshing,
      (s) => s.fail('transient'),
      'renewalFailed',
    ],
    [
      'refreshing.backingOff: away -> idle',
      () => backingOff({ idle: { afterMs: 5 * MINUTE } }, { retryAfterMs: 5 * MINUTE }),
      (s) => s.clock.advance(5 * MINUTE - 239_000),
      'idled',
    ],
    ['refreshing.backingOff: retries -> refreshing.granting', backingOff, (s) => s.clock.advance(1000)],

    ['idle: signOutRequested -> anonymous.settled', idled, (s) => s.act('session.signOut'), 'signedOut'],
    [
      'idle: ended -> expired',
      () => idled(signOutAfter),
      (s) => s.clock.advance(10 * MINUTE),
      'warned',
      'expired: idle',
    ],
    [
      'idle: tokensChanged',
      idled,
      (s) => {
        s.signIn();
        s.login(long, { epoch: 1, generation: 2 });
      },
      'renewed',
      'resumed',
    ],
    ['idle: back -> authenticated', idled, (s) => s.act('user.active'), 'resumed'],
    ['idle: renewalRequested -> refreshing', idled, (s) => s.renew('app')],
    [
      'idle.quiet: warns -> idle.warning',
      () => idled(signOutAfter),
      (s) => s.clock.advance(9 * MINUTE),
      'warned',
    ],
    ['idle.warning: endReceded -> idle.quiet', warned, (s) => s.act('session.stay'), 'resumed'],

    ['expired: signOutRequested -> anonymous.settled', expired, (s) => s.act('session.signOut')],
    [
      'expired: isSignedIn -> authenticated',
      async () => {
        const s = await signingInAgain();
        s.signIn(2);
        await s.settle();
        s.failLogin();
        return s;
      },
      (s) => s.login({}, { attempt: s.context().attempts - 1 }),
      'signedIn',
    ],
    [
      'anonymous.restoring: signInFailed -> expired',
      async () => {
        const stage = await expired();
        await signInElsewhere(stage);
        return stage;
      },
      (s) => s.failLogin(),
    ],
    ['expired: foundElsewhere -> anonymous.restoring', expired, signInElsewhere],
    ['expired: signInWanted -> anonymous.signingIn', expired, (s) => s.signIn()],
  ];
  return rows;
};
