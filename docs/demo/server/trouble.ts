import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Backend } from '../backend.ts';
import { troubles } from '../pageSettings.ts';

const prefix = '/trouble/';

/** `POST /trouble/revoke` and the like, for the page alone. */
export function answerTrouble(
  { headers }: IncomingMessage,
  response: ServerResponse,
  path: string,
  { make }: Backend,
): void {
  const trouble = troubles.find((name) => path === prefix + name);
  if (headers['sec-fetch-site'] !== 'same-origin') return end(response, 403);
  const happen = trouble && make[trouble];
  if (!happen) return end(response, 404);
  happen();
  return end(response, 204);
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}
