import type { SessionError } from '../errors/sessionError.ts';
import type { Bearer, Vault } from '../vault/vault.ts';
import type { Admission, IdleRequests, Need, Verdict } from './admission.ts';
import type { GateDoor } from './gateDoor.ts';
import { authorized, type Outgoing, renewed, spareOf } from './outgoing.ts';
import type { Refusals } from './refusals.ts';

/** A call to an allowed origin. */
export interface Call {
  readonly origin: string;
  readonly outgoing: Outgoing;
  readonly signal: AbortSignal | null;
}

/** Waits for a verdict on a need and acts on it in the turn in which it is reached. */
export type WaitFor = <Result>(
  need: Need,
  signal: AbortSignal | null | undefined,
  act: (verdict: Verdict) => Result | PromiseLike<Result>,
) => Promise<Result>;

/** What sending needs. */
export interface DeliveryParts {
  readonly vault: Pick<Vault, 'bearer'>;
  readonly door: Pick<GateDoor, 'standing' | 'failure'>;
  readonly transport: typeof fetch;
  readonly refusals: Refusals;
  readonly admission: Admission;
  readonly idleRequests: IdleRequests;
  readonly waitFor: WaitFor;
  isStopped(): boolean;
}

/** Hands a call to the transport with a bearer, and sees to it that a 401 is answered once. */
export type Deliver = (call: Call, bearer: Bearer) => Promise<Response>;

interface Refused {
  readonly call: Call;
  readonly bearer: Bearer;
  readonly response: Response;
}

/** Whether a verdict is a bearer. */
export const isBearer = (verdict: Verdict): verdict is Bearer =>
  typeof verdict === 'object' && 'authorization' in verdict;

/** Whether what the call belonged to is over; every other reason is a want of a token. */
const isOver = (verdict: Verdict): verdict is SessionError =>
  typeof verdict === 'object' &&
  'code' in verdict &&
  (verdict.code === 'session_ended' || verdict.code === 'session_stopped');

/** Frees the connection of an answer that nobody will read. */
const discard = ({ body }: Response): void => {
  body?.cancel().catch(() => undefined);
};

/** No call was sent yet. */
export const createDelivery = (parts: DeliveryParts): Deliver => {
  const { vault, door, transport, refusals, admission, idleRequests, waitFor } = parts;

  const note = (call: Call, bearer: Bearer): void => {
    refusals.note(call.origin, bearer);
    if (!refusals.isDistrusted(call.origin, bearer)) admission.replace(bearer);
  };

  /** While the user is away nothing is renewed, so a refusal then has no consequence. */
  const mayRenew = (): boolean => door.standing !== 'idle' || idleRequests === 'renew';

  /** Takes a 401 as what it is; answers whether another token can help. */
  const heed = ({ call, bearer, response }: Refused): boolean => {
    // A redirect may have led to an origin that never saw the token.
    if (response.redirected || parts.isStopped() || refusals.isDistrusted(call.origin, bearer)) return false;
    if (vault.bearer !== bearer) return true;
    if (!mayRenew()) return false;
    note(call, bearer);
    return !refusals.isDistrusted(call.origin, bearer);
  };

  const sendAgain = ({ call, response }: Refused, spare: Outgoing, bearer: Bearer): Promise<Response> => {
    discard(response);
    const outgoing = authorized(renewed(spare), bearer.authorization);
    return hand({ ...call, outgoing }, bearer, undefined);
  };

  const repeat = (
    refused: Refused,
    spare: Outgoing,
    failure: SessionError | undefined,
  ): Promise<Response> => {
    const { call, bearer, response } = refused;
    const need: Need = { origin: call.origin, epoch: bearer.epoch, refused: { bearer, failure } };
    return waitFor(need, call.signal, (verdict) => {
      if (isBearer(verdict)) return sendAgain(refused, spare, verdict);
      if (isOver(verdict)) throw verdict;
      return response;
    });
  };

  const answerRefusal = (refused: Refused, spare: Outgoing | undefined): Response | Promise<Response> => {
    const { failure } = door;
    return heed(refused) && spare ? repeat(refused, spare, failure) : refused.response;
  };

  const hand = (call: Call, bearer: Bearer, spare: Outgoing | undefined): Promise<Response> =>
    transport(call.outgoing.target, call.outgoing.init).then((response) => {
      if (response.status === 401) return answerRefusal({ call, bearer, response }, spare);
      if (!response.redirected) refusals.clear(call.origin, bearer);
      return response;
    });

  return ({ origin, outgoing, signal }, bearer) => {
    const ready = authorized(outgoing, bearer.authorization);
    const spare = spareOf(ready);
    return hand({ origin, outgoing: ready, signal }, bearer, spare);
  };
};
