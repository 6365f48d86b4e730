import { CliError } from '../../cliError.ts';

/** One command of a text. */
interface Command {
  readonly words: readonly string[];
  /** What it reads from standard input, as far as the text says. */
  readonly input?: string | undefined;
  /** Where it ends in the text. */
  readonly end: number;
}

/** Reads the command that begins at `start`. */
export type ReadCommand = (text: string, start: number) => Command;

/** A stretch of a command, and what it stands for. */
export interface Piece {
  readonly stands: string;
  readonly end: number;
}

/** What a stretch of a command does. The first rule that matches counts. */
export interface Rule {
  /** Sticky. */
  readonly at: RegExp;
  readonly does: 'add' | 'separate' | 'redirect' | 'input' | 'end';
  /** What is added; `start` is behind the match. @default the match itself */
  readonly read?: (text: string, start: number, match: string) => Piece;
}

/** The line is named, never what is on it. */
export const cutOff = (text: string, at: number, what: string): CliError =>
  new CliError(
    `The command is cut off: ${what} in line ${text.slice(0, at).split('\n').length} is never closed. Copy the whole command again`,
  );

const matchAt = (rules: readonly Rule[], text: string, at: number): readonly [Rule, string] => {
  for (const rule of rules) {
    rule.at.lastIndex = at;
    const match = rule.at.exec(text);
    if (match) return [rule, match[0]];
  }
  throw new CliError('The command cannot be read');
};

/** A reader of commands by the rules of one shell. They must match everywhere. */
export const commandReader =
  (rules: readonly Rule[]): ReadCommand =>
  (text, start) => {
    const words: string[] = [];
    let word: string | undefined;
    let input: string | undefined;
    let next: 'word' | 'file' | 'input' = 'word';
    let at = start;
    const finish = () => {
      if (word === undefined) return;
      if (next === 'word') words.push(word);
      if (next === 'input') input = word;
      next = 'word';
      word = undefined;
    };
    while (at < text.length) {
      const [{ does, read }, match] = matchAt(rules, text, at);
      const { stands, end } = read?.(text, at + match.length, match) ?? {
        stands: match,
        end: at + match.length,
      };
      if (does === 'add') word = (word ?? '') + stands;
      else finish();
      if (does === 'redirect') next = 'file';
      if (does === 'input') next = 'input';
      at = end;
      if (does === 'end') break;
    }
    finish();
    return { words, input, end: at };
  };
