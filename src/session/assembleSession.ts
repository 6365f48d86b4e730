import type { Actor } from 'xstate';
import { isPresent } from '../../machines/presence.ts';
import type { SessionFact } from '../../machines/sessionEvents.ts';
import { SessionError } from '../errors/sessionError.ts';
import { createGate } from '../gate/gate.ts';
import type { SignInRequest } from '../grants/grantDeps.ts';
import { silentMode } from '../grants/signIn/silentMode.ts';
import type { SignOutOptions } from '../grants/signInOptions.ts';
import { readInstant } from '../time/clock.ts';
import { createVault, isFreshBearer, type TokenSet } from '../vault/vault.ts';
import { createAdoption } from './adoption.ts';
import { lazily } from './lazily.ts';
import { createListeners } from './listeners.ts';
import { createServices } from './machineServices.ts';
import { createPresenceCalls } from './presenceCalls.ts';
import { createRunner } from './runner.ts';
import type { Session, SessionMachine, SessionSnapshot } from './session.ts';
import { createSessionForGate } from './sessionForGate.ts';
import { machineSettings, type SessionOptions } from './sessionOptions.ts';
import type { Platform } from './platform.ts';
import { createSignInCalls } from './signInCalls.ts';

const notLoaded = (cause: unknown): never => {
  const message = 'A part of token-vigil could not be loaded. Was the app deployed anew? Reload the page';
  throw new SessionError('code_not_loaded', message, { retryable: true, cause });
};

