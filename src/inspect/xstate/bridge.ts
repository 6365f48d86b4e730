import type { AnyActorRef, InspectionEvent, Snapshot } from 'xstate';
import { runAppCode } from '../../errors/runAppCode.ts';
import { createSessionMachine } from '../../../machines/standaloneMachine.ts';
import { legacyDefinition, nameOf, serviceDefinition } from './legacyDefinition.ts';
import { createLegacyService, type LegacyService, type ShownService } from './legacyService.ts';
import { type LegacyEvent, legacyState, type Shown, shownOfMachine, shownOfService } from './legacyState.ts';

/** Shows the actors of sessions, which are of XState 5, as services of XState 4. */
export interface Bridge {
  readonly inspect: (happened: InspectionEvent) => void;
  /** The service of this session id, while it runs. */
  find(sessionId: string): LegacyService | undefined;
  /** All services end, and no more are shown. */
  stop(): void;
}

/** An actor that is shown. */
interface ShownActor extends ShownService {
  readonly shown: Shown;
  /** What the actor handles: its microsteps are shown one by one, so that the last snapshot is no news. */
  event: LegacyEvent;
  isStepping: boolean;
}

/** A transition as XState 5 tells of it: for an edge of the chart there is no event. */
interface Taken {
  readonly eventType: string;
  readonly guard?: unknown;
}

/** An actor is announced while it is made: it has no snapshot then, and XState's development build throws. */
const snapshotIn = (happened: InspectionEvent): Snapshot<unknown> | undefined => {
  if ('snapshot' in happened) return happened.snapshot;
  try {
    return happened.actorRef.getSnapshot() as Snapshot<unknown> | undefined;
  } catch {
    return undefined;
  }
};

const START: LegacyEvent = { type: 'xstate.init' };

export const createBridge = (register: (service: LegacyService) => void): Bridge => {
  const machine = { definition: legacyDefinition(createSessionMachine().root) };
  const actors = new Map<string, ShownActor>();
  let isStopped = false;

  const begin = (actor: AnyActorRef, rootId: string, snapshot: Snapshot<unknown>): void => {
    const { sessionId } = actor;
    const isRoot = sessionId === rootId;
    const id = isRoot ? machine.definition.id : actor.id;
    const shown = isRoot ? shownOfMachine : shownOfService;
    const facts = {
      sessionId,
      id,
      parent: isRoot ? undefined : { sessionId: rootId },
      machine: isRoot ? machine : { definition: serviceDefinition(id) },
    };
    const made = createLegacyService(facts, legacyState(sessionId, shown.state(snapshot), START, false));
    actors.set(sessionId, { ...made, shown, event: START, isStepping: false });
    register(made.service);
  };

  const become = (actor: ShownActor, snapshot: Snapshot<unknown>, event: LegacyEvent): void => {
    const { service, shown } = actor;
    actor.become(legacyState(service.sessionId, shown.state(snapshot), event, snapshot.status !== 'active'));
  };

  const hear = (actor: ShownActor, event: LegacyEvent): void => {
    actor.event = actor.shown.event(event);
    actor.isStepping = false;
    // That it starts is told when it is registered.
    if (event.type !== START.type) actor.hear(actor.event);
  };

  const step = (actor: ShownActor, snapshot: Snapshot<unknown>, taken: readonly Taken[]): void => {
    actor.isStepping = true;
    const edge = taken.find(({ eventType }) => eventType === '');
    if (!edge) return become(actor, snapshot, actor.event);
    const event = { type: nameOf(edge.guard) };
    actor.hear(event);
    become(actor, snapshot, event);
  };

  const settle = (actor: ShownActor, snapshot: Snapshot<unknown>, event: LegacyEvent): void => {
    const isActive = snapshot.status === 'active';
    if (!isActive || !actor.isStepping) become(actor, snapshot, actor.shown.event(event));
    actor.isStepping = false;
    if (isActive) return;
    actors.delete(actor.service.sessionId);
    actor.end();
  };

  const show = (happened: InspectionEvent): void => {
    const { actorRef, rootId, type } = happened;
    const actor = actors.get(actorRef.sessionId);
    if (!actor) {
      const snapshot = snapshotIn(happened);
      if (snapshot?.status === 'active') begin(actorRef as AnyActorRef, rootId, snapshot);
      return;
    }
    if (type === '@xstate.event') hear(actor, happened.event);
    if (type === '@xstate.microstep') {
      const { snapshot, _transitions: taken } = happened;
      step(actor, snapshot, taken as readonly Taken[]);
    }
    if (type === '@xstate.snapshot') settle(actor, happened.snapshot, happened.event);
  };

  return {
    find: (sessionId) => actors.get(sessionId)?.service,
    inspect(happened) {
      // An actor that is not a session's would be stopped by what is thrown here.
      if (!isStopped) runAppCode(() => show(happened));
    },
    stop() {
      isStopped = true;
      actors.forEach((actor) => actor.end());
      actors.clear();
    },
  };
};
