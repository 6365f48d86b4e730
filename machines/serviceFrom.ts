import { type AnyEventObject, type CallbackActorLogic, type EventObject, fromCallback } from 'xstate';
import type { System } from './sessionMachine.ts';

/**
 * A service of the machine made from one async function: it is handed each request, with the actor system that it comes from,
 * and its answer goes back as an event.
 * Requests may overlap; answers name what they belong to, so a late one is known as late. The function must not reject.
 */
export const serviceFrom = <Request extends EventObject, Answer extends EventObject>(
  answer: (request: Request, system: System) => Promise<Answer | undefined>,
): CallbackActorLogic<Request> =>
  fromCallback<Request>(({ receive, sendBack, system }) => {
    receive(
      (request) => void answer(request, system).then((event) => event && sendBack(event as AnyEventObject)),
    );
  });
