import { addressOf } from './address.ts';
import type { HttpRequest } from './httpRequest.ts';

const REQUEST_LINE = /^[^\S\n]*(?<method>[A-Z]{1,20}) +(?<target>\S+) +HTTP\/\d(?:\.\d)?[^\S\n]*$/m;

export const isHttp = (text: string): boolean => REQUEST_LINE.test(text);

const headersIn = (head: string): HttpRequest['headers'] =>
  head.split('\n').flatMap((line) => {
    const [, name, value] = /^([\w-]+):(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, value!.trim()] as const];
  });

const isLoopback = (host: string): boolean => /^(?:localhost|127\.|\[::1\]|\[?0)/.test(host);

/** A request line names the path alone; the scheme is in none of it. */
const addressFor = (target: string, host: string): string =>
  target.startsWith('/') ? `${isLoopback(host) ? 'http' : 'https'}://${host}${target}` : target;

/** The request in a text as it goes over the wire, in HTTP/1.1. */
export const requestOfHttp = (text: string): HttpRequest => {
  const line = REQUEST_LINE.exec(text)!;
  const { method = '', target = '' } = line.groups!;
  const [head = '', ...rest] = text.slice(line.index + line[0].length + 1).split('\n\n');
  const headers = headersIn(head);
  const host = headers.find(([name]) => /^host$/i.test(name))?.[1] ?? '';
  const body = rest.join('\n\n').trim();
  return {
    method,
    url: addressOf(addressFor(target, host)).url,
    headers,
    body: body ? { kind: 'raw', text: body } : undefined,
  };
};
