import { commandReader, cutOff, type Piece } from './commandWords.ts';
import { marked } from './filledIn.ts';

/** Windows hands a program one string: what was `\"` in it arrives as `"`. */
const asReceived = (text: string): string => text.replaceAll('\\"', '"');

const closing = (text: string, start: number, mark: RegExp, quote: string): number => {
  mark.lastIndex = start;
  for (let match = mark.exec(text); match; match = mark.exec(text)) {
    if (match[0] === quote) return match.index;
  }
  throw cutOff(text, start, `a ${quote}`);
};

const literal = (text: string, start: number): Piece => {
  const end = closing(text, start, /''|'/g, "'");
  return { stands: asReceived(text.slice(start, end).replaceAll("''", "'")), end: end + 1 };
};

const letters: { readonly [letter in string]: string } = { n: '\n', r: '\r', t: '\t', 0: '\0' };

/** An escape, or what PowerShell fills in. */
const IN_QUOTES = /`([^])|""|\$(?:(?:env:)?\w+|\{[^}]*\}|\([^)]*\))/gi;

const quoted = (text: string, start: number): Piece => {
  const end = closing(text, start, /`[^]|""|"/g, '"');
  const stands = text.slice(start, end).replaceAll(IN_QUOTES, (match, char?: string) => {
    if (match.startsWith('$')) return marked(match);
    return Object.hasOwn(letters, char ?? '') ? letters[char!]! : (char ?? '"');
  });
  return { stands: asReceived(stands), end: end + 1 };
};

const dangling = (text: string, start: number): never => {
  throw cutOff(text, start, 'the ` at the end');
};

const escaped = (text: string, start: number): Piece => ({ stands: text[start]!, end: start + 1 });

/** A command of PowerShell that calls `curl.exe`. */
export const powershellCommand = commandReader([
  { at: /`(?=\s*$)/y, does: 'end', read: dangling },
  { at: /`[^\S\n]*\n/y, does: 'separate' },
  { at: /[^\S\n]+/y, does: 'separate' },
  { at: /(?<=\s)#[^\n]*/y, does: 'end' },
  { at: /(?<=\s)\d?>+(?:&\d)?/y, does: 'redirect' },
  { at: /[\n;|&]/y, does: 'end' },
  { at: /'/y, does: 'add', read: literal },
  { at: /"/y, does: 'add', read: quoted },
  { at: /`/y, does: 'add', read: escaped },
  { at: /[^\s'"`;|&>]+/y, does: 'add' },
  { at: /[^]/y, does: 'add' },
]);
