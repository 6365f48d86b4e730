import { CliError } from '../../cliError.ts';
import { bashCommand } from './bashCommand.ts';
import { cmdCommand } from './cmdCommand.ts';
import type { ReadCommand } from './commandWords.ts';
import { powershellCommand } from './powershellCommand.ts';

/** At the beginning of a line, behind a prompt at the most, whichever way it is called. */
const ON_ITS_LINE =
  /^(?:[^\n]{0,100}?[$%>#])?[^\S\n]{0,100}(?:[\w.:~-]{0,100}[\\/]){0,20}curl(?:\.exe)?(?=[^\S\n]|[\\^`]?\n|$)/gm;
const ANYWHERE = /(?<![\w-])curl(?:\.exe)?(?=[^\S\n]|[\\^`]\n)/g;

const byLineEnd: readonly (readonly [end: string, read: ReadCommand])[] = [
  ['^', cmdCommand],
  ['`', powershellCommand],
  ['\\', bashCommand],
];

const byBeginning: readonly (readonly [beginning: RegExp, read: ReadCommand])[] = [
  [/curl(?:\.exe)?\s+\^"/, cmdCommand],
  [/^PS .*>/, powershellCommand],
  [/^[a-z]:\\.*>/i, cmdCommand],
  [/curl\.exe\s(?:.*\s)?'/, powershellCommand],
  [/curl\.exe\s/, cmdCommand],
];

/** Each shell has its own way to go on in the next line; what begins with `curl` on one line is bash's otherwise. */
const shellOf = (firstLine: string): ReadCommand => {
  const line = firstLine.trimEnd();
  const beginning = line.slice(0, 300);
  const [, read] =
    byLineEnd.find(([end]) => line.endsWith(end)) ??
    byBeginning.find(([looks]) => looks.test(beginning)) ??
    [];
  return read ?? bashCommand;
};

const lineAt = (text: string, at: number): string => {
  const end = text.indexOf('\n', at);
  return text.slice(at, end === -1 ? undefined : end);
};

interface Found {
  readonly commands: readonly (readonly string[])[];
  /** Why the rest of the text is no command. */
  readonly error?: CliError;
}

const found = (text: string, beginning: RegExp): Found => {
  const commands: (readonly string[])[] = [];
  let end = 0;
  for (const match of text.matchAll(beginning)) {
    if (match.index < end) continue;
    try {
      const command = shellOf(lineAt(text, match.index))(text, match.index + match[0].length);
      commands.push(command.words);
      ({ end } = command);
    } catch (error) {
      // What is open is open to the end of the text: nothing can follow.
      return { commands, error: error as CliError };
    }
  }
  return { commands };
};

/** The words behind `curl` of all the commands in a text. @throws CliError if the only one is cut off. */
export const commandsIn = (text: string): readonly (readonly string[])[] => {
  const onTheirLines = found(text, ON_ITS_LINE);
  const { commands, error } =
    onTheirLines.commands.length > 0 || onTheirLines.error ? onTheirLines : found(text, ANYWHERE);
  if (error && commands.length === 0) throw error;
  return commands;
};
