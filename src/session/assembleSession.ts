import { createContinuity } from '../environment/continuity.ts';
import { createArrival } from './arrival.ts';
import { createCalls } from './calls.ts';
import { createEndings } from './endings.ts';
import { createFacts } from './facts.ts';
import { createIdentity } from './identity.ts';
import { inheritNothing } from './inheritance.ts';
import { createLifecycle } from './lifecycle.ts';
import { createListeners } from './listeners.ts';
import { createLoadGrants } from './loadGrants.ts';
import { createServices } from './machineServices.ts';
import type { LateParts, Platform } from './platform.ts';
import { createPresenceCalls } from './presenceCalls.ts';
import { createReadiness } from './readiness.ts';
import { createRemaining } from './remaining.ts';
import type { Settings } from './resolveOptions.ts';
import { createRunner, type Runner } from './runner.ts';
import type { Session } from './session.ts';
import { createSessionActor } from './sessionActor.ts';
import { createSessionGate } from './sessionGate.ts';
import { createTickets } from './tickets.ts';
import { createView, withView } from './view.ts';

/** Puts a session together from its settings and the parts of its platform. */
export const assembleSession = <User>(
  settings: Settings,
  platform: Platform,
  { vault, user } = inheritNothing(),
): Session<User> => {
  const { clock } = platform;
  const changes = createListeners<void>();
  const facts = createFacts(vault);
  const tickets = createTickets();
  const identity = createIdentity<User>();
  if (vault.lease) identity.noteUser(user, vault.lease.epoch);
  const arrival = createArrival(settings.onReturn);
  const continuity = createContinuity(clock, changes.tell);
  const send: Runner['send'] = (event) => runner.send(event);
  const { promise: lateParts, resolve: onLoaded } = createReadiness<LateParts>();
  const grants = createLoadGrants({
    settings,
    platform,
    vault,
    identity,
    arrival,
    continuity,
    onLoaded,
    tell: send,
  });
  const endings = createEndings({ vault, identity, isStored: !!settings.storage, grants, send });

  const runner = createRunner<User | null>({
    services: createServices({
      ...platform,
      settings,
      grants,
      lateParts,
      continuity,
      vault,
      tickets,
      onError: identity.noteError,
    }),
    settings,
    holdProcess: platform.holdProcess,
    changes,
    known(snapshot) {
      arrival.settle();
      return identity.userIn(snapshot.context.lease);
    },
    onFact(fact) {
      endings.onFact(fact);
      facts.tell(fact);
    },
  });

  const start = (): unknown => lifecycle.start();
  const parts = { settings, platform, vault, clock, runner, identity, continuity, endings, grants, start };
  const { tellHolds, ...presence } = createPresenceCalls(clock, send);
  const gate = createSessionGate(parts);
  const lifecycle = createLifecycle({ runner, gate, endings, tellHolds });

  return withView(createView(parts), {
    name: settings.name,
    actor: createSessionActor(runner, facts),
    get ready() {
      return runner.ready;
    },
    arrived: arrival.arrived,
    onReturn: arrival.onReturn,
    ...lifecycle,
    ...createCalls({ ...parts, tickets, lateParts }),
    signOut: endings.signOut,
    ...presence,
    ...gate.calls,
    remaining: createRemaining(runner, clock),
    inspect: runner.inspect,
    on: facts.on,
  });
};
