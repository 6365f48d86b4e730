import { bytesOf } from '../../claims/user.ts';

/** Of HTML by name, of JSON by the letter after the backslash. */
const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
};

const charOf = (code: number): string => String.fromCodePoint(Math.min(code, 0x10ffff));

const hexDecoded = (_: string, ...[hex, orElse]: string[]): string => charOf(parseInt(hex ?? orElse!, 16));

const percentDecoded = (run: string): string => {
  try {
    return decodeURIComponent(run);
  } catch {
    // Not UTF-8, then.
    return run.replaceAll(/%(..)/g, hexDecoded);
  }
};

const decodedOnce = (text: string): string =>
  text
    .replaceAll(/(%[\da-f]{2})+/gi, percentDecoded)
    .replaceAll(/&#x([\da-f]+);?|\\u([\da-f]{4})/gi, hexDecoded)
    .replaceAll(/&#(\d+);?/g, (_, digits: string) => charOf(Number(digits)))
    .replaceAll(
      /&([a-z]{2,4});|\\(.)/gis,
      (all, name?: string, char?: string) => named[name?.toLowerCase() ?? char!] ?? char ?? all,
    );

/** Texts can be encoded in one another: a form field within JSON within HTML. */
const decoded = (text: string): string => decodedOnce(decodedOnce(decodedOnce(text)));

/** Capital letters are no difference, nor is what a form makes a plus; nor where a line is broken, as the second shows. */
const folded = (text: string): readonly string[] => {
  const small = text.toUpperCase().toLowerCase();
  return [small.replaceAll('+', ' '), small.replaceAll(/[\s+\p{C}]/gu, '')];
};

const fromBase64 = (text: string): string =>
  new TextDecoder().decode(bytesOf(text.length % 4 === 1 ? text.slice(0, -1) : text));

/** What a text can be read as; Base64 from four places on, since it may be glued to a word. */
const readingsOf = (text: string): readonly string[] => {
  const plain = decoded(text);
  const runs = plain.replaceAll(/\s/g, '').match(/[\w+/-]{2,}/g) ?? [];
  const bytes = runs.flatMap((run) => [0, 1, 2, 3].map((at) => decoded(fromBase64(run.slice(at)))));
  return [text, plain, ...bytes].flatMap(folded);
};

/** A piece this long is of a secret, and not there by chance; the beginning of a token is quoted often. */
const PIECE = 8;

const hasPiece = (reading: string, secret: string): boolean => {
  const length = Math.min(PIECE, secret.length);
  for (let at = 0; at + length <= reading.length; at++)
    if (secret.includes(reading.slice(at, at + length))) return true;
  return false;
};

const holds = (text: string, secrets: readonly string[]): boolean => {
  const readings = new Set(readingsOf(text));
  const wanted = new Set(secrets.flatMap((secret) => [secret, decoded(secret)]).flatMap(folded));
  return [...readings].some((reading) => [...wanted].some((secret) => hasPiece(reading, secret)));
};

/** Below this a secret cannot be told from a part of a word, and what is left around it would give it away. */
const SHORTEST_CUT = 6;

/**
 * Somebody else's words without those that hold a secret that they were told, or a piece of one, however encoded. Nothing
 * is left of them where that secret is short, or spread over several words.
 */
export const withoutSecrets = (text: string, secrets: readonly string[]): string => {
  const known = secrets.filter(Boolean);
  const inseparable = known.filter((secret) => secret.length < SHORTEST_CUT || /\s/.test(secret));
  if (holds(text, inseparable)) return '';
  const cut = text.replaceAll(/\S+/g, (word) => (holds(word, known) ? '…' : word));
  return holds(cut, known) ? '' : cut;
};
