/** As much as a token has in one piece, or a JWT in its parts. */
const LONG = /[\w.~+=-]{40,}/;
/** Of those that are shorter: letters and digits in one piece, as no registered `error` and no usual scope has them. */
const MIXED = /(?=[\w~+=-]*\d)(?=[\w~+=-]*[a-z])[\w~+=-]{16,}/i;
/** Letters alone, as if thrown together: five times a capital within. */
const JUMBLED = /(?:[A-Z]*[a-z]+[A-Z]+){4}[a-zA-Z]*/;
const SHORTEST_JUMBLED = 16;

const isJumbled = (word: string): boolean => (JUMBLED.exec(word)?.[0].length ?? 0) >= SHORTEST_JUMBLED;

/** How much of somebody else's words is read, and how much of it is shown. */
const READ = 1000;
const LONGEST_SHOWN = 200;

/** What is cut through at the end could be a piece of a token. */
const begun = (words: string): string =>
  words.length > READ ? words.slice(0, READ).replace(/[^\s/]*$/, '…') : words;

const isTokenLike = (word: string): boolean => LONG.test(word) || MIXED.test(word) || isJumbled(word);

/**
 * Somebody else's words, such as a scope, without those that look like a token: what a server or a function of the app's own
 * has mixed up must not be shown. Secrets that are known were cut out before; here none is.
 */
export const withoutTokens = (words: string): string =>
  begun(words)
    .replaceAll(/\S+/g, (word) => (isTokenLike(word) ? '…' : word))
    .slice(0, LONGEST_SHOWN);

/** Base64 has characters that an address can escape; some write colons between the parts of a token. */
const LONG_IN_PATH = /[\w.~+/=:-]{40,}/;

const unescaped = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

const isTokenInPath = (part: string): boolean => {
  const [long = ''] = LONG_IN_PATH.exec(unescaped(part)) ?? [];
  return /\d/.test(long);
};

/** A path without what looks like a token in it. Ids and titles remain: they tell which request it was. */
export const pathWithoutTokens = (path: string): string =>
  begun(path)
    .replaceAll(/[^/]+/g, (part) => (isTokenInPath(part) ? '…' : part))
    .slice(0, READ);
