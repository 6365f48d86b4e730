import type { Actor, InspectionEvent, Subscription } from 'xstate';
import { requireType } from '../errors/requireType.ts';
import { runAppCode } from '../errors/runAppCode.ts';
import { createListeners } from './listeners.ts';
import type { SessionMachine, Stop } from './session.ts';

/** An XState inspector: a function, or an observer such as `createBrowserInspector().inspect`. */
export type Inspector = ((event: never) => void) | { readonly next?: (event: never) => void };

/** Those who look into the machine, over all starts and stops of a session. What they throw is kept from it. */
export interface Inspectors {
  /** Shows it the actors that are there, and all that happens from now on. */
  add(inspector: Inspector): Stop;
  /** There is a new actor. */
  attach(actor: Actor<SessionMachine>): void;
}

const actorsOf = (root: Actor<SessionMachine>): InspectionEvent[] =>
  [root, ...Object.values(root.getSnapshot().children)].flatMap((actorRef) =>
    actorRef ? { type: '@xstate.actor', actorRef, rootId: root.sessionId } : [],
  );

export const createInspectors = (): Inspectors => {
  const events = createListeners<InspectionEvent>();
  let actor: Actor<SessionMachine> | undefined;
  let subscription: Subscription | undefined;

  /** XState makes its events only while somebody listens. */
  const listen = (): void => {
    subscription?.unsubscribe();
    subscription = events.count() > 0 ? actor?.system.inspect(events.tell) : undefined;
  };

  return {
    add(inspector) {
      if (typeof inspector !== 'function') requireType('object', inspector ?? 0);
      const next = (event: InspectionEvent): unknown =>
        typeof inspector === 'function' ? inspector(event as never) : inspector.next?.(event as never);
      const stop = events.add(next);
      listen();
      if (actor) for (const event of actorsOf(actor)) runAppCode(() => next(event));
      return () => {
        stop();
        listen();
      };
    },
    attach(made) {
      actor = made;
      listen();
      actorsOf(made).forEach(events.tell);
    },
  };
};
