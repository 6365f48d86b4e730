import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** One request that was let in, and its answer. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** Fires when the API stops. */
  readonly stopped: AbortSignal;
}

type Route = (exchange: Exchange) => void | Promise<void>;

const routes: Record<string, Route> = {
  'GET /items': ({ response }) => sendJson(response, 200, { items: ['bread', 'butter', 'salt'] }),
  'POST /items': echo,
  'GET /slow': answerLate,
  'GET /redirect': redirect,
};

/** Answers by method and path. */
export function route(exchange: Exchange): void | Promise<void> {
  const found = routes[`${exchange.request.method} ${exchange.url.pathname}`];
  return found ? found(exchange) : sendJson(exchange.response, 404, { error: 'not_found' });
}

/** Answers with this. */
export function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function echo({ request, response }: Exchange): Promise<void> {
  response.setHeader('Content-Type', request.headers['content-type'] ?? 'application/octet-stream');
  return pipeline(request, response);
}

async function answerLate({ response, url, stopped }: Exchange): Promise<void> {
  await delay(Number(url.searchParams.get('ms')), undefined, { signal: stopped });
  sendJson(response, 200, { late: true });
}

function redirect({ response, url }: Exchange): void {
  response.writeHead(302, { Location: url.searchParams.get('to') ?? '/items' }).end();
}
