import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** The fields of a form that was posted. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams(await text(request));
}
