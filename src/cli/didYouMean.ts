import { nearestName } from '../session/nearestName.ts';

/** The one of which the word is a whole part, such as `endpoint` of `token-endpoint`, or the beginning. */
const wholeOf = (word: string, known: readonly string[]): string | undefined => {
  const wholes = known.filter((name) => name.startsWith(word) || name.endsWith(`-${word}`));
  return word.length > 3 && wholes.length === 1 ? wholes[0] : undefined;
};

/** Of a word that is not known, what was probably meant, as a sentence; empty where nothing is like it. Only known words are said. */
export const didYouMean = (word: string, known: readonly string[]): string => {
  const [, dashes = '', name = ''] = /^(-*)([^=]*)/.exec(word) ?? [];
  const meant = wholeOf(name, known) ?? nearestName(name, known);
  return meant ? ` Did you mean ${dashes && '--'}${meant}?` : '';
};
