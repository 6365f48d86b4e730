import { leaseFrom } from '../../../machines/lease.ts';
import type { ExpiredReason } from '../../../machines/sessionContext.ts';
import type { SessionError } from '../../../src/errors/sessionError.ts';
import { type Gate, type GateDeps, createGate } from '../../../src/gate/gate.ts';
import type { GateSession } from '../../../src/gate/gateSession.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';
import { readInstant } from '../../../src/time/clock.ts';
import { createVault } from '../../../src/vault/vault.ts';

export const API = 'https://api.example.com';

/** What the transport saw of one call, read at once as a native fetch does. */
interface Sent {
  readonly url: string;
  readonly authorization: string | null;
  readonly input: RequestInfo | URL;
  readonly init: RequestInit | undefined;
  readonly request: Request;
}

type Answer = (sent: Sent) => Response | Promise<Response>;

/** A session that a test opens and shuts. */
const createFakeDoor = () => {
  const listeners = new Set<() => void>();
  const asked: (number | undefined)[] = [];
  return {
    phase: 'signedIn' as GateSession['phase'],
    epoch: 1,
    failure: undefined as SessionError | undefined,
    refusal: undefined as SessionError | undefined,
    endReason: null as ExpiredReason | null,
    mustRead: false,
    starts: 0,
    asked,
    listeners,
    mustReadRecord(): boolean {
      return this.mustRead;
    },
    onRequest: undefined as (() => void) | undefined,
    start() {
      this.starts++;
    },
    requestRenewal(generation?: number) {
      asked.push(generation);
      this.onRequest?.();
    },
    subscribe(onChange: () => void) {
      const listener = () => onChange();
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    changed() {
      for (const listener of listeners) listener();
    },
  };
};

const ok: Answer = () => new Response('ok');

/** A gate between a fake session and a fake network, on a virtual clock. */
export const setUpGate = (options: Partial<GateDeps> = {}) => {
  const clock = createVirtualClock();
  const vault = createVault();
  const session = createFakeDoor();
  const sent: Sent[] = [];
  const network = { answer: ok };
  const transport = (async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    const { url } = request;
    const record = { url, authorization: request.headers.get('authorization'), input, init, request };
    sent.push(record);
    return network.answer(record);
  }) as typeof fetch;
  const gate: Gate = createGate({
    vault,
    clock,
    session,
    transport,
    origins: [API],
    baseUri: () => undefined,
    ...options,
  });

  const fill = (generation = 1, { epoch = 1, expiresIn = 300 } = {}): void => {
    const lease = leaseFrom({ expires_in: expiresIn, renewable: true }, readInstant(clock), {
      epoch,
      generation,
    });
    vault.permitSignIn().commit({ accessToken: `token-${epoch}.${generation}` }, lease, 'ada');
  };
  const renewed = (generation: number, rest?: { epoch?: number; expiresIn?: number }): void => {
    fill(generation, rest);
    session.changed();
  };
  const become = (phase: GateSession['phase']): void => {
    session.phase = phase;
    session.changed();
  };
  const end = (): void => {
    vault.wipe();
    become('signedOut');
  };
  return { clock, vault, session, sent, network, gate, fill, renewed, become, end };
};

/** Settled or not, and how, without failing the test by an unhandled rejection. */
export const watch = <T>(promise: Promise<T>) => {
  const seen: { value?: T; error?: unknown; isSettled: boolean } = { isSettled: false };
  promise.then(
    (value) => Object.assign(seen, { value, isSettled: true }),
    (error: unknown) => Object.assign(seen, { error, isSettled: true }),
  );
  return seen;
};

export const unauthorized = (body = 'no'): Response => new Response(body, { status: 401 });

export const redirected = (response: Response): Response =>
  Object.defineProperty(response, 'redirected', { value: true });
