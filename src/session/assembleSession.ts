import { createContinuity } from '../environment/continuity.ts';
import { createLanding } from './landing.ts';
import { createCalls } from './calls.ts';
import { conflictOf } from './conflictOf.ts';
import { createEndings } from './endings.ts';
import { createFacts } from './facts.ts';
import { createIdentity } from './identity.ts';
import { knownVault } from './knownVault.ts';
import { createLifecycle } from './lifecycle.ts';
import { createListeners } from '../time/listeners.ts';
import { createLoadGrants } from './loadGrants.ts';
import { createServices } from './machineServices.ts';
import type { Loaded } from './openGrants.ts';
import type { Platform } from './platform.ts';
import { createPresenceCalls } from './presenceCalls.ts';
import { createReadiness } from './readiness.ts';
import { createRemaining } from './remaining.ts';
import type { Settings } from './resolveOptions.ts';
import { createRunner, type Runner } from './runner.ts';
import { createSeat } from './seat.ts';
import type { Session } from './session.ts';
import { createSessionActor } from './sessionActor.ts';
import { createSessionGate } from './sessionGate.ts';
import { createTickets } from './tickets.ts';
import type { TabMessageEvent } from '../tabs/tabMessageEvent.ts';
import { createView, withView } from './view.ts';

/** Puts a session together from its settings and the parts of its platform. */
export const assembleSession = <User>(
  settings: Settings,
  platform: Platform,
  seat = createSeat(),
): Session<User> => {
  const { clock } = platform;
  const { vault } = seat;
  const changes = createListeners<void>();
  const tabMessages = createListeners<TabMessageEvent>();
  const facts = createFacts();
  const identity = createIdentity<User>();
  const landing = createLanding(settings.onReturn);
  const continuity = createContinuity(clock, changes.tell);
  const tickets = createTickets();
  const send: Runner['send'] = (event) => runner.send(event);
  const start = (): unknown => lifecycle.start();
  const { promise: loaded, resolve: onLoaded } = createReadiness<Loaded>();
  const lent = {
    settings,
    platform,
    clock,
    vault,
    seat,
    identity,
    landing,
    continuity,
    tabMessages,
    onLoaded,
  };
  const shared = { ...lent, tickets, loaded, grants: createLoadGrants(lent), start, send };
  const endings = createEndings({ ...shared, isLoading: () => runner.status() === 'loading' });

  const runner = createRunner<User | null>({
    services: createServices({ ...shared, endings }),
    settings,
    holdProcess: platform.holdProcess,
    changes,
    known(snapshot) {
      landing.settle();
      facts.settle(snapshot.context);
      return identity.userIn(snapshot.context.lease);
    },
    onFact(fact) {
      endings.onFact(fact);
      facts.tell(fact, runner.snapshot().context.lease);
    },
  });

  const parts = { ...shared, runner, endings };
  const { tellHolds, ...presence } = createPresenceCalls(clock, send);
  const shown = { ...parts, vault: knownVault(vault, runner) };
  const gate = createSessionGate(shown);
  const { retire, ...lifecycle } = createLifecycle({ ...parts, gate, tellHolds });
  seat.retire?.(conflictOf(settings));
  Object.assign(seat, { send, retire });

  return withView(createView(shown), runner.ready, {
    name: settings.name,
    actor: createSessionActor(runner, facts),
    arrived: landing.arrived,
    onReturn: landing.onReturn,
    ...lifecycle,
    ...createCalls(parts),
    ...presence,
    ...gate.calls,
    remaining: createRemaining(runner, clock),
    inspect: runner.inspect,
    onTabMessage: tabMessages.add,
    on: facts.on,
  });
};
