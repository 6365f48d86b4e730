import type { CurlOption } from './readOptions.ts';

type ReadData = (value: string) => string;

const asWritten: ReadData = (value) => value;

const encoded = (text: string): string =>
  encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'))
    .replaceAll(/[!'()*]/g, (char) => `%${char.codePointAt(0)!.toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');

/** `content`, `=content`, `name=content`; the name is taken for encoded already. */
export const urlEncoded: ReadData = (value) => {
  const at = value.indexOf('=');
  const name = value.slice(0, Math.max(at, 0));
  return `${name}${name && '='}${encoded(value.slice(at + 1))}`;
};

const readers: ReadonlyMap<string, ReadData> = new Map<string, ReadData>([
  ['data', asWritten],
  ['data-ascii', asWritten],
  ['data-binary', asWritten],
  ['data-raw', asWritten],
  ['data-urlencode', urlEncoded],
  ['json', asWritten],
]);

/** The body that all data options give together; `undefined`: there are none. */
export const dataOf = (options: readonly CurlOption[]): string | undefined => {
  let body: string | undefined;
  for (const { name, value } of options) {
    const read = readers.get(name);
    if (!read) continue;
    const data = read(value);
    // Of what is in a file there is nothing to join.
    const mark = name === 'json' || !body || data === '' ? '' : '&';
    body = (body ?? '') + mark + data;
  }
  return body;
};

const queryPart = (value: string): string => (value.startsWith('+') ? value.slice(1) : urlEncoded(value));

/** What the options add to the query of the address. */
export const queryOf = (options: readonly CurlOption[]): readonly string[] =>
  options
    .filter(({ name, value }) => name === 'url-query' && value !== '')
    .map(({ value }) => queryPart(value));
