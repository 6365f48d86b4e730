import { CliError } from '../cliError.ts';
import { addressOf } from './address.ts';
import { basicHeader } from './options/headersOf.ts';
import type { HttpRequest } from './httpRequest.ts';

const BEGINNING = /\bfetch\(\s*(?=")/;

export const isFetch = (text: string): boolean => BEGINNING.test(text);

const unreadable = () =>
  new CliError('The fetch call is not as a browser copies it: choose "Copy as cURL" there instead');

/** A string of JSON has no line end: what closes a call of more than one line stands at the beginning of one. */
const argumentsIn = (text: string): string => {
  const start = BEGINNING.exec(text)!;
  const call = text.slice(start.index + start[0].length);
  const end = call.indexOf('\n})');
  return end === -1 ? call.slice(0, Math.max(call.lastIndexOf(')'), 0)) : call.slice(0, end + 2);
};

const callIn = (text: string): readonly unknown[] => {
  try {
    return JSON.parse(`[${argumentsIn(text)}]`) as unknown[];
  } catch {
    throw unreadable();
  }
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const headersOf = (value: unknown): HttpRequest['headers'] =>
  Object.entries(isRecord(value) ? value : {}).map(([name, text]) => [name, String(text)]);

/** The request of a call as "Copy as fetch" writes it, which is JSON. */
export const requestOfFetch = (text: string): HttpRequest => {
  const [address, options = {}] = callIn(text);
  if (typeof address !== 'string' || !isRecord(options)) throw unreadable();
  const { method = 'GET', body, headers, referrer } = options;
  if (typeof method !== 'string' || !/^[a-z]{1,20}$/i.test(method)) throw unreadable();
  const { url, userAndPassword } = addressOf(address);
  return {
    method,
    url,
    headers: [
      ...headersOf(headers),
      ...(userAndPassword ? [basicHeader(userAndPassword)] : []),
      ...(typeof referrer === 'string' && referrer ? [['Referer', referrer] as const] : []),
    ],
    body: typeof body === 'string' ? { kind: 'raw', text: body } : undefined,
  };
};
