import type { IncomingMessage, ServerResponse } from 'node:http';
import { clientHeader } from '../ledger.ts';

/** Whether a page of this origin, or a redirect to this address, is welcome. */
export type UrlPolicy = (url: string) => boolean;

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && loopbackHosts.has(hostname);
}

/** Only those listed, exactly; without a list, everything on this machine. */
export function urlPolicy(listed: readonly string[] | undefined): UrlPolicy {
  return listed ? (url) => listed.includes(url) : isLoopback;
}

/** Lets a welcome page read the answer, these headers of it included. */
export function allowOrigin(request: IncomingMessage, response: ServerResponse, allows: UrlPolicy): void {
  response.setHeader('Vary', 'Origin');
  const { origin } = request.headers;
  if (!origin || !allows(origin)) return;
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Expose-Headers', 'Retry-After, WWW-Authenticate');
}

/** Answers the question a browser asks ahead of a request with a bearer. */
export function answerPreflight(response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
  response.setHeader('Access-Control-Allow-Headers', `authorization, content-type, ${clientHeader}`);
  response.setHeader('Access-Control-Max-Age', '600');
  response.writeHead(204).end();
}
