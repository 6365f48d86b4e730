import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createLocalJWKSet, createRemoteJWKSet, type JSONWebKeySet } from 'jose';
import { type Admission, createDoor } from './api/door.ts';
import { route, sendJson } from './api/routes.ts';
import { demoAudience } from './audience.ts';
import { challengeFor } from './bearer.ts';
import { listen } from './http/listen.ts';
import { allowOrigin, answerPreflight, urlPolicy } from './http/origins.ts';
import { createLedger, type Ledger } from './ledger.ts';

/** Whose tokens the API takes, and where it listens. */
export interface DemoApiOptions {
  /** Whose tokens are taken. */
  readonly issuer: string;
  /** The issuer's keys, or where to fetch them. */
  readonly jwks: JSONWebKeySet | URL;
  /** @default {@link demoAudience} */
  readonly audience?: string;
  /** Pages that may read the answers. @default every origin on loopback */
  readonly origins?: readonly string[];
  /** @default 0, any free one */
  readonly port?: number;
  /** The host in the API's origin; it always listens on 127.0.0.1. @default '127.0.0.1' */
  readonly host?: 'localhost' | '127.0.0.1';
  /** The clock that judges tokens, in milliseconds since 1970. @default Date.now */
  readonly nowMs?: () => number;
  /** How far the clock was ahead that issued a token, in milliseconds; it is judged by that clock. @default 0 */
  readonly aheadMs?: (issuedAtSeconds: number) => number;
  /** Where arrivals are written; several APIs can share one. @default a new one */
  readonly ledger?: Ledger;
}

/** A running API. */
export interface DemoApi {
  readonly origin: string;
  readonly port: number;
  readonly ledger: Ledger;
  /** Refuses the next requests with a fresh token, as if it had been revoked. `status` is 401 unless given. */
  refuseNext(count: number, status?: number): void;
  stop(): Promise<void>;
}

/** Starts an API that checks the bearer of every request itself and writes down what arrived. */
export async function startApi(options: DemoApiOptions): Promise<DemoApi> {
  const { issuer, audience = demoAudience, host = '127.0.0.1', ledger = createLedger() } = options;
  const { nowMs = Date.now, port: wantedPort = 0 } = options;
  const terms = { issuer, audience, nowMs, aheadMs: options.aheadMs, keys: keysOf(options.jwks) };
  const door = createDoor(terms, ledger);
  const allows = urlPolicy(options.origins);
  const stopping = new AbortController();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://api');
    allowOrigin(request, response, allows);
    if (request.method === 'OPTIONS') return answerPreflight(response);
    if (url.pathname === '/ledger') return sendJson(response, 200, ledger.summary());
    const admission = await door.admit(request, url.pathname);
    if (admission.verdict !== 'fresh') return turnAway(response, admission);
    return route({ request, response, url, stopped: stopping.signal });
  }

  const server = createServer((request, response) => {
    // What goes wrong here is a connection that is gone, by the client's doing or by stop.
    answer(request, response).catch(() => response.destroy());
  });
  const { port, stop } = await listen(server, wantedPort);

  return {
    origin: `http://${host}:${port}`,
    port,
    ledger,
    refuseNext: (count, status = 401) => door.refuseNext(count, status),
    stop: () => (stopping.abort(), stop()),
  };
}

function keysOf(jwks: JSONWebKeySet | URL) {
  return jwks instanceof URL ? createRemoteJWKSet(jwks) : createLocalJWKSet(jwks);
}

function turnAway(response: ServerResponse, { verdict, status }: Admission): void {
  if (status === 401) response.setHeader('WWW-Authenticate', challengeFor(verdict));
  sendJson(response, status, { error: verdict });
}
