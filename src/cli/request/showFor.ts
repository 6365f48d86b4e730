import type { HttpRequest } from '../curl/httpRequest.ts';
import { looksLikeToken } from './looksLikeToken.ts';
import { secretsIn } from './secretsIn.ts';

/** A text for somebody's eyes: itself, or what is said in its place. */
export type Show = (text: string) => string;

export const HIDDEN = '(looks like a token)';
const SHORTEST_SOUGHT = 12;

/** No terminal is to obey a name, nor to turn it round. */
// oxlint-disable-next-line no-control-regex -- these are the ones meant
const OBEYED = /[\0-\x1F\x7F-\x9F\u2028-\u202E\u2066-\u2069]/g;

/** Hides what looks like a token, and what is a secret elsewhere in the request. A short one can be any name. */
export const showBeside = (secrets: readonly string[]): Show => {
  const sought = secrets
    .filter(({ length }) => length >= SHORTEST_SOUGHT)
    .map((secret) => secret.toLowerCase());
  return (text) => {
    const isSecret = sought.some((secret) => text.toLowerCase().includes(secret));
    return isSecret || looksLikeToken(text) ? HIDDEN : text.replaceAll(OBEYED, ' ');
  };
};

/** How the texts of this request are shown. */
export const showFor = (request: HttpRequest): Show => showBeside(secretsIn(request));
