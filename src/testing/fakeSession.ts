import { leaseFrom } from '../../machines/lease.ts';
import type { Failure } from '../../machines/sessionContext.ts';
import type { RefreshFailed, RefreshGranted, RefreshRequested } from '../../machines/sessionEvents.ts';
import { SessionError } from '../errors/sessionError.ts';
import { type Adopt, createAdoptFrom } from '../grants/adopt.ts';
import type { Grants } from '../grants/createGrants.ts';
import { publishUser } from '../grants/publishUser.ts';
import { assembleSession } from '../session/assembleSession.ts';
import type { Session } from '../session/session.ts';
import type { Platform } from '../session/platform.ts';
import { resolveOptions } from '../session/resolveOptions.ts';
import type { SessionOptions } from '../session/sessionOptions.ts';
import { type Milliseconds, readInstant } from '../time/clock.ts';
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

/** How a fake session is made. */
export interface FakeSessionOptions<User> extends Partial<Omit<SessionOptions<User>, 'user' | 'clock'>> {
  /** Who signs in. */
  readonly user: User;
  /** Where time comes from. @default a new virtual clock */
  readonly clock?: VirtualClock;
  /** Life of the access tokens. @default 300_000 */
  readonly tokenLife?: Milliseconds;
  /** Life of the refresh tokens. @default 1_800_000 */
  readonly refreshTokenLife?: Milliseconds;
}

/** A session with the real machine, gate and interface, on a clock that you move and a provider that always agrees. */
export interface FakeSession<User> extends Session<User> {
  readonly clock: VirtualClock;
  /** Puts it into a state, moving the clock as far as that takes. */
  enter(state: FakeState): Promise<void>;
  /** Ends it: refused by the provider, or by the end of its tokens while the user was away. */
  expire(reason: 'revoked' | 'lapsed'): Promise<void>;
  /** The next person to sign in. */
  signsInNext(user: User): void;
  /** Moves the clock. */
  advance(ms: Milliseconds): Promise<void>;
}

type Answer = 'grant' | 'stall' | Failure['class'];

const failureOf = (kind: Failure['class']): Failure => ({
  class: kind,
  code: kind === 'terminal' ? 'grant_refused' : 'provider_unavailable',
  status: kind === 'terminal' ? 400 : 503,
  error: kind === 'terminal' ? 'invalid_grant' : null,
  retryAfterMs: null,
});

/** There is one page, and its own clock knows when it was active. */
const nobodyElse = { type: 'record.loaded', lastActivityWallMs: null, who: 'same' } as const;

/** Grants without a provider. */
const fakeGrants = (
  parts: Parameters<Platform['loadGrants']>[0],
  facts: { expires_in: number; refresh_expires_in: number },
  answer: () => Answer,
): Grants => {
  const { clock, vault, onError } = parts;
  let epoch = 0;
  const commit = (generation: number) => {
    const lease = leaseFrom({ ...facts, renewable: true }, readInstant(clock), { epoch, generation });
    const tokens = { accessToken: `fake-${epoch}-${generation}`, refreshToken: 'fake' };
    (generation === 1 ? vault.permitSignIn() : vault.permitRenewal()).commit(tokens, lease, '');
    publishUser(parts, tokens);
    return lease;
  };

  const refresh = (request: RefreshRequested): RefreshGranted | RefreshFailed | Promise<never> => {
    const kind = answer();
    if (kind === 'stall') return new Promise(() => {});
    if (kind === 'grant')
      return { ...request, type: 'refresh.granted', lease: commit(request.generation + 1) };
    const failure = failureOf(kind);
    onError(
      new SessionError(failure.code as 'grant_refused', 'A fake failure', { retryable: kind !== 'terminal' }),
    );
    return { ...request, type: 'refresh.failed', failure };
  };

  const adopt: Adopt = async ({ access_token: accessToken, ...stated }, sentAt) => {
    const { lease: held } = vault;
    if (!held) return undefined;
    const counts = { epoch: held.epoch, generation: held.generation + 1 };
    const lease = leaseFrom({ ...facts, ...stated, renewable: true }, sentAt, counts);
    return vault.permitAdoption().commit({ accessToken }, lease, '');
  };

  return {
    async login({ kind, attempt }, { ticket }) {
      if (kind !== 'interactive') return { type: 'login.failed', attempt, failure: null };
      epoch++;
      ticket?.settle('signedIn');
      return { type: 'login.granted', attempt, lease: commit(1), lastActivity: null };
    },
    refresh: async (request) => refresh(request),
    adopt,
    adoptFrom: createAdoptFrom(adopt, parts),
    record: async (request) =>
      request.type === 'record.read'
        ? { ...nobodyElse, beganAt: request.at, epoch, generation: vault.lease?.generation ?? 0 }
        : undefined,
    giveBack: () => {},
    forget: async () => {},
    signOut: async () => {},
  };
};

/**
 * A session for tests, Storybook and offline work: any user, any state, any instant, without a provider.
 *
 * @example
 * const session = createFakeSession({ user: { name: 'Ada' } })
 * await session.enter('warning')
 */
export const createFakeSession = <User>({
  user,
  clock = createVirtualClock(),
  tokenLife = 300_000,
  refreshTokenLife = 1_800_000,
  ...options
}: FakeSessionOptions<User>): FakeSession<User> => {
  let answer: Answer = 'grant';
  let next = user;
  const platform: Platform = {
    clock,
    random: () => 0.5,
    window: undefined,
    fetch: options.fetch ?? ((...args) => globalThis.fetch(...args)),
    loadGrants: async (parts) =>
      fakeGrants(
        parts,
        { expires_in: tokenLife / 1000, refresh_expires_in: refreshTokenLife / 1000 },
        () => answer,
      ),
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

  const isIn = (state: FakeState): boolean => {
    const { value } = session.actor.getSnapshot();
    return JSON.stringify(value).includes(`"${state}"`);
  };

  const signedIn = async (): Promise<void> => {
    answer = 'grant';
    await session.start();
    await session.signIn();
  };

  /** Moves time until the machine gets there by itself. */
  const waitFor = async (state: FakeState): Promise<void> => {
    for (let steps = 0; steps < 10_000 && !isIn(state); steps++) await clock.advance(1000);
    if (!isIn(state))
      throw new SessionError('option_invalid', `enter: with these options the session is never '${state}'`);
  };

  const renewWith = async (kind: Answer): Promise<void> => {
    await signedIn();
    answer = kind;
    void session.renew().catch(() => undefined);
    await drainMicrotasks();
  };

  const ways: Record<FakeState, () => Promise<void>> = {
    anonymous: async () => {
      await session.start();
      await session.signOut();
    },
    authenticated: signedIn,
    refreshing: () => renewWith('stall'),
    backingOff: () => renewWith('transient'),
    idle: async () => (await signedIn(), waitFor('idle')),
    warning: async () => (await signedIn(), waitFor('warning')),
    expired: () => renewWith('terminal'),
  };

  const facts = Object.getOwnPropertyDescriptors(session);
  return Object.defineProperties({} as FakeSession<User>, {
    ...facts,
    clock: { value: clock },
    enter: { value: (state: FakeState) => ways[state]() },
    advance: { value: (ms: Milliseconds) => clock.advance(ms) },
    signsInNext: { value: (person: User) => void (next = person) },
    expire: {
      value: async (reason: 'revoked' | 'lapsed') => {
        if (reason === 'revoked') return renewWith('terminal');
        await signedIn();
        return waitFor('expired');
      },
    },
  });
};
