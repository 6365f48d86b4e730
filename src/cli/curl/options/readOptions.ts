import { CliError } from '../../cliError.ts';
import { optionsWithValue, shortOptions } from './curlOptions.ts';

/** An option by its long name; an argument without one is a `url`; a flag has no value. */
export interface CurlOption {
  readonly name: string;
  readonly value: string;
}

/** Hands over the value of an option, which is the next word. */
type NextValue = (option: string) => string;

const optionFor = (name: string, asWritten: string, next: NextValue): CurlOption => ({
  name,
  value: optionsWithValue.has(name) ? next(asWritten) : '',
});

/** `--option=value` is not curl's, but it is plain what it means. */
const longOption = (word: string, next: NextValue): CurlOption => {
  const [, name = '', value] = /^--(?:expand-)?([^=]*)(?:=([^]*))?$/.exec(word) ?? [];
  if (value !== undefined && optionsWithValue.has(name)) return { name, value };
  return optionFor(name, `--${name}`, next);
};

/** Flags can be written together, and a value behind its letter. */
const shortOptionsIn = (word: string, next: NextValue): CurlOption[] => {
  const options: CurlOption[] = [];
  for (let at = 1; at < word.length; at++) {
    const name = shortOptions.get(word[at]!) ?? '';
    const rest = word.slice(at + 1);
    if (optionsWithValue.has(name)) return [...options, { name, value: rest || next(`-${word[at]}`) }];
    options.push({ name, value: '' });
  }
  return options;
};

/** Word processors make dashes of hyphens. */
const typed = (word: string): string =>
  word.replace(/^[–—](?=[a-z-]{2})/, '--').replace(/^[–—](?=[a-z])/i, '-');

/** The options of a command. @throws CliError if the value of the last one is missing. */
export const readOptions = (words: readonly string[]): readonly CurlOption[] => {
  const rest = words.map(typed);
  const options: CurlOption[] = [];
  let at = 0;
  const next: NextValue = (option) => {
    if (at < rest.length) return words[at++]!;
    throw new CliError(`The command is cut off: nothing follows ${option}. Copy the whole command again`);
  };
  while (at < rest.length) {
    const word = rest[at++]!;
    if (word === '--' || word === '-' || word === '') continue;
    if (word.startsWith('--')) options.push(longOption(word, next));
    else if (word.startsWith('-')) options.push(...shortOptionsIn(word, next));
    else options.push({ name: 'url', value: word });
  }
  return options;
};
