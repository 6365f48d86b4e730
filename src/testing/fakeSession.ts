import { leaseFrom } from '../../machines/lease.ts';
import type { Failure } from '../../machines/sessionContext.ts';
import type { RefreshFailed, RefreshGranted, RefreshRequested } from '../../machines/sessionEvents.ts';
import { SessionError } from '../errors/sessionError.ts';
import * as lateParts from '../session/lateParts.ts';
import type { Adopt } from '../grants/adopt.ts';
import { createAdoptFrom } from '../grants/adoptFrom.ts';
import type { Grants } from '../grants/createGrants.ts';
import { publishUser } from '../grants/publishUser.ts';
import { assembleSession } from '../session/assembleSession.ts';
import { checkedSelect } from '../session/checkedSelect.development.ts';
import type { Session } from '../session/session.ts';
import type { Platform } from '../session/platform.ts';
import { resolveOptions } from '../session/resolveOptions.ts';
import type { SessionOptions } from '../session/sessionOptions.ts';
import { type Instant, type Milliseconds, readInstant } from '../time/clock.ts';
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

/** How the provider of a fake session answers renewals. */
type Answer = 'grant' | 'stall' | 'terminal' | 'transient';

/** A provider that answers as it is told. */
interface FakeProvider {
  answer: Answer;
  /** Shows that it is somebody else who is signed in. */
  switchUser?(): void;
  /** Renewals that wait for an answer, and go on when it is another. */
  readonly stalled: (() => void)[];
}

const failureOf = (kind: 'terminal' | 'transient'): Failure => ({
  class: kind,
  code: kind === 'terminal' ? 'grant_refused' : 'provider_unavailable',
  status: kind === 'terminal' ? 400 : 503,
  error: kind === 'terminal' ? 'invalid_grant' : null,
  retryAfterMs: null,
});

/** Grants without a provider. */
const fakeGrants = (
  deps: Parameters<Platform['loadGrants']>[0],
  facts: { readonly expires_in: number; readonly refresh_expires_in: number },
  provider: FakeProvider,
): Grants => {
  const { clock, vault, onError, tell } = deps;
  let epoch = 0;
  let lastActivity: Instant | null = null;

  const commit = (generation: number) => {
    const lease = leaseFrom({ ...facts, renewable: true }, readInstant(clock), { epoch, generation });
    const tokens = { accessToken: `fake-${epoch}-${generation}`, refreshToken: 'fake' };
    (generation === 1 ? vault.permitSignIn() : vault.permitRenewal()).commit(tokens, lease, '');
    publishUser(deps, tokens, epoch);
    return lease;
  };

  provider.switchUser = () => tell({ type: 'user.switched', epoch });

  const refresh = async (request: RefreshRequested): Promise<RefreshGranted | RefreshFailed> => {
    while (provider.answer === 'stall') await new Promise<void>((resolve) => provider.stalled.push(resolve));
    if (provider.answer === 'grant')
      return { ...request, type: 'refresh.granted', lease: commit(request.generation + 1) };
    const failure = failureOf(provider.answer);
    const retryable = provider.answer === 'transient';
    onError(new SessionError(failure.code as 'grant_refused', 'A fake failure', { retryable }));
    return { ...request, type: 'refresh.failed', failure };
  };

  const adopt: Adopt = async ({ access_token: accessToken, ...stated }, sentAt) => {
    const held = vault.lease();
    if (!held) return false;
    const counts = { epoch: held.epoch, generation: held.generation + 1 };
    const lease = leaseFrom({ ...facts, ...stated, renewable: true }, sentAt, counts);
    const taken = vault.permitAdoption().commit({ accessToken }, lease, '');
    if (taken) tell({ type: 'session.adopt', lease: taken });
    return taken !== undefined;
  };

  return {
    async login({ kind, attempt }, { ticket }) {
      const lease = vault.lease();
      if (kind === 'restore' && lease) return { type: 'login.granted', attempt, lease, lastActivity };
      if (kind !== 'interactive') return { type: 'login.failed', attempt, failure: null };
      epoch = Math.max(epoch + 1, clock.wallMs());
      lastActivity = readInstant(clock);
      const taken = commit(1);
      ticket?.settle(taken);
      return { type: 'login.granted', attempt, lease: taken, lastActivity: null };
    },
    refresh,
    adopt,
    adoptFrom: createAdoptFrom(adopt, deps),
    // There is one page, and what it knows itself is all there is to know.
    async record(request) {
      if (request.type === 'record.note') ({ lastActivity } = request);
      if (request.type !== 'record.read') return undefined;
      const generation = vault.lease()?.generation ?? 0;
      const lastActivityWallMs = lastActivity && lastActivity.wallMs;
      return {
        type: 'record.loaded',
        beganAt: request.at,
        lastActivityWallMs,
        epoch,
        generation,
        who: 'same',
      };
    },
    forget: async () => {},
    listen: () => () => {},
    signOut: async () => {},
  };
};

const sendsNothing = (): Promise<never> =>
  Promise.reject(new TypeError('A fake session sends nothing. Give `createFakeSession` a `fetch` of yours'));

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
  // Whoever shows an instant of it, such as the end of a warning, shows a plausible one.
  clock = createVirtualClock({ wallMs: Date.now() }),
  tokenLife = 300_000,
  refreshTokenLife = 1_800_000,
  ...options
}: FakeSessionOptions<User>): FakeSession<User> => {
  const provider: FakeProvider = { answer: 'grant', stalled: [] };
  const facts = { expires_in: tokenLife / 1000, refresh_expires_in: refreshTokenLife / 1000 };
  let next = user;
  const platform: Platform = {
    clock,
    random: () => 0.5,
    window: undefined,
    fetch: options.fetch ?? sendsNothing,
    loadLateParts: async () => lateParts,
    loadGrants: async (deps) => fakeGrants(deps, facts, provider),
  };
  const settings = resolveOptions<User>(
    {
      name: 'fake',
      issuer: 'https://fake.invalid',
      clientId: 'fake',
      tokenOrigins: [],
      ...options,
      user: () => next,
    },
    platform,
  );
  const session = assembleSession<User>(settings, platform);

  const answerWith = (answer: Answer): void => {
    provider.answer = answer;
    for (const goOn of provider.stalled.splice(0)) goOn();
  };

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
      provider.switchUser!();
      await drainMicrotasks();
    },
  };

  return Object.assign(session, {
    clock,
    select: checkedSelect(session.select),
    enter: (state: FakeState) => ways[state](),
    advance: (ms: Milliseconds) => clock.advance(ms),
    signsInNext: (person: User) => void (next = person),
    expire: (reason: keyof typeof ends) => ends[reason](),
  });
};
