import { UNKNOWN_VALUE } from '../../request/isBlackedOut.ts';
import type { HttpRequest } from '../httpRequest.ts';
import type { CurlOption } from './readOptions.ts';

type Header = HttpRequest['headers'][number];
/** A header without a value takes one away that curl would send by itself. */
type ReadHeader = (value: string) => Header | readonly [name: string] | undefined;

const isName = (name: string): boolean => /^[\w!#$%&'*+.^`|~-]+$/.test(name);

// oxlint-disable-next-line no-control-regex -- a header cannot hold them
const tidied = (value: string): string => value.replaceAll(/[\0-\x1F\x7F]+/g, ' ').trim();

/** What has no colon is not sent; `Name;` is sent empty. */
const asWritten: ReadHeader = (text) => {
  const [, name = '', mark, rest = ''] =
    /^([^:]*)(:)([^]*)$/.exec(text) ?? /^([^;]*)(;)\s*$/.exec(text) ?? [];
  if (!isName(name.trim())) return undefined;
  const value = tidied(rest);
  return mark === ';' || value ? [name.trim(), value] : [name.trim()];
};

const inBase64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

export const basicHeader = (userAndPassword: string): Header => [
  'Authorization',
  `Basic ${inBase64(userAndPassword)}`,
];

const readers: ReadonlyMap<string, ReadHeader> = new Map<string, ReadHeader>([
  ['header', asWritten],
  ['user-agent', (value) => ['User-Agent', tidied(value)]],
  ['referer', (value) => ['Referer', tidied(value.replace(/;auto$/, ''))]],
  // Without a `=` it is the name of a file.
  ['cookie', (value) => (value.includes('=') ? ['Cookie', tidied(value)] : undefined)],
  // curl asks for a password that is not there.
  ['user', (value) => basicHeader(value.includes(':') ? value : `${value}:${UNKNOWN_VALUE}`)],
  ['oauth2-bearer', (value) => ['Authorization', `Bearer ${tidied(value)}`]],
]);

/** The headers of all options, then those of `defaults` that no option gives or takes away. */
export const headersOf = (options: readonly CurlOption[], defaults: readonly Header[]): readonly Header[] => {
  const given = options.flatMap(({ name, value }) => {
    const header = readers.get(name)?.(value);
    return header ? [{ header, key: header[0].toLowerCase(), isWritten: name === 'header' }] : [];
  });
  const written = new Set(given.filter(({ isWritten }) => isWritten).map(({ key }) => key));
  const sent = given.filter(({ key, isWritten }) => isWritten || !written.has(key));
  const known = new Set(sent.map(({ key }) => key));
  const missing = defaults.filter(([name]) => !known.has(name.toLowerCase()));
  return [...sent.map(({ header }) => header), ...missing].filter(
    (header): header is Header => header.length === 2,
  );
};
