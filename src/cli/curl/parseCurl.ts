import { CliError } from '../cliError.ts';
import type { HttpRequest } from './httpRequest.ts';
import { requestOfCommand } from './requestOfCommand.ts';
import { isFetch, requestOfFetch } from './requestOfFetch.ts';
import { isHttp, requestOfHttp } from './requestOfHttp.ts';
import { commandsIn } from './shell/commandsIn.ts';

const MAX_CHARACTERS = 1_000_000;
const HOW_TO =
  'right-click the request in the network panel of the browser, choose "Copy as cURL" and paste all of it';

const plain = (text: string): string => text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');

/** How much a command looks like the one that is meant. */
const weightOf = (words: readonly string[]): number => {
  const says = (what: RegExp) => words.some((word) => what.test(word));
  if (says(/grant_?type/i)) return 3;
  if (says(/^(?:-d|-F|--data|--form|--json)/)) return 2;
  return says(/:\/\//) ? 1 : 0;
};

const likeliest = (commands: readonly (readonly string[])[]): readonly string[] =>
  commands.reduce((best, words) => (weightOf(words) > weightOf(best) ? words : best));

const notACommand = (text: string): CliError => {
  if (text.trim() === '') return new CliError(`There is no request in the input, it is empty: ${HOW_TO}`);
  if (/\bInvoke-(?:WebRequest|RestMethod)\b/i.test(text))
    return new CliError('This is a PowerShell command: choose "Copy as cURL" in the browser instead');
  return new CliError(`There is no cURL command in the input: ${HOW_TO}`);
};

/**
 * The failing request out of what a person pastes: a cURL command for bash, `cmd.exe` or PowerShell, as browsers,
 * Postman and Insomnia write it; a `fetch` call as browsers copy it; or the request as HTTP/1.1 text. Of several
 * commands it takes the first that names a grant.
 *
 * @throws CliError in one line, without a word of what was pasted, if there is no request to be found.
 */
export const parseCurl = (pasted: string): HttpRequest => {
  if (pasted.length > MAX_CHARACTERS)
    throw new CliError(`The input is longer than a request can be: ${HOW_TO}, and nothing else`);
  const text = plain(pasted);
  const commands = commandsIn(text).map(({ words }) => words);
  if (commands.length > 0) return requestOfCommand(likeliest(commands));
  if (isFetch(text)) return requestOfFetch(text);
  if (isHttp(text)) return requestOfHttp(text);
  throw notACommand(text);
};
