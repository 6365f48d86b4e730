import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Backend } from '../backend.ts';
import { type Trouble, troubles } from '../pageSettings.ts';

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
  if (!trouble || !make) return end(response, 404);
  return cause(make, trouble, response);
}

function cause(make: NonNullable<Backend['make']>, trouble: Trouble, response: ServerResponse): void {
  make[trouble]();
  end(response, 204);
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}
