import { UNKNOWN_VALUE } from '../../request/isBlackedOut.ts';
import type { CurlOption } from './readOptions.ts';

/** What a command says of a request, as far as it says it itself. */
interface Written {
  readonly options: readonly CurlOption[];
  /** A file holds a value. */
  readonly hasFiles: boolean;
  /** A file holds fields or headers, nobody knows which. */
  readonly isSketch: boolean;
}

const option = (name: string, value: string): readonly CurlOption[] => [{ name, value }];

/** What is left of an option that takes its value from a file, and whether all else was in the file. */
type Left = readonly [left: readonly CurlOption[], isSketch?: boolean];

const ofData = ({ name, value }: CurlOption): Left | undefined =>
  value.startsWith('@') ? [option(name, name === 'json' ? '{}' : ''), true] : undefined;

/** `name@file`; with a `=` before it, the `@` is a part of the content. */
const ofEncoded = ({ name, value }: CurlOption): Left | undefined => {
  const [, field, file] = /^([^=@]*)@([^]*)$/.exec(value) ?? [];
  if (file === undefined) return undefined;
  return field ? [option(name, `${field}=${UNKNOWN_VALUE}`)] : [option(name, ''), true];
};

const ofPart = ({ value }: CurlOption): Left | undefined => {
  const [, field] = /^([^=]*)=[@<]/.exec(value) ?? [];
  return field === undefined ? undefined : [option('form-string', `${field}=${UNKNOWN_VALUE}`)];
};

const readers: ReadonlyMap<string, (option: CurlOption) => Left | undefined> = new Map([
  ['data', ofData],
  ['data-ascii', ofData],
  ['data-binary', ofData],
  ['json', ofData],
  ['data-urlencode', ofEncoded],
  ['url-query', ofEncoded],
  ['form', ofPart],
  ['header', ({ value }) => (value.startsWith('@') ? [[], true] : undefined)],
  ['upload-file', () => [[...option('upload', 'PUT'), ...option('data', '')], true]],
]);

/** The options of a command without what they take from files: what is there is known, not what it is. */
export const withoutFiles = (options: readonly CurlOption[]): Written => {
  const lefts = options.map((each) => readers.get(each.name)?.(each));
  return {
    options: options.flatMap((each, at) => lefts[at]?.[0] ?? [each]),
    hasFiles: lefts.some(Boolean),
    isSketch: lefts.some((left) => left?.[1]),
  };
};