/** Puts a session together from its options and the parts of its platform. */
export const assembleSession = <User>(
  name: string,
  options: SessionOptions<User>,
  parts: Platform,
): Session<User> => {
  const { clock, window } = parts;
  const idle = options.idle || {};
  const vault = createVault();
  const listeners = createListeners();
  const calls = createSignInCalls();
  let error: SessionError | undefined;
  let user: User | null = null;
  let requiring: Promise<User> | undefined;

  /** What the app does with a warning must not end a grant. */
  const onWarning = (warning: SessionError): void => {
    try {
      (options.onWarning ?? console.warn)(warning);
    } catch (thrown) {
      console.error(thrown);
    }
  };
  const onError = (failure: SessionError): void => void (error = failure);

  const onUser = (told: unknown): void => {
    error = undefined;
    // A renewal that changed nothing about the user must not make a UI believe so.
    if (JSON.stringify(told) !== JSON.stringify(user)) user = told as User;
  };

  const grants = lazily(() =>
    parts
      .loadGrants({
        ...parts,
        name,
        options,
        vault,
        signIns: calls.requests,
        onUser,
        onError,
        onWarning,
      })
      .catch(notLoaded),
  );

  const forget = (): TokenSet | undefined => {
    user = null;
    if (options.storage)
      void grants()
        .then(({ forget: clear }) => clear())
        .catch(() => undefined);
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

  const onFact = (fact: SessionFact): void => {
    if (fact.type === 'expired') {
      const tokens = forget();
      if (fact.reason === 'idle') void atProvider(tokens, undefined, { redirect: false });
    }
    // The storage may be another page's by now.
    if (fact.type === 'signedOut') vault.wipe();
    listeners.tell(fact);
  };

  const leaveIfEnded = async (): Promise<void> => {
    if (!vault.lease) return;
    const { hasEnded } = await grants();
    if (!(await hasEnded())) return;
    // The storage is the other page's now.
    vault.wipe();
    runner.send({ type: 'session.signOut' });
  };

  const whoIs = (snapshot: SessionSnapshot): User | null => (snapshot.hasTag('signedIn') ? user : null);

  const runner = createRunner({
    services: createServices({
      ...parts,
      grants,
      signIns: calls.requests,
      activity: options.activity ?? [],
      rotatingDisplay: idle.rotatingDisplay,
      onError,
      onRestored: () => void leaveIfEnded(),
    }),
    settings: machineSettings(options, silentMode(options, window?.location.href) === 'frame'),
    inspect: options.inspect,
    known: whoIs,
    onFact,
    onChange: listeners.changed,
  });

  const presence = createPresenceCalls(clock, runner.send);
  const adoption = createAdoption({
    vault,
    clock,
    grants,
    send: runner.send,
  });

  const session = createSessionForGate(runner, { start: () => begin(), failure: () => error });
  const openGate = () =>
    createGate({
      vault,
      clock,
      session,
      transport: parts.fetch,
      origins: [options.tokenOrigins ?? 'self'].flat(),
      baseUri: () => window?.document.baseURI,
      onAnswer: options.extractTokens && adoption.onAnswer,
      waitMs: options.waitTimeout,
      idleRequests: idle.requests,
      signedOutRequests: options.signedOut?.requests,
    });
  let gate = openGate();

  const begin = (): void => {
    if (runner.phase === 'stopped') gate = openGate();
    if (runner.begin()) presence.tellHolds();
  };

  const stop = (): void => {
    if (runner.phase === 'stopped') return;
    gate.stop();
    runner.stop();
  };

  const known = (): Promise<true> => {
    begin();
    return runner.until((now) => (now.matches({ anonymous: 'restoring' }) ? undefined : true));
  };

  const signIn = async (request: SignInRequest): Promise<User> => {
    await known();
    const isAlready = runner.snapshot.hasTag('signedIn') && Object.keys(request.options).length === 0;
    if (!isAlready) await calls.call(request, runner);
    return user as User;
  };

  const renew = async (): Promise<void> => {
    await known();
    const before = runner.snapshot.context.lease;
    runner.send({ type: 'session.renew', by: 'app' });
    await runner.until(({ context: { lease, renewing, login, failure } }) => {
      if (!lease)
        return error ?? new SessionError('signed_out', 'There is nothing to renew: nobody is signed in');
      if (lease.generation !== before?.generation) return true;
      if (renewing !== null || login?.kind === 'rescue') return undefined;
      if (failure && error) return error;
      return new SessionError('interaction_required', 'The provider gave nothing to renew with');
    });
  };

  return {
    name,
    get status() {
      return runner.status;
    },
    get user() {
      return whoIs(runner.snapshot);
    },
    get error() {
      return error;
    },
    get canRequest() {
      const { context } = runner.snapshot;
      if (!vault.bearer || !context.lease) return false;
      if (isFreshBearer(vault.bearer, readInstant(clock))) return true;
      return context.lease.renewAt !== null && (isPresent(context) || idle.requests === 'renew');
    },
    get busy() {
      const { login, renewing } = runner.snapshot.context;
      return runner.phase === 'running' && (login !== null || renewing !== null);
    },
    actor: {
      getSnapshot: () => runner.snapshot,
      subscribe: (...args: Parameters<Actor<SessionMachine>['subscribe']>) => runner.actor.subscribe(...args),
      on: (...args: Parameters<Actor<SessionMachine>['on']>) => runner.actor.on(...args),
    } as Session<User>['actor'],
    get ready() {
      return runner.ready;
    },
    start() {
      begin();
      return runner.ready;
    },
    stop,
    async require(asked = {}) {
      await known();
      if (runner.snapshot.hasTag('signedIn')) return user as User;
      if (error?.code === 'sign_in_refused') throw error;
      // A guard on every route and two runs of an effect ask for one and the same.
      requiring ??= signIn({ options: asked, isUnasked: true }).finally(() => (requiring = undefined));
      return requiring;
    },
    signIn: (asked = {}) => signIn({ options: asked }),
    async signOut(asked = {}) {
      const tokens = forget();
      const hint = vault.takeLogoutHint();
      runner.send({ type: 'session.signOut' });
      await atProvider(tokens, hint, asked);
    },
    renew,
    adopt: adoption.adopt,
    stay: presence.stay,
    touch: presence.touch,
    keepAwake: presence.keepAwake,
    fetch: (input, init) => gate.fetch(input, init),
    getAccessToken: (asked) => gate.getAccessToken(asked),
    peekAccessToken: () => gate.peekAccessToken(),
    subscribe: listeners.subscribe,
    on: listeners.on,
  };
};
