import { requireType } from '../errors/requireType.ts';
import type { Clock, Milliseconds } from '../time/clock.ts';
import type { Vault } from '../vault/vault.ts';
import { createAdmission, type IdleRequests } from './admission.ts';
import { createDelivery, type OnAnswer } from './delivery.ts';
import { type Admit, createDoor } from './door.ts';
import { gateError, overError } from './gateErrors.ts';
import type { SessionError } from '../errors/sessionError.ts';
import type { GateSession } from './gateSession.ts';
import { createLazyRetry } from './lazyRetry.ts';
import { type Outgoing, outgoingOf } from './outgoing.ts';
import { createPassage, type SignedOutRequests } from './passage.ts';
import { errorNameOf, observed, type RequestObserver } from './requestEvents.ts';
import type { createRetry, WaitFor } from './retry.ts';
import { createTokenOrigins, pageLocation } from './tokenOrigins.ts';
import { isBearer, type Verdict } from './verdict.ts';
import { createWaitQueue, type WaitQueue } from './waitQueue.ts';

/** What a caller asks of a token. */
interface AccessTokenOptions {
  /** Milliseconds the token must still be valid. Never less than the margin of its own. */
  readonly margin?: Milliseconds | undefined;
  /** Ends the wait with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What a gate is made of. */
export interface GateDeps {
  readonly vault: Pick<Vault, 'bearer' | 'lease'>;
  readonly clock: Clock;
  readonly session: GateSession;
  /** What requests are handed to, called without a receiver. */
  readonly transport: typeof fetch;
  /** Loads what judges the answers of APIs, once one is a 401. A 401 is handed through where that fails. */
  loadRetry(): Promise<typeof createRetry>;
  /** Exact origins that may receive the token; `'self'` is the page's own. */
  readonly origins: readonly string[];
  /** What relative addresses of a document resolve against; nothing in a worker. */
  baseUri(): string | undefined;
  /** Longest wait for a token. Below ky's 10 s time-out, which includes it. */
  readonly waitMs: Milliseconds;
  readonly onAnswer?: OnAnswer | undefined;
  /** Observes calls to allowed origins. Read at each call, so that it can be set later. */
  readonly onRequest?: RequestObserver | undefined;
  readonly idleRequests: IdleRequests;
  readonly signedOutRequests: SignedOutRequests;
}

/** Decides, per request and per attempt, whether a token goes on it, waits for one, or fails. */
export interface Gate {
  /** A `fetch` that puts a fresh token on requests to allowed origins. */
  readonly fetch: typeof fetch;
  /** The same for clients that are not `fetch`. */
  readonly admit: Admit;
  /** A fresh token, waited for as `fetch` does. */
  getAccessToken(options?: AccessTokenOptions): Promise<string>;
  /** The token if it is fresh now. Starts nothing. */
  peekAccessToken(): string | undefined;
  /** Ends every wait; from here on gated calls fail with `why`. */
  stop(why: SessionError): void;
}

/**
 * The gate in front of a transport.
 *
 * @throws {SessionError} `option_invalid` for an entry of `origins` that is none.
 */
export const createGate = (deps: GateDeps): Gate => {
  const { session, transport } = deps;
  const { resolve } = createTokenOrigins(deps.origins, pageLocation(deps.baseUri));
  const retry = createLazyRetry(async () => {
    const createRetry = await deps.loadRetry();
    return createRetry({ ...deps, waitFor, mayRenew: admission.mayRenew });
  });
  const admission = createAdmission({ ...deps, retry });
  const timedOut = (): Verdict => gateError('wait_timed_out', { cause: session.failure(), retryable: true });
  /** Made for the first that has to wait. */
  let waitQueue: WaitQueue<Verdict> | undefined;

  const waitFor: WaitFor = (need, signal, act) => {
    admission.expect();
    waitQueue ??= createWaitQueue({ ...deps, timedOut });
    return waitQueue.enqueue(signal, () => admission.judge(need), act);
  };

  const deliver = createDelivery({ ...deps, retry });
  const pass = createPassage({ ...deps, admission, waitFor });
  const observe = (call: Outgoing): Outgoing => (deps.onRequest ? observed(call, deps.onRequest) : call);

  const deliverObserved = async (call: Outgoing): Promise<Response> => {
    const { trace } = call;
    trace?.('started');
    try {
      const response = await pass(call, deliver);
      trace?.('settled', { status: response.status });
      return response;
    } catch (error) {
      trace?.('settled', { error: errorNameOf(error) });
      throw error;
    }
  };

  const dispatch = (input: RequestInfo | URL, init: RequestInit | undefined): Promise<Response> => {
    const call = outgoingOf(input, init, resolve);
    if (call.origin === undefined) return transport(call.target, call.init);
    return deps.onRequest ? deliverObserved(observe(call)) : pass(call, deliver);
  };

  return {
    fetch(input, init) {
      try {
        return dispatch(input, init);
      } catch (error) {
        // A `fetch` never throws.
        return Promise.reject(error);
      }
    },
    admit: createDoor({ resolve, observe, pass, retry }),
    async getAccessToken(options) {
      const { margin, signal } = requireType('object', options);
      requireType('number', margin ?? 0, 'getAccessToken: `margin`');
      return waitFor({ marginMs: margin }, signal || undefined, (verdict) => {
        if (isBearer(verdict)) return verdict.token;
        throw verdict === 'signedOut' ? overError('signed_out', session) : verdict;
      });
    },
    peekAccessToken: () => admission.freshFor(undefined)?.token,
    stop(why) {
      admission.stop(why);
      waitQueue?.judgeAll();
    },
  };
};
