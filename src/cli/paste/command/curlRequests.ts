import type { HttpRequest } from '../../curl/httpRequest.ts';
import { requestOfCommand } from '../../curl/requestOfCommand.ts';
import type { FindRequests } from '../formReader.ts';
import { findCommands, type PlainCommand } from './commands.ts';
import { configWords, isConfig } from './curlConfig.ts';

/** `--data` drops line ends of what it reads, `--data-binary` does not. */
const isPlainData = (option: string | undefined): boolean =>
  /^(?:-[a-zA-Z]*d|--data(?:-ascii)?)$/.test(option ?? '');

const withInput = (words: readonly string[], input: string): readonly string[] =>
  words.flatMap((word, at): readonly string[] => {
    const option = words[at - 1];
    if (/^(?:-K|--config)$/.test(option ?? '') && /^[-@]?-$/.test(word)) return configWords(input);
    if (word === '@-') return [isPlainData(option) ? input.replaceAll('\n', '') : input];
    if (word === '-d@-') return ['-d', input.replaceAll('\n', '')];
    return [word];
  });

const withoutConfig = (words: readonly string[]): readonly string[] =>
  words.filter((word, at) => !(/^(?:-K|--config)$/.test(word) && words[at + 1]?.startsWith('--')));

/** `curl says …`: a sentence about it; `$curl = …`: a variable of PHP. */
const isProse = ([first = '']: readonly string[]): boolean =>
  /^(?:=|[a-z]{2,}[,;]?$)/i.test(first) && first.toLowerCase() !== 'localhost';

/** A word of a sentence in the place of the address: `curl -H "…" for a simple GET`. */
const isWord = ({ url }: HttpRequest): boolean => /^http:\/\/(?!localhost)[a-z]{1,20}\/?$/i.test(url);

const requestOf = ({ words, input }: PlainCommand): HttpRequest | undefined => {
  if (isProse(words)) return undefined;
  const request = requestOfCommand(input === undefined ? words : withoutConfig(withInput(words, input)));
  return isWord(request) && !words.some((word) => word.includes('://')) ? undefined : request;
};

const commands = findCommands(undefined, requestOf);

/** The commands of curl in a text, or what `curl --config` reads. */
export const curlRequests: FindRequests = (text) => {
  const found = commands(text);
  if (found.length > 0 || !isConfig(text)) return found;
  return [{ start: 0, end: text.length, request: requestOfCommand(configWords(text)) }];
};
