import { commandReader, cutOff, type Piece, type ReadCommand } from './commandWords.ts';
import { programWords } from './programWords.ts';

/** A `^` takes the next character as it is; at the end of a line it takes the line end away first. */
const escaped = (text: string, start: number): Piece => {
  const at = text[start] === '\n' ? start + 1 : start;
  if (at >= text.length) throw cutOff(text, start, 'the ^ at the end');
  return { stands: text[at]!, end: at + 1 };
};

/** A batch file doubles what is one `%` to the program. Browsers put a `^` between. */
const DOUBLED = /%%(?=[\da-f]{2})/gi;

/** A quotation lasts to the end of its line at the most. */
const quoted = (text: string, start: number): Piece => {
  const mark = /["\n]/g;
  mark.lastIndex = start;
  const at = mark.exec(text)?.index ?? text.length;
  const end = text[at] === '"' ? at + 1 : at;
  return { stands: text.slice(start - 1, end).replaceAll(DOUBLED, '%'), end };
};

/** What `cmd.exe` hands to the program, as one word: white space is the program's business. */
const handedOver = commandReader([
  { at: /\^[^\S\n]+\n/y, does: 'add', read: (_text, end) => ({ stands: ' ', end }) },
  { at: /\^/y, does: 'add', read: escaped },
  { at: /"/y, does: 'add', read: quoted },
  { at: /%%(?=[\da-f]{2})/iy, does: 'add', read: (_text, end) => ({ stands: '%', end }) },
  { at: /(?<=\s)\d?[<>]+(?:&\d)?/y, does: 'redirect' },
  { at: /[\n&|<>]/y, does: 'end' },
  { at: /[^\s^"%&|<>]+/y, does: 'add' },
  { at: /[^]/y, does: 'add' },
]);

/** A command of `cmd.exe`. */
export const cmdCommand: ReadCommand = (text, start) => {
  const { words, end } = handedOver(text, start);
  const line = words.join(' ');
  const received = programWords(line, 0);
  if (received.end > line.length) throw cutOff(text, start, 'a " of the command');
  return { words: received.words, end };
};
