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

/** What a form makes a plus, and capital letters, are no difference. */
const folded = (text: string): string => decoded(text).replaceAll('+', ' ').toUpperCase().toLowerCase();

const fromBase64 = (text: string): string =>
  new TextDecoder().decode(bytesOf(text.length % 4 === 1 ? text.slice(0, -1) : text));

/** What a text can be read as; Base64 from four places on, since it may be glued to a word. */
const readingsOf = (text: string): readonly string[] => {
  const runs = decoded(text).match(/[\w+/-]{2,}/g) ?? [];
  return [text, ...runs.flatMap((run) => [0, 1, 2, 3].map((at) => fromBase64(run.slice(at))))].map(folded);
};

const holds = (text: string, foldedSecrets: readonly string[]): boolean =>
  readingsOf(text).some((reading) => foldedSecrets.some((secret) => reading.includes(secret)));

/** A piece this long is of a secret, and not there by chance; the beginning of a token is quoted often. */
const PIECE = 8;

const formEncoded = (secret: string): string => new URLSearchParams({ '': secret }).toString().slice(1);

const withoutPieces = (text: string, secrets: readonly string[]): string => {
  let end = 0;
  const masked = text.replaceAll(/[^]/g, (char, at: number) => {
    const piece = text.slice(at, at + PIECE);
    if (piece.length === PIECE && secrets.some((secret) => secret.includes(piece))) end = at + PIECE;
    return at < end ? '\0' : char;
  });
  return masked.replaceAll(/\0+/g, '…');
};

/** Below this a secret cannot be told from a part of a word, and what is left around it would give it away. */
const SHORTEST_CUT = 6;

/**
 * Somebody else's words without the secrets that they were told, however encoded. Nothing is left of them where a short
 * secret occurs, or one that is spread over several words by its encoding.
 */
export const withoutSecrets = (text: string, secrets: readonly string[]): string => {
  const known = secrets.filter(Boolean);
  const all = known.map(folded);
  const short = known.filter(({ length }) => length < SHORTEST_CUT).map(folded);
  if (holds(text, short)) return '';
  const cut = withoutPieces(text, [...known, ...known.map(formEncoded)]).replaceAll(/\S+/g, (word) =>
    holds(word, all) ? '…' : word,
  );
  return holds(cut, all) ? '' : cut;
};
