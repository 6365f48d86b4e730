const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const escaped: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

const percentDecoded = (run: string): string => {
  try {
    return decodeURIComponent(run);
  } catch {
    // Not UTF-8, then.
    return run.replaceAll(/%(..)/g, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)));
  }
};

const codePoint = (digits: string, radix: number): string =>
  String.fromCodePoint(Math.min(parseInt(digits, radix), 0x10ffff));

const decodedOnce = (text: string): string =>
  text
    .replaceAll(/(%[\da-f]{2})+/gi, percentDecoded)
    .replaceAll(/&#x([\da-f]+);?/gi, (_, hex: string) => codePoint(hex, 16))
    .replaceAll(/&#(\d+);?/g, (_, digits: string) => codePoint(digits, 10))
    .replaceAll(/&(amp|lt|gt|quot|apos);/gi, (_, name: string) => named[name.toLowerCase()]!)
    .replaceAll(/\\u([\da-f]{4})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replaceAll(/\\(.)/gs, (_, char: string) => escaped[char] ?? char);

/** Texts can be encoded in one another: a form field within JSON within HTML. */
const decoded = (text: string): string => decodedOnce(decodedOnce(decodedOnce(text)));

/** What a form makes a plus, and capital letters, are no difference. */
const folded = (text: string): string => decoded(text).replaceAll('+', ' ').toUpperCase().toLowerCase();

const fromBase64 = (text: string): string => {
  const bytes = atob(text.slice(0, text.length - (text.length % 4 === 1 ? 1 : 0)));
  return percentDecoded(
    bytes.replaceAll(/./gs, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`),
  );
};

/** What a text can be read as; Base64 from four places on, since it may be glued to a word. */
const readingsOf = (text: string): readonly string[] => {
  const runs =
    decoded(text)
      .replaceAll('-', '+')
      .replaceAll('_', '/')
      .match(/[\w+/]{2,}/g) ?? [];
  return [text, ...runs.flatMap((run) => [0, 1, 2, 3].map((at) => fromBase64(run.slice(at))))].map(folded);
};

const holds = (text: string, foldedSecrets: readonly string[]): boolean =>
  readingsOf(text).some((reading) => foldedSecrets.some((secret) => reading.includes(secret)));

/** Below this a secret cannot be told from a part of a word, and what is left around it would give it away. */
const SHORTEST_CUT = 6;

/**
 * Somebody else's words without the secrets that they were told, however encoded. Nothing is left of them where a short
 * secret occurs, or one that is spread over several words by its encoding.
 */
export const withoutSecrets = (text: string, secrets: readonly string[]): string => {
  const known = secrets.filter(Boolean).toSorted((a, b) => b.length - a.length);
  const all = known.map(folded);
  const short = known.filter(({ length }) => length < SHORTEST_CUT).map(folded);
  if (holds(text, short)) return '';
  const cut = known
    .reduce((rest, secret) => rest.replaceAll(secret, '…'), text)
    .replaceAll(/\S+/g, (word) => (holds(word, all) ? '…' : word))
    // The beginning of a token is quoted often.
    .replaceAll(/[\w-]{8,}/g, (word) => (known.some((secret) => secret.includes(word)) ? '…' : word));
  return holds(cut, all) ? '' : cut;
};
