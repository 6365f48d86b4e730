import { type Actor, createActor } from 'xstate';
import type { SessionEvent, SessionFact } from '../../machines/sessionEvents.ts';
import { isPresent } from '../../machines/presence.ts';
import { SessionError } from '../errors/sessionError.ts';
import { type Gate, createGate } from '../gate/gate.ts';
import type { GateDoor } from '../gate/gateDoor.ts';
import type { Grants } from '../grants/createGrants.ts';
import type { SignInRequest } from '../grants/grantParts.ts';
import { isSameSite } from '../grants/sameSite.ts';
import type { SignInOptions, SignOutOptions } from '../grants/signInOptions.ts';
import { userOf } from '../claims/user.ts';
import { readInstant } from '../time/clock.ts';
import { type TokenSet, createVault, isFreshBearer } from '../vault/vault.ts';
import { createReadiness } from './readiness.ts';
import { createListeners } from './listeners.ts';
import { provideServices } from './machineServices.ts';
import type { Session, SessionMachine, SessionSnapshot, SessionStatus } from './session.ts';
import { type SessionOptions, machineSettings } from './sessionOptions.ts';
import type { SessionParts } from './sessionParts.ts';

/** Signs of presence that come closer than this say nothing new. */
const TOUCH_MS = 1000;

/** One span from `start` to `stop`: an actor that has stopped never runs again. */
interface Run {
  readonly actor: Actor<SessionMachine>;
  readonly gate: Gate;
  phase: 'new' | 'running' | 'stopped';
}

const statusOf = (snapshot: SessionSnapshot): SessionStatus => {
  if (snapshot.hasTag('loading')) return 'loading';
  return snapshot.hasTag('signedIn') ? 'signedIn' : 'signedOut';
};

const kept = (inspect: ((event: never) => void) | undefined) =>
  inspect && {
    // XState's mailbox is wedged for good by an inspector that throws.
    inspect: (event: unknown) => {
      try {
        inspect(event as never);
      } catch (error) {
        console.error(error);
      }
    },
  };

