import { createContinuity } from '../environment/continuity.ts';
import { createVault } from '../vault/vault.ts';
import { createAdoption } from './adoption.ts';
import { createArrival } from './arrival.ts';
import { createEndings } from './endings.ts';
import { createFacts } from './facts.ts';
import { createIdentity } from './identity.ts';
import { createLifecycle } from './lifecycle.ts';
import { createListeners } from './listeners.ts';
import { createLoadGrants } from './loadGrants.ts';
import { provideServices } from './machineServices.ts';
import type { Platform } from './platform.ts';
import { createPresenceCalls } from './presenceCalls.ts';
import { createRemaining } from './remaining.ts';
import { createRenew } from './renew.ts';
import { createRequireUser } from './requireUser.ts';
import type { Settings } from './resolveOptions.ts';
import { createRunner, type Runner } from './runner.ts';
import { createSelection } from './selection.ts';
import type { Session } from './session.ts';
import { createSessionActor } from './sessionActor.ts';
import { createSessionGate } from './sessionGate.ts';
import { createSignIn } from './signIn.ts';
import { createSignInCalls } from './signInCalls.ts';
import { createView, withView } from './view.ts';

/** Puts a session together from its settings and the parts of its platform. */
export const assembleSession = <User>(
  settings: Settings,
  platform: Platform,
  vault = createVault(),
): Session<User> => {
  const { clock } = platform;
  const changes = createListeners<void>();
  const facts = createFacts(vault);
  const calls = createSignInCalls();
  const identity = createIdentity<User>();
  const arrival = createArrival(settings.onReturn);
  const continuity = createContinuity(clock, changes.tell);
  const grants = createLoadGrants({
    settings,
    platform,
    vault,
    identity,
    arrival,
    continuity,
    tell: (event) => runner.send(event),
  });
  const send: Runner['send'] = (event) => runner.send(event);
  const endings = createEndings({ vault, identity, isStored: !!settings.storage, grants, send });

  const runner = createRunner<User | null>({
    machine: provideServices({
      ...platform,
      grants,
      continuity,
      vault,
      calls,
      activity: settings.activity,
      rotatingDisplay: settings.idle.rotatingDisplay,
      onError: identity.noteError,
    }),
    settings: settings.machine,
    inspector: settings.inspect,
    changes,
    known(snapshot) {
      arrival.settle();
      return snapshot.hasTag('signedIn') ? identity.user : null;
    },
    onFact(fact) {
      endings.onFact(fact);
      facts.tell(fact);
    },
  });

  const start = (): unknown => lifecycle.start();
  const signOuts = (): number => endings.signOuts;
  const parts = { settings, platform, vault, clock, runner, identity, continuity, start, signOuts };
  const presence = createPresenceCalls(clock, send);
  const { adopt, onAnswer } = createAdoption({ vault, clock, grants, send });
  const gate = createSessionGate({ ...parts, onAnswer });
  const lifecycle = createLifecycle({ runner, presence, gate, endings });
  const view = createView(parts);
  const signIn = createSignIn(parts, calls);

  return withView(view, {
    name: settings.name,
    actor: createSessionActor(runner, facts),
    get ready() {
      return runner.ready;
    },
    arrived: arrival.arrived,
    onReturn: arrival.onReturn,
    ...lifecycle,
    require: createRequireUser(parts, signIn),
    signIn: (asked = {}) => signIn({ options: asked }),
    signOut: endings.signOut,
    renew: createRenew(parts),
    adopt,
    stay: presence.stay,
    touch: presence.touch,
    keepAwake: presence.keepAwake,
    fetch: gate.fetch,
    getAccessToken: gate.getAccessToken,
    peekAccessToken: gate.peekAccessToken,
    subscribe: view.subscribe,
    select: (pick, isSame) => createSelection(() => pick(view.get()), view.subscribe, isSame),
    remaining: createRemaining(runner, clock),
    inspect: runner.inspect,
    on: facts.on,
  });
};
