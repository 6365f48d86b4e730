const letters: { readonly [letter in string]: string } = {
  a: '\u0007',
  b: '\b',
  e: '\u001B',
  E: '\u001B',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const ESCAPE =
  /(?<bytes>(?:\\x[\da-f]{1,2}|\\[0-7]{1,3})+)|\\u(?<short>[\da-f]{1,4})|\\U(?<long>[\da-f]{1,8})|\\(?<char>[^])/gi;

/** Browsers of former years wrote Latin-1 where bash reads bytes of UTF-8. */
const textOf = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
};

const ofBytes = (escapes: string): string =>
  textOf(
    Uint8Array.from(escapes.split('\\').slice(1), (escape) =>
      /^x/i.test(escape) ? Number.parseInt(escape.slice(1), 16) : Number.parseInt(escape, 8),
    ),
  );

const ofCode = (hex: string): string => {
  const code = Number.parseInt(hex, 16);
  return code > 0x10ffff ? '\uFFFD' : String.fromCodePoint(code);
};

/** What stands between `$'` and `'`, without its escapes. */
export const withoutAnsiC = (text: string): string =>
  text.replaceAll(ESCAPE, (_match, bytes?: string, short?: string, long?: string, char = '') => {
    if (bytes) return ofBytes(bytes);
    const code = short ?? long;
    if (code) return ofCode(code);
    return Object.hasOwn(letters, char) ? letters[char]! : char;
  });
