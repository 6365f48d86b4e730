import { CliError } from '../cliError.ts';
import { addressOf } from '../curl/address.ts';
import type { HttpBody, HttpRequest } from '../curl/httpRequest.ts';
import { basicHeader } from '../curl/options/headersOf.ts';

type Pairs = readonly (readonly [name: string, value: string])[];

/** A request as a tool or a program keeps it, before it is sent. */
export interface RequestParts {
  readonly method?: string | undefined;
  readonly url: string;
  readonly query?: Pairs | undefined;
  readonly headers?: Pairs | undefined;
  /** What is sent unless `headers` say something else. */
  readonly contentType?: string | undefined;
  readonly body?: HttpBody | undefined;
  readonly user?: readonly [name: string, password: string] | undefined;
  readonly bearer?: string | undefined;
  readonly filledIn?: readonly string[] | undefined;
  readonly hasFiles?: boolean | undefined;
  readonly isEncodingUnsure?: boolean | undefined;
  readonly isSketch?: boolean | undefined;
}

/** A form as it is sent. */
export const formText = (fields: Pairs): string =>
  new URLSearchParams(fields.map(([...field]) => field)).toString();

export const formBody = (fields: Pairs): HttpBody => ({ kind: 'raw', text: formText(fields) });

export const rawBody = (text: string): HttpBody | undefined =>
  text === '' ? undefined : { kind: 'raw', text };

const has = (headers: Pairs, name: string): boolean => headers.some(([each]) => each.toLowerCase() === name);

const withQuery = (url: string, query: Pairs): string => {
  if (query.length === 0) return url;
  const [address = '', fragment] = url.split('#', 2);
  const added = formText(query);
  return `${address}${address.includes('?') ? '&' : '?'}${added}${fragment === undefined ? '' : `#${fragment}`}`;
};

const methodOf = ({ method = '', body }: RequestParts): string => {
  const written = method.trim().toUpperCase() || (body ? 'POST' : 'GET');
  if (/^[A-Z]{1,20}$/.test(written)) return written;
  throw new CliError('The method of the request is none: it is POST for a token request');
};

const authorizationOf = ({ user, bearer }: RequestParts, inAddress: string | undefined): Pairs => {
  if (bearer !== undefined) return [['Authorization', `Bearer ${bearer}`]];
  const userAndPassword = user ? user.join(':') : inAddress;
  return userAndPassword === undefined ? [] : [basicHeader(userAndPassword)];
};

/** The request that is sent. A header that is written counts more than one that follows from something else. */
export const requestFromParts = (parts: RequestParts): HttpRequest => {
  const {
    headers: written = [],
    contentType,
    body,
    filledIn = [],
    hasFiles,
    isEncodingUnsure,
    isSketch,
  } = parts;
  const { url, userAndPassword, isSchemeAssumed } = addressOf(parts.url);
  const headers = written.filter(([name]) => name.trim() !== '' && !name.startsWith(':'));
  const request: HttpRequest = {
    method: methodOf(parts),
    url: withQuery(url, parts.query ?? []),
    headers: [
      ...headers,
      ...(has(headers, 'authorization') ? [] : authorizationOf(parts, userAndPassword)),
      ...(body && contentType && !has(headers, 'content-type')
        ? [['Content-Type', contentType] as const]
        : []),
    ],
    body,
  };
  return {
    ...request,
    ...(isSchemeAssumed && { isSchemeAssumed }),
    ...(filledIn.length > 0 && { filledIn }),
    ...(hasFiles && { hasFiles }),
    ...(isEncodingUnsure && { isEncodingUnsure }),
    ...(isSketch && { isSketch }),
  };
};
