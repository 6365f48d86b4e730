import type { GrantAnswer } from '../../../explain/failedGrant.ts';
import { tidied } from '../tidy.ts';
import { challengeIn } from './challengeIn.ts';
import type { Heard } from './createAsk.ts';
import { saidIn, titleIn, type Words } from './saidIn.ts';
import { withoutQuery } from './withoutQuery.ts';

/** As much of an answer as is needed to say what it is. */
export type AnswerParts = Pick<Heard, 'url' | 'status' | 'headers' | 'text' | 'object'>;

const wordBefore = (text: string | null, end: RegExp): string | undefined =>
  text?.split(end)[0]?.trim().toLowerCase() || undefined;

/** Whether a page of this origin may read it (Fetch §4.9 CORS check, without credentials). */
export const isReadableBy = (headers: Headers, origin: string): boolean =>
  ['*', origin].includes(headers.get('access-control-allow-origin') ?? '');

const isMalformed = (status: number, said: object | undefined): boolean =>
  !said || (status < 300 && !('access_token' in said));

/** An authorization endpoint answers in the address that it redirects to (RFC 6749 §4.1.2.1). */
const inLocation = (location: string | null): Words => {
  const [, query = '', fragment = ''] = /^[^?#]*(?:\?([^#]*))?(?:#(.*))?$/.exec(location ?? '') ?? [];
  const fields = new URLSearchParams(`${query}&${fragment}`);
  return {
    error: fields.get('error') ?? undefined,
    description: fields.get('error_description') ?? undefined,
  };
};

const wordsIn = ({ headers, text, object }: AnswerParts): Words => {
  if (object) return saidIn(object);
  const { error, description } = inLocation(headers.get('location'));
  return { error, description: description ?? titleIn(text) };
};

const secondsIn = (date: string | null): number | undefined => {
  const ms = Date.parse(date ?? '');
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
};

/** What Express, Spring, Flask and Go say of an address that they do not have. */
const OF_SERVER =
  /Cannot (?:GET|POST) \/|Whitelabel Error Page|The requested URL was not found on (?:the|this) server|404 page not found/;

/** What an endpoint answered, without a token. */
export const grantAnswerOf = (answer: AnswerParts, origin?: string): GrantAnswer => {
  const { url, status, headers, text, object } = answer;
  const location = headers.get('location');
  const { error, description } = wordsIn(answer);
  const challenge = challengeIn(headers.get('www-authenticate'));
  return {
    status,
    error: tidied(error),
    errorDescription: tidied(description, 300),
    contentType: tidied(wordBefore(headers.get('content-type'), /;/)),
    challenge: tidied(challenge.scheme),
    challengeError: tidied(challenge.error),
    challengeDescription: tidied(challenge.description, 300),
    challengeScope: tidied(challenge.scope),
    dateSeconds: secondsIn(headers.get('date')),
    isMalformed: isMalformed(status, object),
    isInactive: object?.['active'] === false || undefined,
    sender: tidied(headers.get('via') ?? headers.get('server') ?? OF_SERVER.exec(text)?.[0]),
    isReadable: origin === undefined ? undefined : isReadableBy(headers, origin),
    location: location === null ? undefined : withoutQuery(location, url),
  };
};
