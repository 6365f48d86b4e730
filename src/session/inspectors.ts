import type { Actor, InspectionEvent, Subscription } from 'xstate';
import { requireType } from '../errors/requireType.ts';
import { runAppCode } from '../errors/runAppCode.ts';
import { createListeners } from '../time/listeners.ts';
import type { SessionMachine } from './session.ts';
import type { Stop } from '../time/stop.ts';

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
  const starts = createListeners<Actor<SessionMachine>>();
  let actor: Actor<SessionMachine> | undefined;

  return {
    add(inspector) {
      if (typeof inspector !== 'function') requireType('object', inspector ?? 0);
      const next = (event: InspectionEvent): unknown =>
        runAppCode(() =>
          typeof inspector === 'function' ? inspector(event as never) : inspector.next?.(event as never),
        );
      let subscription: Subscription | undefined;
      /** XState makes its events only while somebody listens. */
      const watch = (made: Actor<SessionMachine>): void => {
        subscription?.unsubscribe();
        subscription = made.system.inspect(next);
        actorsOf(made).forEach(next);
      };
      const stop = starts.add(watch);
      if (actor) watch(actor);
      return () => {
        stop();
        subscription?.unsubscribe();
      };
    },
    attach(made) {
      actor = made;
      starts.tell(made);
    },
  };
};