/** Puts a session together from its options and the parts of its platform. */
export const assembleSession = <User>(
  name: string,
  options: SessionOptions<User>,
  parts: SessionParts,
): Session<User> => {
  const { clock, window } = parts;
  const onWarning = options.onWarning ?? ((warning: SessionError) => console.warn(warning));
  const vault = createVault();
  const listeners = createListeners();
  const signIns = new Map<string, SignInRequest>();
  let user: User | null = null;
  let error: SessionError | undefined;
  let touchedAtMs = -Infinity;
  let requests = 0;
  let holds = 0;

  const onTokens = (tokens: TokenSet): void => {
    error = undefined;
    const renewed = userOf(tokens, options.user);
    // A renewal that changed nothing about the user must not make a UI believe so.
    if (JSON.stringify(renewed) !== JSON.stringify(user)) user = renewed;
  };

  let loading: Promise<Grants> | undefined;
  const grants = (): Promise<Grants> => {
    loading ??= parts
      .loadGrants({
        name,
        options,
        clock,
        random: parts.random,
        vault,
        record: parts.record,
        storage: options.storage,
        page: undefined,
        fetch: parts.fetch,
        signIns,
        isOver: (wallMs) =>
          wallMs !== null && clock.wallMs() - wallMs >= ((options.idle || {}).signOutAfter ?? Infinity),
        onTokens,
        onError: (failure) => void (error = failure),
        onWarning,
        ...(parts.digest && { digest: parts.digest }),
      })
      .catch((cause: unknown) => {
        loading = undefined;
        throw cause;
      });
    return loading;
  };

  const rescues =
    options.silent === 'frame' ||
    (options.silent === undefined &&
      window !== undefined &&
      isSameSite(options.issuer, window.location.href));
  const machine = provideServices({
    ...parts,
    grants,
    activity: options.activity ?? [],
    rotatingDisplay: (options.idle || {}).rotatingDisplay,
    onError: (failure) => void (error = failure),
    onRestored: () => void leaveIfEnded(),
  });

  const forget = (): TokenSet | undefined => {
    user = null;
    if (options.storage)
      void grants().then(
        ({ forget: clear }) => clear(),
        () => undefined,
      );
    return vault.wipe();
  };

  const atProvider = (
    tokens: TokenSet | undefined,
    hint: string | undefined,
    asked: SignOutOptions,
  ): Promise<void> =>
    grants()
      .then(({ signOut }) => signOut(tokens, hint, asked))
      .catch(() => undefined);

  const hear = (fact: SessionFact): void => {
    if (fact.type === 'expired') {
      const tokens = forget();
      if (fact.reason === 'idle') void atProvider(tokens, undefined, { redirect: false });
    }
    listeners.tell(fact);
  };

  /** Meanwhile another page of the origin may have signed out, or somebody else in. */
  const leaveIfEnded = async (): Promise<void> => {
    const held = vault.lease?.epoch;
    const { epoch, who } = await parts.record.read();
    if (held === undefined || held !== vault.lease?.epoch || (held === epoch && who !== null)) return;
    // The storage is the other page's now.
    vault.wipe();
    send({ type: 'session.signOut' });
  };

  let readiness = createReadiness<User | null>();
  const watchReadiness = (actor: Actor<SessionMachine>): void => {
    // A start that was stopped before anything was known is answered by the next one.
    if (readiness.isKnown) readiness = createReadiness();
    const mine = readiness;
    const { unsubscribe } = actor.subscribe((now) => {
      if (now.matches({ anonymous: 'restoring' })) return;
      unsubscribe();
      mine.resolve(now.hasTag('signedIn') ? user : null);
    });
  };

  const createRun = (): Run => {
    const actor = createActor(machine, {
      input: machineSettings(options, rescues),
      ...kept(options.inspect),
    });
    actor.on('*', hear);
    let last: SessionSnapshot | undefined;
    actor.subscribe({
      next(snapshot) {
        if (snapshot === last) return;
        last = snapshot;
        listeners.changed();
      },
      error: console.error,
    });
    watchReadiness(actor);
    return { actor, gate: createGate(gateParts()), phase: 'new' };
  };

  const snapshot = (): SessionSnapshot => run.actor.getSnapshot();

  const door: GateDoor = {
    get standing() {
      const status = run.phase === 'new' ? 'loading' : statusOf(snapshot());
      return status === 'signedIn' && snapshot().hasTag('away') ? 'idle' : status;
    },
    get epoch() {
      return vault.bearer?.epoch ?? 0;
    },
    get failure() {
      return error;
    },
    start: () => void begin(),
    requestRenewal: (refused) =>
      send({ type: 'session.renew', by: 'gate', ...(refused !== undefined && { refused }) }),
    subscribe(onChange) {
      const { unsubscribe } = run.actor.subscribe(onChange);
      return unsubscribe;
    },
  };

  const gateParts = () => ({
    vault,
    clock,
    door,
    transport: parts.fetch,
    origins: [options.tokenOrigins ?? 'self'].flat(),
    baseUri: () => window?.document.baseURI,
    waitMs: options.waitTimeout ?? 8000,
    idleRequests: (options.idle || {}).requests ?? 'reject',
    signedOutRequests: options.signedOut?.requests ?? 'reject',
  });

  let run = createRun();

  const begin = (): Run => {
    if (run.phase === 'stopped') run = createRun();
    if (run.phase === 'new') {
      run.phase = 'running';
      run.actor.start();
      for (let held = 0; held < holds; held++) send({ type: 'user.held' });
    }
    return run;
  };

  /** Nothing is sent to an actor that does not run: XState would print it. */
  const send = (event: SessionEvent): void => {
    if (run.phase === 'running') run.actor.send(event);
  };

  const stop = (): void => {
    if (run.phase === 'stopped') return;
    run.phase = 'stopped';
    run.gate.stop();
    run.actor.stop();
  };

  /** Settles with the first outcome that is not `undefined`, judged now and after every change. */
  const until = <T>(judge: (snapshot: SessionSnapshot) => T | SessionError | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const settle = (): boolean => {
        const outcome = judge(snapshot());
        if (outcome === undefined) return false;
        if (outcome instanceof SessionError) reject(outcome);
        else resolve(outcome);
        return true;
      };
      if (settle()) return;
      const subscription = run.actor.subscribe({
        next: () => void (settle() && subscription.unsubscribe()),
        complete: () => reject(new SessionError('session_stopped', 'The session was stopped')),
      });
    });

  const known = (): Promise<true> => {
    begin();
    return until((now) => (now.matches({ anonymous: 'restoring' }) ? undefined : true));
  };

  const signedInUser = (): User | undefined => (snapshot().hasTag('signedIn') ? (user as User) : undefined);

  const settleSignIn = async (request: string): Promise<User> => {
    const asked = signIns.get(request);
    return until(({ context }) => {
      if (context.signInWanted === request || context.login?.request === request) return undefined;
      const cancelled = new SessionError('sign_in_cancelled', 'The sign-in was given up');
      return asked?.error ?? (context.lease ? (user as User) : cancelled);
    }).finally(() => signIns.delete(request));
  };

  const signIn = async (asked: SignInOptions = {}): Promise<User> => {
    await known();
    const already = signedInUser();
    if (already !== undefined && Object.keys(asked).length === 0) return already;
    const request = `sign-in ${++requests}`;
    signIns.set(request, { options: asked });
    run.actor.send({ type: 'session.signIn', request });
    return settleSignIn(request);
  };

  const renew = async (): Promise<void> => {
    await known();
    const before = snapshot().context.lease;
    run.actor.send({ type: 'session.renew', by: 'app' });
    await until(({ context: { lease, renewing, login, failure } }) => {
      if (!lease)
        return error ?? new SessionError('signed_out', 'There is nothing to renew: nobody is signed in');
      if (lease.generation !== before?.generation) return true;
      if (renewing !== null || login?.kind === 'rescue') return undefined;
      return failure && error
        ? error
        : new SessionError('interaction_required', 'The provider gave nothing to renew with');
    });
  };

  return {
    name,
    get status() {
      return run.phase === 'new' ? 'loading' : statusOf(snapshot());
    },
    get user() {
      return signedInUser() ?? null;
    },
    get error() {
      return error;
    },
    get canRequest() {
      const { context } = snapshot();
      if (!vault.bearer || !context.lease) return false;
      if (isFreshBearer(vault.bearer, readInstant(clock))) return true;
      return (
        context.lease.renewAt !== null && (isPresent(context) || (options.idle || {}).requests === 'renew')
      );
    },
    get busy() {
      const { login, renewing } = snapshot().context;
      return run.phase === 'running' && (login !== null || renewing !== null);
    },
    actor: {
      getSnapshot: snapshot,
      subscribe: (...args: Parameters<Actor<SessionMachine>['subscribe']>) => run.actor.subscribe(...args),
      on: (...args: Parameters<Actor<SessionMachine>['on']>) => run.actor.on(...args),
    } as Session<User>['actor'],
    get ready() {
      return readiness.promise;
    },
    start() {
      begin();
      return readiness.promise;
    },
    stop,
    async require(asked) {
      begin();
      const restored = await readiness.promise;
      if (restored !== null) return restored;
      if (error?.code === 'sign_in_refused') throw error;
      const { beforeRedirect } = await grants();
      await beforeRedirect();
      return signIn(asked);
    },
    signIn,
    async signOut(asked = {}) {
      const tokens = forget();
      const hint = vault.takeLogoutHint();
      send({ type: 'session.signOut' });
      await atProvider(tokens, hint, asked);
    },
    renew,
    stay: () => send({ type: 'session.stay' }),
    touch() {
      const nowMs = clock.monotonicMs();
      if (nowMs - touchedAtMs < TOUCH_MS) return;
      touchedAtMs = nowMs;
      send({ type: 'user.active' });
    },
    keepAwake() {
      let isHeld = true;
      holds++;
      send({ type: 'user.held' });
      return () => {
        if (!isHeld) return;
        isHeld = false;
        holds--;
        send({ type: 'user.released' });
      };
    },
    fetch: (input, init) => run.gate.fetch(input, init),
    getAccessToken: (asked) => run.gate.getAccessToken(asked),
    peekAccessToken: () => run.gate.peekAccessToken(),
    subscribe: listeners.subscribe,
    on: listeners.on,
  };
};
