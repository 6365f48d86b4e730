import type { AnswerPattern } from '../../../explain/answerPattern.ts';
import { causes } from '../../../explain/index.ts';

/** Shorter ones are in ordinary sentences, too. */
const SHORTEST = 15;
const MOST_SAID = 300;

/** Or the number of one. */
const isSentence = (words: string): boolean =>
  (words.length >= SHORTEST && /\S\s+\S/.test(words.trim())) || /^IDX\d+$/.test(words);

/** Words of an API may be about anything, where nothing says that they are an answer. */
const wordsOf = ({ words = [], within = [], isCommonplace }: AnswerPattern): readonly string[] =>
  isCommonplace ? [] : [...words, ...within].filter(isSentence);

const patterns = (): readonly AnswerPattern[] => causes.flatMap(({ answers = [] }) => answers);

/** Whether it is said beside this code, or beside any. */
const isBeside =
  (code: string | undefined) =>
  ({ error, isOfResource }: AnswerPattern): boolean =>
    code === undefined || error === code || (error === undefined && !isOfResource);

/** What servers are known to say, the longest first. */
const sentencesBeside = (code: string | undefined): readonly string[] => {
  const words = patterns().filter(isBeside(code)).flatMap(wordsOf);
  return [...new Set(words.map((each) => each.toLowerCase()))].toSorted(
    (one, other) => other.length - one.length,
  );
};

let known: readonly string[] | undefined;

const sentences = (code: string | undefined): readonly string[] => {
  if (code !== undefined) return sentencesBeside(code);
  known ??= sentencesBeside(undefined);
  return known;
};

const isWordAt = (text: string, at: number): boolean =>
  !/\w/.test(text[at - 1] ?? '') || !/\w/.test(text[at] ?? '');

const placeOf = (text: string, sentence: string): number => {
  const at = text.indexOf(sentence);
  return at === -1 || isWordAt(text, at) ? at : -1;
};

const END = /["'”’*`]*(?:\s*\.{2,}|["”]\s*[,;:)\]}]|\s+at \S+:\d|\\|[{\n]|$)/;

const MARKS: Readonly<Record<string, string>> = { '"': '"', "'": "'", '`': '`', '“': '”', '‘': '’' };

/** To the mark that closes it, where it stands in quotation marks; else to the end of its line, about. */
const endOf = (rest: string, before: string | undefined, least: number): number => {
  const mark = MARKS[before ?? ''];
  const closed = mark === undefined ? -1 : rest.indexOf(mark, least);
  return Math.max(closed === -1 ? rest.search(END) : closed, least);
};

/** A sentence that a server is known to say, and what follows it in its line. `undefined`: there is none in the text. */
export const sentenceIn = (text: string, code?: string): string | undefined => {
  const lower = text.toLowerCase();
  const found = sentences(code).find((sentence) => placeOf(lower, sentence) !== -1);
  if (found === undefined) return undefined;
  const at = placeOf(lower, found);
  const rest = text.slice(at, at + MOST_SAID);
  return rest.slice(0, endOf(rest, text[at - 1], found.length)).replace(/["'”’*`\s]+$/, '');
};

let codes: RegExp | undefined;

/** A code that only servers say, such as `redirect_mismatch`. */
export const codeIn = (text: string): string | undefined => {
  codes ??= new RegExp(
    String.raw`(?<![\w$.]|\b(?:instead of|rather than|expected|expecting) ["'\x60“]?)(?:${[
      ...new Set(
        patterns()
          .map(({ error }) => error ?? '')
          .filter((error) => /^[a-z]+(?:_[a-z]+)+$/.test(error)),
      ),
    ].join('|')})(?![\w(=])`,
  );
  return codes.exec(text)?.[0];
};
