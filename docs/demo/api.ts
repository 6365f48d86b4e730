import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { createLocalJWKSet, createRemoteJWKSet, type JSONWebKeySet } from 'jose';
import { demoAudience } from './audience.ts';
import { type Bearer, challengeFor, createBearerCheck } from './bearer.ts';
import { listen } from './http/listen.ts';
import { allowOrigin, answerPreflight, urlPolicy } from './http/origins.ts';
import { createLedger, type Ledger, type Verdict } from './ledger.ts';

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

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly stopped: AbortSignal;
}

type Route = (exchange: Exchange) => void | Promise<void>;

const routes: Record<string, Route> = {
  'GET /items': ({ response }) => sendJson(response, 200, { items: ['bread', 'butter', 'salt'] }),
  'POST /items': echo,
  'GET /slow': answerLate,
  'GET /redirect': ({ response, url }) => redirect(response, url.searchParams.get('to') ?? '/items'),
};

/** Starts an API that checks the bearer of every request itself and writes down what arrived. */
export async function startApi(options: DemoApiOptions): Promise<DemoApi> {
  const { host = '127.0.0.1', ledger = createLedger(), nowMs = Date.now } = options;
  const allows = urlPolicy(options.origins);
  const check = createBearerCheck({
    ...options,
    audience: options.audience ?? demoAudience,
    nowMs,
    keys: keysOf(options.jwks),
  });
  const stopping = new AbortController();
  let refusal = { left: 0, status: 401 };

  /** Never hides an expired token: only fresh ones are refused. */
  function verdictFor(bearer: Bearer): Verdict {
    if (bearer.verdict !== 'fresh' || refusal.left === 0) return bearer.verdict;
    refusal.left -= 1;
    return 'refused';
  }

  async function admit(exchange: Exchange): Promise<void> {
    const { request, response, url } = exchange;
    const atMs = nowMs();
    const bearer = await check(request.headers.authorization);
    const verdict = verdictFor(bearer);
    ledger.record({ ...bearer, atMs, method: request.method ?? '', path: url.pathname, verdict });
    if (verdict === 'fresh') return route(exchange);
    return refuse(response, verdict, verdict === 'refused' ? refusal.status : 401);
  }

  function answer(request: IncomingMessage, response: ServerResponse): void | Promise<void> {
    const url = new URL(request.url ?? '/', 'http://api');
    allowOrigin(request, response, allows);
    if (request.method === 'OPTIONS') return answerPreflight(response);
    if (url.pathname === '/ledger') return sendJson(response, 200, ledger.summary());
    return admit({ request, response, url, stopped: stopping.signal });
  }

  const server = createServer((request, response) => {
    // Whatever goes wrong here is a connection that is gone, by the client's doing or by stop.
    Promise.resolve(answer(request, response)).catch(() => response.destroy());
  });
  const listening = await listen(server, options.port ?? 0);

  return {
    origin: `http://${host}:${listening.port}`,
    port: listening.port,
    ledger,
    refuseNext: (count, status = 401) => void (refusal = { left: count, status }),
    stop: () => (stopping.abort(), listening.stop()),
  };
}

function keysOf(jwks: JSONWebKeySet | URL) {
  return jwks instanceof URL ? createRemoteJWKSet(jwks) : createLocalJWKSet(jwks);
}

function route(exchange: Exchange): void | Promise<void> {
  const found = routes[`${exchange.request.method} ${exchange.url.pathname}`];
  return found ? found(exchange) : sendJson(exchange.response, 404, { error: 'not_found' });
}

function refuse(response: ServerResponse, verdict: Verdict, status: number): void {
  if (status === 401) response.setHeader('WWW-Authenticate', challengeFor(verdict));
  sendJson(response, status, { error: verdict });
}

function echo({ request, response }: Exchange): Promise<void> {
  response.setHeader('Content-Type', request.headers['content-type'] ?? 'application/octet-stream');
  return pipeline(request, response);
}

async function answerLate({ response, url, stopped }: Exchange): Promise<void> {
  await delay(Number(url.searchParams.get('ms')), undefined, { signal: stopped });
  sendJson(response, 200, { late: true });
}

function redirect(response: ServerResponse, to: string): void {
  response.writeHead(302, { Location: to }).end();
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
