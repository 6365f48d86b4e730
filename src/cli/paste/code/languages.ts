import type { Parts, TokenRule } from './token.ts';

const letters: { readonly [letter in string]: string } = {
  n: '\n',
  r: '\r',
  t: '\t',
  0: '\0',
  b: '\b',
  f: '\f',
  v: '\v',
};

const ESCAPE = /\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|\r?(\n)|([^]))/gi;

const ofCode = (hex: string): string => {
  const code = Number.parseInt(hex, 16);
  return code > 0x10ffff ? '\uFFFD' : String.fromCodePoint(code);
};

export const unescaped = (text: string): string =>
  text.replaceAll(
    ESCAPE,
    (_all, braced?: string, short?: string, byte?: string, line?: string, char = '') => {
      const code = braced ?? short ?? byte;
      if (code !== undefined) return ofCode(code);
      if (line !== undefined) return '';
      return Object.hasOwn(letters, char) ? letters[char]! : char;
    },
  );

/** A string with what stands between taken for the names of holes. */
export const withHoles = (text: string, hole: RegExp, read: (text: string) => string): Parts => {
  const parts: Parts[number][] = [];
  let at = 0;
  for (const match of text.matchAll(hole)) {
    const name = match.slice(1).find((group) => group !== undefined);
    if (name === undefined) continue;
    parts.push(read(text.slice(at, match.index)), { name: name.trim() });
    at = match.index + match[0].length;
  }
  return [...parts, read(text.slice(at))];
};

const plain = (written: string): Parts => [unescaped(written.slice(1, -1))];

export const BLANKS: TokenRule = { at: /[^\S\n]+/y };
export const LINE: TokenRule = { at: /\n/y, kind: 'line' };
const WORD: TokenRule = { at: /[A-Za-z_$][\w$]*/y, kind: 'word' };
export const NUMBER: TokenRule = { at: /\d[\w.]*/y, kind: 'number' };
const MARK: TokenRule = { at: /=>|===?|!==?|\+=|\|\||&&|\?\?|\?\.|\.\.\.|\*\*|->|[^\s\w]/y, kind: 'mark' };

// A string that is never closed ends where it must: to look for its end at every mark in it would take too long.
export const javascript: readonly TokenRule[] = [
  BLANKS,
  LINE,
  { at: /\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$)/y },
  {
    at: /'(?:\\[^]|[^'\\\n])*(?:'|\\?(?=\n|$))|"(?:\\[^]|[^"\\\n])*(?:"|\\?(?=\n|$))/y,
    kind: 'text',
    parts: plain,
  },
  {
    at: /`(?:\\[^]|[^`\\])*(?:`|\\?$)/y,
    kind: 'text',
    parts: (written) => withHoles(written.slice(1, -1), /\\[^]|\$\{([^{}]*)\}/g, unescaped),
  },
  WORD,
  NUMBER,
  MARK,
];

const pythonParts = (written: string): Parts => {
  const [, prefix = '', quote = ''] = /^([a-z]*)("""|'''|"|')/i.exec(written)!;
  const text = written.slice(prefix.length + quote.length, -quote.length);
  const read = /r/i.test(prefix) ? (each: string) => each : unescaped;
  if (!/f/i.test(prefix)) return [read(text)];
  return withHoles(text, /\{\{|\}\}|\{([^{}]*)\}/g, (each) =>
    read(each).replaceAll('{{', '{').replaceAll('}}', '}'),
  );
};

export const python: readonly TokenRule[] = [
  BLANKS,
  LINE,
  { at: /#[^\n]*|\\\n/y },
  {
    at: /[rbuf]{0,2}(?:"""(?:\\[^]|[^\\"]|"(?!""))*"""|'''(?:\\[^]|[^\\']|'(?!''))*'''|"(?:\\[^]|[^"\\\n])*(?:"|\\?(?=\n|$))|'(?:\\[^]|[^'\\\n])*(?:'|\\?(?=\n|$)))/iy,
    kind: 'text',
    parts: pythonParts,
  },
  WORD,
  NUMBER,
  MARK,
];

const powershellLetters: { readonly [letter in string]: string } = { n: '\n', r: '\r', t: '\t', 0: '\0' };

const withoutTicks = (text: string): string =>
  text.replaceAll(/`([^])|""/g, (_all, char = '"') =>
    Object.hasOwn(powershellLetters, char) ? powershellLetters[char]! : char,
  );

const expanded = (text: string): Parts =>
  withHoles(text, /`[^]|\$\(([^()]*)\)|\$\{([^{}]*)\}|\$((?:env:|script:|global:)?\w+)/g, withoutTicks).map(
    (part) => (typeof part === 'string' ? part : { name: part.name.replace(/^\$/, '') }),
  );

export const powershell: readonly TokenRule[] = [
  { at: /`[^\S\n]*\n|[^\S\n]+/y },
  LINE,
  { at: /<#(?:[^#]|#(?!>))*(?:#>|$)|#[^\n]*/y },
  {
    at: /@"[^\S\n]*\n(?:[^\n]|\n(?!"@))*\n"@/y,
    kind: 'text',
    parts: (written) => expanded(written.replace(/^@"[^\S\n]*\n/, '').slice(0, -3)),
  },
  {
    at: /@'[^\S\n]*\n(?:[^\n]|\n(?!'@))*\n'@/y,
    kind: 'text',
    parts: (written) => [written.replace(/^@'[^\S\n]*\n/, '').slice(0, -3)],
  },
  { at: /"(?:`[^]|""|[^"`])*(?:"|`?$)/y, kind: 'text', parts: (written) => expanded(written.slice(1, -1)) },
  {
    at: /'(?:''|[^'])*(?:'|$)/y,
    kind: 'text',
    parts: (written) => [written.slice(1, -1).replaceAll("''", "'")],
  },
  { at: /\$\{[^}\n]*\}|\$(?:(?:env|script|global|private):)?\w+(?:\.\w+)*|-[A-Za-z]\w*:?/y, kind: 'word' },
  { at: /\[[\w.]+\](?:::\w+(?:\.\w+)*)?/y, kind: 'word' },
  { at: /[^\s'"`;|(){}=,@$#+]+/y, kind: 'word' },
  { at: /[^\s]/y, kind: 'mark' },
];
