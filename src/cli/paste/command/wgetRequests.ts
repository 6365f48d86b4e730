import type { HttpRequest } from '../../curl/httpRequest.ts';
import type { FindRequests } from '../formReader.ts';
import { rawBody, requestFromParts } from '../requestFromParts.ts';
import { findCommands, type PlainCommand } from './commands.ts';

const WITH_VALUE =
  /^(?:--(?:method|header|post-data|body-data|post-file|body-file|user|password|http-user|http-password|user-agent|referer|output-document|output-file|timeout|tries|ca-certificate|certificate|private-key|load-cookies|save-cookies|wait|proxy-user|proxy-password|max-redirect)|-[OoUTtPwe])$/;

interface Read {
  readonly options: readonly (readonly [name: string, value: string])[];
  readonly address: string | undefined;
}

const readWords = (words: readonly string[]): Read => {
  const options: [string, string][] = [];
  let address: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const [, name = '', value] = /^(--[\w-]+)=([^]*)$/.exec(word) ?? [];
    if (value !== undefined) options.push([name, value]);
    else if (WITH_VALUE.test(word)) options.push([word, words[++at] ?? '']);
    else if (!word.startsWith('-')) address ??= word;
  }
  return { options, address };
};

const headerOf = (written: string): readonly [string, string] => [
  written.split(':', 1)[0]!.trim(),
  written.replace(/^[^:]*:/, '').trim(),
];

const requestOf = ({ words }: PlainCommand): HttpRequest | undefined => {
  const { options, address } = readWords(words);
  const last = (...names: readonly string[]) => options.findLast(([name]) => names.includes(name))?.[1];
  if (address === undefined) return undefined;
  const hasFiles = last('--post-file', '--body-file') !== undefined;
  const posted = last('--post-data') ?? (last('--post-file') === undefined ? undefined : '');
  const body = rawBody(posted ?? last('--body-data') ?? '');
  const user = last('--user', '--http-user');
  return requestFromParts({
    method: last('--method') ?? (posted === undefined ? 'GET' : 'POST'),
    url: address,
    headers: options.filter(([name]) => name === '--header').map(([, value]) => headerOf(value)),
    contentType: 'application/x-www-form-urlencoded',
    body,
    hasFiles,
    isSketch: hasFiles,
    user: user === undefined ? undefined : [user, last('--password', '--http-password') ?? ''],
  });
};

/** The commands of wget in a text. */
export const wgetRequests: FindRequests = findCommands('wget', requestOf);
