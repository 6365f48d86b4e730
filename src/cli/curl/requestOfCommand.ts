import { CliError } from '../cliError.ts';
import { addressOf } from './address.ts';
import type { HttpBody, HttpRequest } from './httpRequest.ts';
import { dataOf, queryOf } from './options/dataOf.ts';
import { basicHeader, headersOf } from './options/headersOf.ts';
import { partsOf } from './options/partsOf.ts';
import { readOptions, type CurlOption } from './options/readOptions.ts';
import { withoutFiles } from './options/withoutFiles.ts';
import { unmarked } from './shell/filledIn.ts';

const isGiven = (options: readonly CurlOption[], option: string): boolean =>
  options.some(({ name }) => name === option);

const lastOf = (options: readonly CurlOption[], option: string): string | undefined =>
  options.findLast(({ name }) => name === option)?.value;

/** What stands before the first `--next` that has an address: the rest are other requests. */
const firstRequestIn = (options: readonly CurlOption[]): readonly CurlOption[] => {
  const end = options.findIndex(({ name }) => name === 'next');
  return end === -1 ? options : options.slice(0, end);
};

const bodyOf = (options: readonly CurlOption[]): HttpBody | undefined => {
  const parts = partsOf(options);
  const text = isGiven(options, 'get') ? undefined : dataOf(options);
  if (parts.length > 0 && text !== undefined)
    throw new CliError('The command has both --data and --form, which curl refuses: keep one of them');
  if (parts.length > 0) return { kind: 'multipart', parts };
  return text === undefined ? undefined : { kind: 'raw', text };
};

const methodOf = (options: readonly CurlOption[], body: HttpBody | undefined): string => {
  const method =
    lastOf(options, 'request') ??
    lastOf(options, 'upload') ??
    (body ? 'POST' : isGiven(options, 'head') ? 'HEAD' : 'GET');
  if (/^[a-z]{1,20}$/i.test(method)) return method;
  throw new CliError('What follows --request is no method: it is POST for a token request');
};

const withQuery = (url: string, parts: readonly string[]): string => {
  if (parts.length === 0) return url;
  const [address = ''] = url.split('#', 1);
  return `${address}${address.includes('?') ? '&' : '?'}${parts.join('&')}`;
};

const contentTypeOf = (options: readonly CurlOption[], body: HttpBody | undefined): string | undefined => {
  if (!body) return undefined;
  if (isGiven(options, 'json')) return 'application/json';
  return body.kind === 'multipart' ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
};

/** Words that lost their quotation marks look like more addresses. */
const addressIn = (options: readonly CurlOption[]): string => {
  const written = options.filter(({ name }) => name === 'url').map(({ value }) => value);
  const address = written.find((value) => value.includes('://')) ?? written[0];
  if (address === undefined) throw new CliError('The command has no URL: copy the whole command again');
  return address;
};

/** The request that a command of curl makes; what its options say about the connection is left out. */
export const requestOfCommand = (marked: readonly string[]): HttpRequest => {
  const { words, filledIn } = unmarked(marked);
  const { options, hasFiles, isSketch } = withoutFiles(firstRequestIn(readOptions(words)));
  const { url, userAndPassword, isSchemeAssumed } = addressOf(addressIn(options));
  const body = bodyOf(options);
  const data = isGiven(options, 'get') ? dataOf(options) : undefined;
  const contentType = contentTypeOf(options, body);
  const defaults = [
    ...(userAndPassword ? [basicHeader(userAndPassword)] : []),
    ...(contentType ? [['Content-Type', contentType] as const] : []),
    ...(body && isGiven(options, 'json') ? [['Accept', 'application/json'] as const] : []),
  ];
  return {
    method: methodOf(options, body),
    url: withQuery(url, [...(data ? [data] : []), ...queryOf(options)]),
    headers: headersOf(options, defaults),
    body,
    ...(isSchemeAssumed && { isSchemeAssumed }),
    ...(filledIn.length > 0 && { filledIn }),
    ...(hasFiles && { hasFiles }),
    ...(isSketch && { isSketch }),
  };
};
