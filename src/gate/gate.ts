import type { SessionError } from '../errors/sessionError.ts';
import type { Clock, Milliseconds } from '../time/clock.ts';
import type { Vault } from '../vault/vault.ts';
import { createAdmission, type IdleRequests, type Verdict } from './admission.ts';
import { type Call, createDelivery, isBearer, type WaitFor } from './delivery.ts';
import type { GateDoor } from './gateDoor.ts';
import { sessionStopped, signedOut, waitTimedOut } from './gateErrors.ts';
import {
  addressOf,
  detached,
  isAuthorized,
  isRequest,
  type Outgoing,
  previewOf,
  signalOf,
} from './outgoing.ts';
import { createRefusals } from './refusals.ts';
import { createTokenOrigins } from './tokenOrigins.ts';
import { createWaits } from './waits.ts';

/** What happens to requests while nobody is signed in; a function decides by a clone of the request. */
export type SignedOutRequests = 'reject' | 'send' | ((request: Request) => 'reject' | 'send');

/** What a caller asks of a token. */
export interface AccessTokenOptions {
  /** Milliseconds the token must still be valid. Never less than the margin of its own. */
  readonly margin?: Milliseconds | undefined;
  /** Ends the wait with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What a gate is made of. */
export interface GateParts {
  readonly vault: Pick<Vault, 'bearer'>;
  readonly clock: Clock;
  readonly door: GateDoor;
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

const errorOf = (verdict: SessionError | 'signedOut'): SessionError =>
  verdict === 'signedOut' ? signedOut() : verdict;

/** The gate in front of a transport. */
export const createGate = (parts: GateParts): Gate => {
  const { vault, clock, door, transport } = parts;
  const { waitMs = 8000, idleRequests = 'reject', signedOutRequests = 'reject' } = parts;
  const page = { selfOrigin: pageOrigin(), baseUri: () => parts.baseUri() };
  const origins = createTokenOrigins(parts.origins ?? ['self'], page);
  const refusals = createRefusals();
  const admission = createAdmission({ vault, clock, door, refusals, idleRequests });
  const timedOut = (): Verdict => waitTimedOut(waitMs, door.failure);
  const waits = createWaits<Verdict>({ clock, door, waitMs, timedOut });
  let stopped = false;
  const isStopped = (): boolean => stopped;

  const waitFor: WaitFor = (need, signal, act) =>
    new Promise((resolve, reject) => {
      const settle = (verdict: Verdict): void => {
        try {
          resolve(act(verdict));
        } catch (error) {
          reject(error);
        }
      };
      admission.expect();
      waits.join({ signal, judge: () => admission.judge(need), settle, abort: reject });
    });

  const deliver = createDelivery({
    vault,
    door,
    transport,
    refusals,
    admission,
    idleRequests,
    waitFor,
    isStopped,
  });

  const sendSignedOut = (outgoing: Outgoing): Promise<Response> => {
    const decision =
      typeof signedOutRequests === 'function' ? signedOutRequests(previewOf(outgoing)) : signedOutRequests;
    if (decision === 'reject') throw signedOut();
    return transport(outgoing.target, outgoing.init);
  };

  const deliverLater = (call: Call): Promise<Response> => {
    door.start();
    const held = { ...call, outgoing: detached(call.outgoing) };
    return waitFor({ origin: call.origin }, call.signal, (verdict) => {
      if (verdict === 'signedOut') return sendSignedOut(held.outgoing);
      if (!isBearer(verdict)) throw verdict;
      return deliver(held, verdict);
    });
  };

  const deliverGated = (call: Call): Promise<Response> => {
    if (stopped) throw sessionStopped();
    const bearer = admission.freshFor(call.origin);
    return bearer ? deliver(call, bearer) : deliverLater(call);
  };

  const dispatch = (input: RequestInfo | URL, init: RequestInit | undefined): Promise<Response> => {
    const address = addressOf(input);
    const origin = origins.originOf(address);
    if (origin === undefined || isAuthorized(input, init)) return transport(input, init);
    const target = isRequest(input) ? new Request(input) : address;
    // Only the copy is known to be a real `Request`: what looks like one can name any address.
    if (typeof target !== 'string' && origins.originOf(target.url) !== origin) return transport(target, init);
    return deliverGated({ origin, outgoing: { target, init }, signal: signalOf(input, init) });
  };

  const getAccessToken = ({ margin, signal }: AccessTokenOptions = {}): Promise<string> => {
    if (stopped) return Promise.reject(sessionStopped());
    if (!signal?.aborted && !admission.freshFor(undefined)) door.start();
    return waitFor({ marginMs: margin }, signal, (verdict) => {
      if (!isBearer(verdict)) throw errorOf(verdict);
      return verdict.token;
    });
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
    getAccessToken,
    peekAccessToken: () => (stopped ? undefined : admission.freshFor(undefined)?.token),
    stop() {
      stopped = true;
      waits.endAll(sessionStopped);
    },
  };
};
