import { SessionError } from '../errors/sessionError.ts';
import { lateParts } from '../session/lateParts.ts';
import { assembleSession } from '../session/assembleSession.ts';
import { checkedSelect } from '../session/checkedSelect.development.ts';
import type { Session } from '../session/session.ts';
import type { Platform } from '../session/platform.ts';
import { resolveOptions } from '../session/resolveOptions.ts';
import type { SessionOptions } from '../session/sessionOptions.ts';
import type { Milliseconds } from '../time/clock.ts';
import { createFakeGrants } from './fakeGrants.ts';
import { type Answer, createFakeOrigin, type FakeOrigin } from './fakeOrigin.ts';
import { createVirtualClock, drainMicrotasks, type VirtualClock } from './virtualClock.ts';

/** Every state a fake session can be put into. */
export type FakeState =
  | 'anonymous'
  | 'authenticated'
  | 'refreshing'
  | 'backingOff'
  | 'idle'
  | 'warning'
  | 'expired';

/** Options of a fake session. */
export interface FakeSessionOptions<User> extends Partial<Omit<SessionOptions<User>, 'user' | 'clock'>> {
  /** Who signs in. */
  readonly user: User;
  /** The source of time. @default a new virtual clock that starts now */
  readonly clock?: VirtualClock;
  /** Life of the access tokens. @default 300_000 */
  readonly tokenLife?: Milliseconds;
  /** Life of the refresh tokens. @default 1_800_000 */
  readonly refreshTokenLife?: Milliseconds;
}

/** A session with the real machine, gate and interface, on a clock that you move, and with a provider that you control. */
export interface FakeSession<User> extends Session<User> {
  readonly clock: VirtualClock;
  /** Puts the session into a state, and moves the clock as far as necessary. */
  enter(state: FakeState): Promise<void>;
  /** Ends the session: the provider refused it, its tokens expired while the user was away, or another user signed in. */
  expire(reason: 'revoked' | 'lapsed' | 'switched'): Promise<void>;
  /** Sets the user of the next sign-in. */
  signsInNext(user: User): void;
  /** Moves the clock. */
  advance(ms: Milliseconds): Promise<void>;
}

const sendsNothing = (): Promise<never> =>
  Promise.reject(new TypeError('A fake session sends nothing. Give `createFakeSession` a `fetch` of yours'));

/** One more session of an origin: a tab. */
export const openFakeSession = <User>(
  origin: FakeOrigin<User>,
  {
    clock,
    tokenLife = 300_000,
    refreshTokenLife = 1_800_000,
    ...options
  }: Omit<FakeSessionOptions<User>, 'user'> & { readonly clock: VirtualClock },
): FakeSession<User> => {
  const lives = { expires_in: tokenLife / 1000, refresh_expires_in: refreshTokenLife / 1000 };
  const { answerWith } = origin;
  let switchUser: (() => void) | undefined;
  const platform: Platform = {
    clock,
    random: () => 0.5,
    window: undefined,
    fetch: options.fetch ?? sendsNothing,
    async loadGrants(deps) {
      const { vault, tell } = deps;
      switchUser = () => tell({ type: 'user.switched', epoch: vault.lease()!.epoch });
      return { ...createFakeGrants(deps, lives, origin), ...lateParts };
    },
  };
  const settings = resolveOptions<User>(
    {
      name: 'fake',
      issuer: 'https://fake.invalid',
      clientId: 'fake',
      tokenOrigins: [],
      ...options,
      user: () => origin.user,
    },
    platform,
  );
  const session = assembleSession<User>(settings, platform);

  /** From wherever it is: signed in, and the user there. */
  const authenticate = async (): Promise<void> => {
    answerWith('grant');
    await drainMicrotasks();
    await session.start();
    session.stay();
    await drainMicrotasks();
    if (session.state === 'refreshing.backingOff') await session.renew();
    await session.signIn();
    await drainMicrotasks();
  };

  /** Moves time until the machine gets there by itself. */
  const waitFor = async (state: 'idle' | 'idle.warning' | 'expired'): Promise<void> => {
    await authenticate();
    const isThere = (): boolean => session.state.startsWith(state);
    for (let steps = 0; steps < 10_000 && !isThere(); steps++) await clock.advance(1000);
    if (!isThere())
      throw new SessionError('option_invalid', `enter: with these options the session is never '${state}'`);
  };

  const renewWith = async (answer: Answer): Promise<void> => {
    await authenticate();
    answerWith(answer);
    void session.renew().catch(() => undefined);
    await drainMicrotasks();
  };

  const ways: Record<FakeState, () => Promise<void>> = {
    async anonymous() {
      await session.start();
      await session.signOut();
    },
    authenticated: authenticate,
    refreshing: () => renewWith('stall'),
    backingOff: () => renewWith('transient'),
    idle: () => waitFor('idle'),
    warning: () => waitFor('idle.warning'),
    expired: () => renewWith('terminal'),
  };

  const ends = {
    revoked: ways.expired,
    lapsed: () => waitFor('expired'),
    async switched() {
      await authenticate();
      switchUser!();
      await drainMicrotasks();
    },
  };

  /** What a call has done is known in all tabs when it is over. */
  const settled =
    <Asked extends unknown[], Result>(call: (...asked: Asked) => Promise<Result>) =>
    (...asked: Asked): Promise<Result> =>
      call(...asked).finally(origin.settle);

  return Object.assign(session, {
    clock,
    signIn: settled(session.signIn),
    require: settled(session.require),
    signOut: settled(session.signOut),
    renew: settled(session.renew),
    adopt: settled(session.adopt),
    select: checkedSelect(session.select),
    enter: (state: FakeState) => ways[state](),
    advance: (ms: Milliseconds) => clock.advance(ms),
    signsInNext: (person: User) => void (origin.next = person),
    expire: (reason: keyof typeof ends) => ends[reason](),
  });
};

/** A clock for whoever gives none: what is shown of it, such as the end of a warning, is plausible. */
export const clockOfToday = (): VirtualClock => createVirtualClock({ wallMs: Date.now() });

/**
 * A session for tests, Storybook and offline work: any user, any state, any instant, without a provider. It sends nothing
 * unless you pass a `fetch`.
 *
 * @example
 * const session = createFakeSession({ user: { name: 'Ada' } })
 * await session.enter('warning')
 */
export const createFakeSession = <User>({
  user,
  clock = clockOfToday(),
  ...options
}: FakeSessionOptions<User>): FakeSession<User> =>
  openFakeSession(createFakeOrigin(user), { ...options, clock });
