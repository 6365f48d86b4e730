import type { SessionError } from '../errors/sessionError.ts';
import { type Clock, type Instant, readInstant } from '../time/clock.ts';
import type { Bearer, Vault } from '../vault/vault.ts';
import { type Admission, isBearer, type Need, type Verdict } from './admission.ts';
import type { GateSession } from './gateSession.ts';
import { authorized, copyOf, type Outgoing, signalOf, retryCopyOf } from './outgoing.ts';
import type { Refusals } from './refusals.ts';

/** WaitQueue for a verdict on a need and acts on it in the turn in which it is reached. */
export type WaitFor = <Result>(
  need: Need,
  signal: AbortSignal | null | undefined,
  act: (verdict: Verdict) => Result | PromiseLike<Result>,
) => Promise<Result>;

/** What sending needs. */
export interface DeliveryDeps {
  readonly vault: Pick<Vault, 'bearer'>;
  readonly session: Pick<GateSession, 'failure'>;
  readonly transport: typeof fetch;
  readonly refusals: Refusals;
  readonly admission: Pick<Admission, 'mayRenew' | 'replace'>;
  readonly waitFor: WaitFor;
  /** Shown every answer that an allowed origin gave to a token, with when the call was handed over. */
  readonly onAnswer?: ((answer: Response, bearer: Bearer, sentAt: Instant) => void) | undefined;
  readonly clock: Clock;
}

/** Hands a call to the transport with a bearer, and sees to it that a 401 is answered once. */
export type Deliver = (outgoing: Outgoing, bearer: Bearer) => Promise<Response>;

/** Frees the connection of an answer that nobody will read. */
const discard = ({ body }: Response): void => {
  body?.cancel().catch(() => undefined);
};

/** Whether what the call belonged to is over; every other reason is the want of a token. */
const isOver = (verdict: Exclude<Verdict, Bearer>): verdict is SessionError =>
  typeof verdict === 'object' && (verdict.code === 'session_ended' || verdict.code === 'session_stopped');

/** No call was sent yet. */
export const createDelivery = (parts: DeliveryDeps): Deliver => {
  const { vault, session, transport, refusals, admission, waitFor, onAnswer, clock } = parts;

  /** Takes a 401 for what it is; answers whether another token can help. */
  const noteUnauthorized = (response: Response, { origin }: Outgoing, bearer: Bearer): boolean => {
    // A redirect may have led to an origin that never saw the token.
    if (response.redirected || refusals.isDistrusted(origin, bearer)) return false;
    if (vault.bearer !== bearer) return true;
    if (!admission.mayRenew() || !refusals.note(origin, bearer)) return false;
    admission.replace(bearer);
    return true;
  };

  const answerRefusal = (
    response: Response,
    sent: Outgoing,
    bearer: Bearer,
    retryCopy: Outgoing | undefined,
  ): Response | Promise<Response> => {
    const { failure } = session;
    if (!noteUnauthorized(response, sent, bearer) || !retryCopy) return response;
    const need = { origin: sent.origin, epoch: bearer.epoch, refused: bearer.generation, failure };
    return waitFor(need, signalOf(retryCopy), (verdict) => {
      if (!isBearer(verdict)) {
        if (isOver(verdict)) throw verdict;
        return response;
      }
      discard(response);
      return hand(authorized(copyOf(retryCopy), verdict.authorization), verdict, undefined);
    });
  };

  const hand = (outgoing: Outgoing, bearer: Bearer, retryCopy: Outgoing | undefined): Promise<Response> => {
    const sentAt = onAnswer && readInstant(clock);
    return transport(outgoing.target, outgoing.init).then((response) => {
      if (response.status === 401) return answerRefusal(response, outgoing, bearer, retryCopy);
      // Status 0: an opaque answer, which says nothing.
      if (response.redirected || response.status === 0) return response;
      refusals.clear(outgoing.origin, bearer);
      if (sentAt) onAnswer(response, bearer, sentAt);
      return response;
    });
  };

  return (outgoing, bearer) => {
    const ready = authorized(outgoing, bearer.authorization);
    return hand(ready, bearer, retryCopyOf(ready));
  };
};
