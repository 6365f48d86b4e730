import { UNKNOWN_VALUE } from '../../request/isBlackedOut.ts';

/** What httpie's words behind the address stand for. */
export interface HttpieItems {
  readonly headers: readonly (readonly [string, string])[];
  readonly query: readonly (readonly [string, string])[];
  readonly fields: readonly (readonly [string, string])[];
  /** Of values in files it is known that they are there. */
  readonly hasFiles: boolean;
  /** With values of JSON. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** The first separator that is not escaped counts, the longest of those that begin there. */
const ITEM = /^(?<name>(?:\\.|[^\\:=@;])*)(?<mark>:=@|=@|:=|==|=|:|@|;)(?<value>[^]*)$/;

const unescaped = (text: string): string => text.replaceAll(/\\([:=@;\\])/g, '$1');

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

/** Sorts the items by what they add. */
export const httpieItems = (words: readonly string[]): HttpieItems => {
  const headers: [string, string][] = [];
  const query: [string, string][] = [];
  const fields: [string, string][] = [];
  const data: [string, unknown][] = [];
  const add = (name: string, value: string, typed: unknown = value) => {
    fields.push([name, value]);
    data.push([name, typed]);
  };
  for (const word of words) {
    const { name: written = '', mark = '', value: right = '' } = ITEM.exec(word)?.groups ?? {};
    const name = unescaped(written);
    const value = unescaped(right);
    if (mark === '==') query.push([name, value]);
    else if (mark === '=') add(name, value);
    else if (mark === ':=') add(name, value, jsonOf(value));
    else if (mark.endsWith('@')) add(name, UNKNOWN_VALUE);
    else if (mark === ':' && value !== '') headers.push([name, value.trim()]);
    else if (mark === ';') headers.push([name, '']);
  }
  const hasFiles = words.some((word) => ITEM.exec(word)?.groups?.['mark']?.endsWith('@'));
  return { headers, query, fields, hasFiles, data: Object.fromEntries(data) };
};
