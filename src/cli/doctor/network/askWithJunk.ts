import type { HttpBody, HttpRequest } from '../../curl/httpRequest.ts';
import { withJunkToken } from '../../request/withJunkToken.ts';
import type { Ask, Reply } from './createAsk.ts';
import { fetchInitOf } from './fetchInitOf.ts';

/** A JWT, and before it the name of a field in which a client proves itself with one. */
const STRAY = /(client_(?:assertion|secret)[\s"':=]*)?eyJ[\w-]+\.[\w-]*\.[\w-]*/g;

const withoutStrays = (text: string): string =>
  text.replaceAll(STRAY, (found, proof?: string) => (proof === undefined ? 'junk' : found));

const isProof = (name: string): boolean => /^client_(?:assertion|secret)$/.test(name);

const bodyOf = (body: HttpBody): HttpBody => {
  if (body.kind === 'raw') return { kind: 'raw', text: withoutStrays(body.text) };
  return {
    kind: 'multipart',
    parts: body.parts.map(([name, value]) => [name, isProof(name) ? value : withoutStrays(value)] as const),
  };
};

/** A token that stands in the field of something else would be written into the log of the server. */
const harmless = (request: HttpRequest): HttpRequest => {
  const { url, body, ...junk } = withJunkToken(request);
  return { ...junk, url: withoutStrays(url), body: body && bodyOf(body) };
};

/** Sends the request without what can be used up or must not be tried: a junk token stands in its place. */
export const askWithJunk = (ask: Ask, what: string, request: HttpRequest): Promise<Reply> => {
  const junk = harmless(request);
  return ask({ what, url: junk.url, init: fetchInitOf(junk) });
};
