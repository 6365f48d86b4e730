import type { Clock, Instant, Milliseconds } from '../time/clock.ts';
import type { Bearer, Vault } from '../vault/vault.ts';
import { createAdmission, type IdleRequests, isBearer, type Verdict } from './admission.ts';
import { createDelivery, type WaitFor } from './delivery.ts';
import type { GateSession } from './gateSession.ts';
import { gateError } from './gateErrors.ts';
import { detached, isAuthorized, isRequest, type Outgoing, previewOf, signalOf } from './outgoing.ts';
import { createRefusals } from './refusals.ts';
import { createTokenOrigins } from './tokenOrigins.ts';
import { createWaitQueue } from './waitQueue.ts';

/** What happens to requests while nobody is signed in; a function decides by a clone of the request. */
export type SignedOutRequests = 'reject' | 'send' | ((request: Request) => 'reject' | 'send');

/** What a caller asks of a token. */
interface AccessTokenOptions {
  /** Milliseconds the token must still be valid. Never less than the margin of its own. */
  readonly margin?: Milliseconds | undefined;
  /** Ends the wait with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What a gate is made of. */
export interface GateDeps {
  readonly vault: Pick<Vault, 'bearer'>;
  readonly clock: Clock;
  readonly session: GateSession;
  /** What requests are handed to, called without a receiver. */
  readonly transport: typeof fetch;
  /** Exact origins that may receive the token; `'self'` is the page's own. */
  readonly origins?: readonly string[] | undefined;
  /** What relative addresses resolve against. */
  baseUri(): string | undefined;
  /**
   * Longest wait for a token. Below ky's 10 s time-out, which includes it.
   *
   * @default 8000
   */
  readonly waitMs?: Milliseconds | undefined;
  /** Shown every answer that an allowed origin gave to a token, with when the call was handed over. Never throws. */
  readonly onAnswer?: ((answer: Response, bearer: Bearer, sentAt: Instant) => void) | undefined;
  /** @default 'reject' */
  readonly idleRequests?: IdleRequests | undefined;
  /** @default 'reject' */
  readonly signedOutRequests?: SignedOutRequests | undefined;
}

/** Decides, per request and per attempt, whether a token goes on it, waits for one, or fails. */
export interface Gate {
  /** A `fetch` that puts a fresh token on requests to allowed origins. */
  readonly fetch: typeof fetch;
  /** A fresh token, waited for as `fetch` does. */
  getAccessToken(options?: AccessTokenOptions): Promise<string>;
  /** The token if it is fresh now. Starts nothing. */
  peekAccessToken(): string | undefined;
  /** Ends every wait; from here on gated calls fail. */
  stop(): void;
}

const pageOrigin = (): string | undefined =>
  (globalThis as { location?: { origin?: string } }).location?.origin;

/** The gate in front of a transport. */
export const createGate = (parts: GateDeps): Gate => {
  const { vault, clock, session, transport } = parts;
  const { waitMs = 8000, idleRequests = 'reject', signedOutRequests = 'reject' } = parts;
  const page = { selfOrigin: pageOrigin(), baseUri: () => parts.baseUri() };
  const { originOf } = createTokenOrigins(parts.origins ?? ['self'], page);
  const refusals = createRefusals();
  const admission = createAdmission({ vault, clock, session, refusals, idleRequests });
  const timedOut = (): Verdict => gateError('wait_timed_out', { cause: session.failure, retryable: true });
  const waitQueue = createWaitQueue<Verdict>({ clock, session, waitMs, timedOut });

  const waitFor: WaitFor = (need, signal, act) => {
    admission.expect();
    return waitQueue.enqueue(signal, () => admission.judge(need), act);
  };

  const deliver = createDelivery({ ...parts, refusals, admission, waitFor });

  const deliverSignedOut = (outgoing: Outgoing): Promise<Response> => {
    const policy =
      typeof signedOutRequests === 'function' ? signedOutRequests(previewOf(outgoing)) : signedOutRequests;
    if (policy === 'reject') throw gateError('signed_out');
    return transport(outgoing.target, outgoing.init);
  };

  const deliverLater = (outgoing: Outgoing): Promise<Response> =>
    waitFor({ origin: outgoing.origin }, signalOf(outgoing), (verdict) => {
      if (verdict === 'signedOut') return deliverSignedOut(outgoing);
      if (!isBearer(verdict)) throw verdict;
      return deliver(outgoing, verdict);
    });

  const deliverGated = (outgoing: Outgoing): Promise<Response> => {
    const bearer = admission.freshFor(outgoing.origin);
    return bearer ? deliver(outgoing, bearer) : deliverLater(detached(outgoing));
  };

  const dispatch = (input: RequestInfo | URL, init: RequestInit | undefined): Promise<Response> => {
    // An object is turned into a string once: two readings could differ.
    const address = isRequest(input) ? input.url : String(input);
    const origin = originOf(address);
    if (origin === undefined || isAuthorized(input, init)) return transport(input, init);
    // `fetch` takes a `Request` as its second argument, too; no spread copies what that has.
    const whole = init && isRequest(init as Request) ? init : undefined;
    if (!whole && !isRequest(input)) return deliverGated({ origin, target: address, init });
    const target = new Request(input, whole);
    const rest = whole ? undefined : init;
    // Only the copy is known to be a `Request`: what looks like one can name any address.
    return originOf(target.url) === origin
      ? deliverGated({ origin, target, init: rest })
      : transport(target, rest);
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
    getAccessToken: ({ margin, signal } = {}) =>
      waitFor({ marginMs: margin }, signal, (verdict) => {
        if (isBearer(verdict)) return verdict.token;
        throw verdict === 'signedOut' ? gateError('signed_out') : verdict;
      }),
    peekAccessToken: () => admission.freshFor(undefined)?.token,
    stop() {
      admission.stop();
      waitQueue.judgeAll();
    },
  };
};
