import { withoutAnsiC } from './ansiC.ts';
import { commandReader, cutOff, type Piece } from './commandWords.ts';
import { marked } from './filledIn.ts';

/** The end of `$(…)` whose inside begins at `start`. */
const endOfSubstitution = (text: string, start: number): number => {
  const bracket = /[()]/g;
  bracket.lastIndex = start;
  let depth = 1;
  for (let match = bracket.exec(text); match; match = bracket.exec(text)) {
    depth += match[0] === '(' ? 1 : -1;
    if (depth === 0) return bracket.lastIndex;
  }
  throw cutOff(text, start, 'a $(');
};

/** Where the quotation mark is that closes what begins at `start`. */
const closing = (text: string, start: number, quote: '"' | "'"): number => {
  const mark = quote === '"' ? /\\[^]|\$\(|`[^`]*`|"/g : /\\[^]|'/g;
  mark.lastIndex = start;
  for (let match = mark.exec(text); match; match = mark.exec(text)) {
    if (match[0] === quote) return match.index;
    if (match[0] === '$(') mark.lastIndex = endOfSubstitution(text, mark.lastIndex);
  }
  throw cutOff(text, start, `a ${quote}`);
};

const literal = (text: string, start: number): Piece => {
  const end = text.indexOf("'", start);
  if (end === -1) throw cutOff(text, start, "a '");
  return { stands: text.slice(start, end), end: end + 1 };
};

const ansiC = (text: string, start: number): Piece => {
  const end = closing(text, start, "'");
  return { stands: withoutAnsiC(text.slice(start, end)), end: end + 1 };
};

/** An escape, or what bash fills in. */
const IN_QUOTES = /\\([$`"\\]|\n)|\$(?:\w+|\{[^}]*\}|\([^)]*\))|`[^`]*`/g;

const quoted = (text: string, start: number): Piece => {
  const end = closing(text, start, '"');
  const stands = text
    .slice(start, end)
    .replaceAll(IN_QUOTES, (match, char?: string) => char?.trim() ?? marked(match));
  return { stands, end: end + 1 };
};

/** What a variable or a command would give is not known: it stays as it is written. */
const substitution = (text: string, start: number): Piece => {
  const end = endOfSubstitution(text, start);
  return { stands: marked(text.slice(start - 2, end)), end };
};

const variable = (_text: string, end: number, match: string): Piece => ({ stands: marked(match), end });

const dangling = (text: string, start: number): never => {
  throw cutOff(text, start, 'the \\ at the end');
};

const escaped = (text: string, start: number): Piece => ({ stands: text[start]!, end: start + 1 });

/** A command of bash, zsh or sh. Lines that lost their `\` on the way are taken together where that can only be meant. */
export const bashCommand = commandReader([
  { at: /\\(?=\s*$)/y, does: 'end', read: dangling },
  { at: /\\[^\S\n]*\n/y, does: 'separate' },
  { at: /\n\s*(?=--?[a-zA-Z])/y, does: 'separate' },
  { at: /[^\S\n]+/y, does: 'separate' },
  { at: /(?<=\s)#[^\n]*/y, does: 'end' },
  { at: /<<<\s*/y, does: 'input' },
  { at: /(?<=\s)\d?[<>]+&?/y, does: 'redirect' },
  { at: /[<>]+&?/y, does: 'redirect' },
  { at: /[\n;&|()]/y, does: 'end' },
  { at: /[^\s\\'"$;&|()<>#`]+/y, does: 'add' },
  { at: /'/y, does: 'add', read: literal },
  { at: /\$'/y, does: 'add', read: ansiC },
  { at: /\$?"/y, does: 'add', read: quoted },
  { at: /\$\(/y, does: 'add', read: substitution },
  { at: /\$(?:\w+|\{[^}\n]*\})/y, does: 'add', read: variable },
  { at: /`[^`]*`/y, does: 'add', read: variable },
  { at: /\\/y, does: 'add', read: escaped },
  { at: /[^]/y, does: 'add' },
]);
