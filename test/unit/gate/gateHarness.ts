import { expect } from 'vitest';
import { type Lease, leaseFrom } from '../../../machines/lease.ts';
import type { ExpiredReason } from '../../../machines/sessionContext.ts';
import { SessionError } from '../../../src/errors/sessionError.ts';
import { type Gate, type GateDeps, createGate } from '../../../src/gate/gate.ts';
import { createRetry } from '../../../src/gate/retry.ts';
import type { GateSession } from '../../../src/gate/gateSession.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';
import { readInstant } from '../../../src/time/clock.ts';
import type { Bearer } from '../../../src/vault/vault.ts';

export const API = 'https://api.example.com';

/** What the transport saw of one call, read at once as a native fetch does. */
interface Sent {
  readonly url: string;
  readonly authorization: string | null;
  readonly input: RequestInfo | URL;
  readonly init: RequestInit | undefined;
  readonly request: Request;
}

type Phase = ReturnType<GateSession['phase']>;

type Answer = (sent: Sent) => Response | Promise<Response>;

/** A session that a test opens and shuts. */
const createFakeSession = () => {
  const listeners = new Set<() => void>();
  const asked: (number | undefined)[] = [];
  return {
    phase: 'signedIn' as Phase,
    epoch: 1,
    failure: undefined as SessionError | undefined,
    refusal: undefined as SessionError | undefined,
    endReason: null as ExpiredReason | null,
    mustRead: false,
    starts: 0,
    asked,
    listeners,
    onRenewal: undefined as (() => void) | undefined,
    mustReadRecord(): boolean {
      return this.mustRead;
    },
    start() {
      this.starts++;
    },
    requestRenewal(generation?: number) {
      asked.push(generation);
      this.onRenewal?.();
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

type FakeSession = ReturnType<typeof createFakeSession>;

/** What the gate sees of it. */
const asGateSession = (session: FakeSession): GateSession => ({
  phase: () => session.phase,
  epoch: () => session.epoch,
  failure: () => session.failure,
  refusal: () => session.refusal,
  endReason: () => session.endReason,
  mustReadRecord: () => session.mustReadRecord(),
  start: () => session.start(),
  requestRenewal: (unfit) => session.requestRenewal(unfit),
  subscribe: (onChange) => session.subscribe(onChange),
});

/** What the gate sees of a vault. */
const createFakeVault = () => {
  let bearer: Bearer | undefined;
  let held: Lease | undefined;
  return {
    bearer: () => bearer,
    lease: (): Lease | undefined => held,
    fill(token: string, lease: Lease) {
      held = lease;
      bearer = { ...lease, token, authorization: `Bearer ${token}` };
    },
    wipe() {
      held = undefined;
      bearer = undefined;
    },
  };
};

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

const ok: Answer = () => new Response('ok');

/** A gate between a fake session and a fake network, on a virtual clock. */
export const setUpGate = (options: Partial<GateDeps> = {}) => {
  const clock = createVirtualClock();
  const vault = createFakeVault();
  const session = createFakeSession();
  const sent: Sent[] = [];
  const network = { answer: ok };
  const transport = (async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    const { url } = request;
    const record = { url, authorization: request.headers.get('authorization'), input, init, request };
    sent.push(record);
    return network.answer(record);
  }) as typeof fetch;
  const deps: Writable<GateDeps> = {
    vault,
    clock,
    session: asGateSession(session),
    transport,
    loadRetry: async () => createRetry,
    origins: [API],
    baseUri: () => undefined,
    waitMs: 8000,
    idleRequests: 'reject',
    signedOutRequests: 'reject',
    ...options,
  };
  const gate: Gate = createGate(deps);

  const fill = (generation = 1, { epoch = 1, expiresIn = 300 } = {}): void => {
    const lease = leaseFrom({ expires_in: expiresIn, renewable: true }, readInstant(clock), {
      epoch,
      generation,
    });
    vault.fill(`token-${epoch}.${generation}`, lease);
  };
  const renewed = (generation: number, rest?: { epoch?: number; expiresIn?: number }): void => {
    fill(generation, rest);
    session.changed();
  };
  const become = (phase: Phase): void => {
    session.phase = phase;
    session.changed();
  };
  const end = (): void => {
    vault.wipe();
    become('signedOut');
  };
  return { clock, vault, session, sent, network, deps, gate, fill, renewed, become, end };
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

export const unauthorized = (body: string | null = 'no', challenges?: string): Response =>
  new Response(body, {
    status: 401,
    ...(challenges !== undefined && { headers: { 'WWW-Authenticate': challenges } }),
  });

/** Why a session stops its gate. */
export const stopped = new SessionError('session_stopped', 'The session was stopped');

/** An error of ours, with this code. */
export const code = (value: string): Error =>
  expect.objectContaining({ name: 'SessionError', code: value }) as Error;

export const redirected = (response: Response): Response =>
  Object.defineProperty(response, 'redirected', { value: true });
