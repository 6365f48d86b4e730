import { type AnyEventObject, type CallbackActorLogic, type EventObject, fromCallback } from 'xstate';

/**
 * A service of the machine made from one async function: it is handed each request and its answer goes back as an event.
 * Requests may overlap; answers name what they belong to, so a late one is known as late. The function must not reject.
 */
export const serviceFrom = <Request extends EventObject, Answer extends EventObject>(
  answer: (request: Request) => Promise<Answer | undefined>,
): CallbackActorLogic<Request> =>
  fromCallback<Request>(({ receive, sendBack }) => {
    receive((request) => void answer(request).then((event) => event && sendBack(event as AnyEventObject)));
  });
