import type { Actor } from 'xstate';
import { isPresent } from '../../machines/presence.ts';
import { runAppCode } from '../errors/runAppCode.ts';
import { SessionError } from '../errors/sessionError.ts';
import { createGate } from '../gate/gate.ts';
import { readInstant } from '../time/clock.ts';
import { lazily } from '../time/lazily.ts';
import { createVault, isFreshBearer } from '../vault/vault.ts';
import { createAdoption } from './adoption.ts';
import { createEndings } from './endings.ts';
import { createIdentity } from './identity.ts';
import { createListeners } from './listeners.ts';
import { provideServices } from './machineServices.ts';
import type { Platform } from './platform.ts';
import { createPresenceCalls } from './presenceCalls.ts';
import { createRenew } from './renew.ts';
import { createRequireUser } from './requireUser.ts';
import type { Settings } from './resolveOptions.ts';
import { createRunner, type Runner } from './runner.ts';
import type { Session, SessionMachine, SessionSnapshot } from './session.ts';
import { createSessionForGate } from './sessionForGate.ts';
import { type CallDeps, createSignIn } from './signIn.ts';
import { createSignInCalls } from './signInCalls.ts';

const notLoaded = (cause: unknown): never => {
  const message = 'A part of token-vigil could not be loaded. Was the app deployed anew? Reload the page';
  throw new SessionError('code_not_loaded', message, { retryable: true, cause });
};

/** Puts a session together from its settings and the parts of its platform. */
export const assembleSession = <User>(settings: Settings, parts: Platform): Session<User> => {
  const { clock, window } = parts;
  const { name, idle } = settings;
  const vault = createVault();
  const listeners = createListeners();
  const calls = createSignInCalls();
  const identity = createIdentity<User>();
  const continuity = { isBroken: () => false, stretch: 0, mend: () => {} };

  const grants = lazily(() =>
    parts
      .loadGrants({
        ...parts,
        name,
        options: settings,
        vault,
        continuity,
        tell: send,
        onReturn: (...returned) => {
          if (!settings.onReturn) return false;
          runAppCode(() => settings.onReturn?.(...returned));
          return true;
        },
        onArrived: () => {},
        onUser: identity.noteUser,
        onError: identity.noteError,
        onWarning: (warning) => runAppCode(() => (settings.onWarning ?? console.warn)(warning)),
      })
      .catch(notLoaded),
  );

  const send: Runner['send'] = (event) => runner.send(event);
  const endings = createEndings({ vault, identity, isStored: !!settings.storage, grants, send });
  const whoIs = (snapshot: SessionSnapshot): User | null =>
    snapshot.hasTag('signedIn') ? identity.user : null;

  const runner = createRunner({
    machine: provideServices({
      ...parts,
      grants,
      vault,
      calls,
      activity: settings.activity,
      rotatingDisplay: idle.rotatingDisplay,
      onError: identity.noteError,
    }),
    settings: settings.machine,
    inspect: settings.inspect,
    known: whoIs,
    onFact: (fact) => {
      endings.onFact(fact);
      listeners.tell(fact);
    },
    onChange: listeners.changed,
  });

  const presence = createPresenceCalls(clock, runner.send);
  const adoption = createAdoption({
    vault,
    clock,
    grants,
    send: runner.send,
  });

  const session = createSessionForGate(runner, { start: () => begin(), failure: () => identity.error });
  const openGate = () =>
    createGate({
      vault,
      clock,
      session,
      transport: parts.fetch,
      origins: settings.tokenOrigins,
      baseUri: () => window?.document.baseURI,
      onAnswer: settings.extractTokens && adoption.onAnswer,
      waitMs: settings.waitTimeout,
      idleRequests: idle.requests,
      signedOutRequests: settings.signedOut.requests,
    });
  let gate = openGate();

  const begin = (): void => {
    if (runner.phase === 'stopped') gate = openGate();
    if (runner.begin()) presence.tellHolds();
  };

  const stop = (): void => {
    if (runner.phase === 'stopped') return;
    gate.stop();
    endings.stop();
    runner.stop();
  };

  const callDeps: CallDeps<User> = {
    runner,
    identity,
    signOuts: () => endings.signOuts,
    whenKnown() {
      begin();
      return runner.until((now) => (now.matches({ anonymous: 'restoring' }) ? undefined : true));
    },
  };
  const signIn = createSignIn(callDeps, calls);

  return {
    name,
    get status() {
      return runner.status;
    },
    get user() {
      return whoIs(runner.snapshot);
    },
    get error() {
      return identity.error;
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
    require: createRequireUser(callDeps, signIn),
    signIn: (asked = {}) => signIn({ options: asked }),
    signOut: endings.signOut,
    renew: createRenew(callDeps),
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
