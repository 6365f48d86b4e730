import { inFile } from './fileValue.ts';
import type { CurlOption } from './readOptions.ts';

type ReadData = (value: string, option: string) => string;

const asWritten: ReadData = (value, option) => {
  if (value.startsWith('@')) throw inFile(option);
  return value;
};

const encoded = (text: string): string =>
  encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'))
    .replaceAll(/[!'()*]/g, (char) => `%${char.codePointAt(0)!.toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');

/** `content`, `=content`, `name=content`; the name is taken for encoded already. */
export const urlEncoded: ReadData = (value, option) => {
  const at = value.indexOf('=');
  if (at === -1 && value.includes('@')) throw inFile(option);
  const name = value.slice(0, Math.max(at, 0));
  return `${name}${name && '='}${encoded(value.slice(at + 1))}`;
};

const readers: ReadonlyMap<string, ReadData> = new Map<string, ReadData>([
  ['data', asWritten],
  ['data-ascii', asWritten],
  ['data-binary', asWritten],
  ['data-raw', (value) => value],
  ['data-urlencode', urlEncoded],
  ['json', asWritten],
]);

/** The body that all data options give together; `undefined`: there are none. */
export const dataOf = (options: readonly CurlOption[]): string | undefined => {
  let body: string | undefined;
  for (const { name, value } of options) {
    const read = readers.get(name);
    if (!read) continue;
    const data = read(value, name);
    body = body === undefined ? data : body + (name === 'json' ? '' : '&') + data;
  }
  return body;
};

const queryPart = (value: string): string =>
  value.startsWith('+') ? value.slice(1) : urlEncoded(value, 'url-query');

/** What the options add to the query of the address. */
export const queryOf = (options: readonly CurlOption[]): readonly string[] =>
  options.filter(({ name }) => name === 'url-query').map(({ value }) => queryPart(value));
