import type { HttpBody, HttpRequest } from '../../curl/httpRequest.ts';
import { UNKNOWN_VALUE } from '../../request/isBlackedOut.ts';
import type { FindRequests } from '../formReader.ts';
import { formBody, rawBody, requestFromParts, type RequestParts } from '../requestFromParts.ts';
import { findCommands, type PlainCommand } from './commands.ts';
import { type HttpieItems, httpieItems } from './httpieItems.ts';

/** The options that take a value; all others are flags. */
const WITH_VALUE =
  /^(?:-a|--auth|-A|--auth-type|--bearer|--raw|-o|--output|-p|--print|-s|--style|--pretty|--format-options|--response-charset|--response-mime|--session|--session-read-only|--proxy|--timeout|--max-redirects|--max-headers|--verify|--ssl|--ciphers|--cert|--cert-key|--cert-key-pass|--default-scheme|--boundary|--http-version|--resolve|--interface)$/;

interface Read {
  readonly options: ReadonlyMap<string, string>;
  readonly others: readonly string[];
}

const readWords = (words: readonly string[]): Read => {
  const options = new Map<string, string>();
  const others: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const [, name = '', value] = /^(--[\w-]+)=([^]*)$/.exec(word) ?? [];
    if (value !== undefined) options.set(name, value);
    else if (WITH_VALUE.test(word)) options.set(word, words[++at] ?? '');
    else if (/^--?[a-zA-Z]/.test(word)) options.set(word, '');
    else others.push(word);
  }
  return { options, others };
};

const isMethod = (word: string | undefined): boolean =>
  /^[A-Z]{3,10}$/i.test(word ?? '') && word !== 'localhost';

/** Not the word before a colon, as in `http error: 400`. */
const ADDRESS = /[./]|:(?=\d|$|\/)(?!$)|^:|^localhost$/;

/** `:8080/x` is short for this machine. */
const addressOf = (written: string, program: string): string => {
  const scheme = /^(?:https|xhs)$/.test(program) ? 'https' : 'http';
  const local = /^:(?!\/\/)(?<port>\d*)(?<path>\/?.*)$/.exec(written)?.groups;
  if (local) return `${scheme}://localhost${local['port'] ? `:${local['port']}` : ''}${local['path']}`;
  return /^(?:[a-z][\w+.-]*:\/\/|[${])/i.test(written) ? written : `${scheme}://${written}`;
};

/** Short flags can be written together. */
const isGiven = (options: Read['options'], letter: string, name: string): boolean =>
  options.has(name) || [...options.keys()].some((key) => /^-[a-zA-Z]+$/.test(key) && key.includes(letter));

const bodyOf = (
  { options }: Read,
  { fields, data }: HttpieItems,
  input: string | undefined,
): Pick<RequestParts, 'body' | 'contentType'> => {
  const isForm = isGiven(options, 'f', '--form');
  const raw: HttpBody | undefined = rawBody(
    options.get('--raw') ?? (fields.length === 0 ? (input ?? '') : ''),
  );
  if (options.has('--multipart'))
    return { body: { kind: 'multipart', parts: fields }, contentType: 'multipart/form-data' };
  if (isForm)
    return { body: raw ?? formBody(fields), contentType: 'application/x-www-form-urlencoded; charset=utf-8' };
  const body = raw ?? (fields.length > 0 ? rawBody(JSON.stringify(data)) : undefined);
  return { body, contentType: 'application/json' };
};

const authOf = (options: Read['options']): Partial<RequestParts> => {
  const auth = options.get('-a') ?? options.get('--auth');
  const bearer = options.get('--bearer');
  if (bearer !== undefined) return { bearer };
  if (auth === undefined) return {};
  const type = options.get('-A') ?? options.get('--auth-type') ?? 'basic';
  if (type === 'bearer') return { bearer: auth };
  const [user = '', ...password] = auth.split(':');
  // It asks for a password that is not there.
  return type === 'basic' ? { user: [user, password.length > 0 ? password.join(':') : UNKNOWN_VALUE] } : {};
};

const requestOf = ({ program, words, input }: PlainCommand): HttpRequest | undefined => {
  const read = readWords(words);
  const [first, second, ...rest] = read.others;
  const hasMethod = isMethod(first) && second !== undefined;
  const address = hasMethod ? second : first;
  if (address === undefined || !ADDRESS.test(address)) return undefined;
  const items = httpieItems(hasMethod ? rest : read.others.slice(1));
  return requestFromParts({
    method: hasMethod ? first : undefined,
    url: addressOf(address, program),
    query: items.query,
    headers: items.headers,
    hasFiles: items.hasFiles,
    ...bodyOf(read, items, input),
    ...authOf(read.options),
  });
};

/** The commands of httpie and xh in a text. */
export const httpieRequests: FindRequests = findCommands('(?:https?|xhs?)', requestOf);
