import { CliError } from '../../cliError.ts';
import { bashCommand } from './bashCommand.ts';
import { cmdCommand } from './cmdCommand.ts';
import type { ReadCommand } from './commandWords.ts';
import { powershellCommand } from './powershellCommand.ts';

/** At the beginning of a line, behind a prompt at the most, whichever way it is called. */
const onItsLine = (program: string): RegExp =>
  new RegExp(
    String.raw`^(?:[^\n]{0,100}?[$%>#])?[^\S\n]{0,100}(?:[\w.:~-]{0,100}[\\/]){0,20}${program}(?=[^\S\n]|[\\^${'`'}]?\n|$)`,
    'gm',
  );
const anywhere = (program: string): RegExp =>
  new RegExp(String.raw`(?<![\w-])${program}(?=[^\S\n]|[\\^${'`'}]\n)`, 'g');

/** What stands next to the word before it closes a command of bash. */
const byLineEnd: readonly (readonly [end: RegExp, read: ReadCommand])[] = [
  [/\^$/, cmdCommand],
  [/\s`$/, powershellCommand],
  [/\\$/, bashCommand],
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
    byLineEnd.find(([end]) => end.test(line)) ?? byBeginning.find(([looks]) => looks.test(beginning)) ?? [];
  return read ?? bashCommand;
};

const lineAt = (text: string, at: number): string => {
  const end = text.indexOf('\n', at);
  return text.slice(at, end === -1 ? undefined : end);
};

/** A command in a text. */
export interface FoundCommand {
  readonly program: string;
  /** Those behind the program. */
  readonly words: readonly string[];
  readonly input?: string | undefined;
  readonly start: number;
  readonly end: number;
}

interface Found {
  readonly commands: readonly FoundCommand[];
  /** Why the rest of the text is no command. */
  readonly error?: CliError;
}

const found = (text: string, beginning: RegExp): Found => {
  const commands: FoundCommand[] = [];
  let end = 0;
  for (const match of text.matchAll(beginning)) {
    if (match.index < end) continue;
    try {
      const command = shellOf(lineAt(text, match.index))(text, match.index + match[0].length);
      const [program = ''] = /[\w.]+$/.exec(match[0]) ?? [];
      commands.push({ ...command, program, start: match.index });
      ({ end } = command);
    } catch (error) {
      // What is open is open to the end of the text: nothing can follow.
      return { commands, error: error as CliError };
    }
  }
  return { commands };
};

const CURL = String.raw`curl(?:\.exe)?`;

/** All the commands of a program in a text. `program`: a pattern. @throws CliError if the only one is cut off. */
export const commandsIn = (text: string, program: string = CURL): readonly FoundCommand[] => {
  const onTheirLines = found(text, onItsLine(program));
  const { commands, error } =
    onTheirLines.commands.length > 0 || onTheirLines.error ? onTheirLines : found(text, anywhere(program));
  if (error && commands.length === 0) throw error;
  return commands;
};
