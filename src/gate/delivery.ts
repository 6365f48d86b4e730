import { type Clock, type Instant, readInstant } from '../time/clock.ts';
import type { Bearer } from '../vault/vault.ts';
import { isEvidence } from './apiAnswer.ts';
import { copyOf, type Outgoing, retryCopyOf } from './outgoing.ts';
import { present } from './present.ts';
import type { Retry } from './retry.ts';

/** Shown every answer that an allowed origin gave to a token, with when the call was handed over. Never throws. */
export type OnAnswer = (answer: Response, bearer: Bearer, sentAt: Instant) => void;

/** What sending needs. */
export interface DeliveryDeps {
  readonly transport: typeof fetch;
  readonly retry: Retry;
  readonly clock: Clock;
  readonly onAnswer?: OnAnswer | undefined;
}

/** Hands a call to the transport, with a bearer if there is one, and sees to it that a 401 is answered once. */
export type Deliver = (outgoing: Outgoing, bearer: Bearer | undefined) => Promise<Response>;

/** Frees the connection of an answer that nobody will read. A transport of the app's own can have streams of another kind. */
const discard = ({ body }: Response): void => {
  body?.cancel?.().catch(() => undefined);
};

/** No call was sent yet. */
export const createDelivery = ({ transport, retry, clock, onAnswer }: DeliveryDeps): Deliver => {
  const answerRefusal = (
    response: Response,
    sent: Outgoing,
    bearer: Bearer,
    retryCopy: Outgoing | undefined,
  ): Response | PromiseLike<Response> =>
    retry.refused(response, sent, bearer, !!retryCopy, (next) => {
      if (!next || !retryCopy) return response;
      discard(response);
      sent.trace?.('repeated');
      return hand(present(next, copyOf(retryCopy)), next, undefined);
    });

  const hand = (outgoing: Outgoing, bearer: Bearer, retryCopy: Outgoing | undefined): Promise<Response> => {
    const sentAt = onAnswer && readInstant(clock);
    return transport(outgoing.target, outgoing.init).then((response) => {
      if (response.status === 401) return answerRefusal(response, outgoing, bearer, retryCopy);
      retry.accepted(response, outgoing, bearer);
      if (sentAt && isEvidence(response)) onAnswer(response, bearer, sentAt);
      return response;
    });
  };

  return (outgoing, bearer) => {
    outgoing.trace?.('sent');
    if (!bearer) return transport(outgoing.target, outgoing.init);
    const ready = present(bearer, outgoing);
    return hand(ready, bearer, retryCopyOf(ready));
  };
};
