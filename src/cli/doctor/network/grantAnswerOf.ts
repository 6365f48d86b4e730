import type { GrantAnswer } from '../../../explain/failedGrant.ts';
import { tidied } from '../tidy.ts';
import type { Heard } from './createAsk.ts';
import { withoutQuery } from './withoutQuery.ts';

const wordBefore = (text: string | null, end: RegExp): string | undefined =>
  text?.split(end)[0]?.trim().toLowerCase() || undefined;

/** Whether a page of this origin may read it (Fetch §4.9 CORS check, without credentials). */
export const isReadableBy = (headers: Headers, origin: string): boolean =>
  ['*', origin].includes(headers.get('access-control-allow-origin') ?? '');

const isMalformed = (status: number, said: object | undefined): boolean =>
  !said || (status < 300 && !('access_token' in said));

/** What a token endpoint answered, without a token. */
export const grantAnswerOf = (
  { url, status, headers, object: said }: Heard,
  origin?: string,
): GrantAnswer => {
  const location = headers.get('location');
  return {
    status,
    error: tidied(said?.['error']),
    errorDescription: tidied(said?.['error_description'], 300),
    contentType: tidied(wordBefore(headers.get('content-type'), /;/)),
    challenge: tidied(wordBefore(headers.get('www-authenticate'), /\s/)),
    isMalformed: isMalformed(status, said),
    sender: tidied(headers.get('via') ?? headers.get('server')),
    isReadable: origin === undefined ? undefined : isReadableBy(headers, origin),
    location: location === null ? undefined : withoutQuery(location, url),
  };
};
