const escapes: { readonly [char in string]: string } = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\\': '\\\\',
  "'": "\\'",
};

const escaped = (char: string): string =>
  escapes[char] ?? `\\u${char.codePointAt(0)!.toString(16).padStart(4, '0')}`;

/** One word for bash. Control characters are written out: no terminal obeys them. */
export const bashQuoted = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- these are the ones meant
  /[\0-\x1F\x7F-\x9F]/.test(text)
    ? // oxlint-disable-next-line no-control-regex -- these are the ones meant
      `$'${text.replaceAll(/[\0-\x1F\x7F-\x9F\\']/g, escaped)}'`
    : `'${text.replaceAll("'", String.raw`'\''`)}'`;
