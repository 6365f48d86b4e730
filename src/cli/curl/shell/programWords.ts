import { commandReader, type Piece } from './commandWords.ts';

/** `2n` backslashes before a quotation mark stand for `n`, one more makes the mark a character. */
const beforeQuote = (backslashes: number) => ({
  stands: '\\'.repeat(backslashes >> 1) + (backslashes % 2 ? '"' : ''),
  isCharacter: backslashes % 2 === 1,
});

const quoted = (text: string, start: number): Piece => {
  const mark = /\\+"|\\+|""|"/g;
  mark.lastIndex = start;
  let stands = '';
  let at = start;
  for (let match = mark.exec(text); match; match = mark.exec(text)) {
    stands += text.slice(at, match.index);
    at = mark.lastIndex;
    if (match[0] === '"') return { stands, end: at };
    if (match[0] === '""') stands += '"';
    else if (match[0].endsWith('"')) {
      const before = beforeQuote(match[0].length - 1);
      stands += before.stands;
      if (!before.isCharacter) mark.lastIndex = --at;
    } else stands += match[0];
  }
  return { stands: stands + text.slice(at), end: text.length + 1 };
};

const backslashes = (text: string, start: number, { length }: string): Piece => {
  if (text[start] !== '"') return { stands: '\\'.repeat(length), end: start };
  const { stands, isCharacter } = beforeQuote(length);
  return { stands, end: isCharacter ? start + 1 : start };
};

/** How a Windows program splits its command line. It ends behind the text where a quotation is open. */
export const programWords = commandReader([
  { at: /\s+/y, does: 'separate' },
  { at: /"/y, does: 'add', read: quoted },
  { at: /\\+/y, does: 'add', read: backslashes },
  { at: /[^\s"\\]+/y, does: 'add' },
]);
