import { BLANKS, LINE, NUMBER, unescaped, withHoles } from './languages.ts';
import type { TokenRule } from './token.ts';

/** A language in which programs ask for tokens, as far as its requests need it. */
export interface ClientLanguage {
  readonly name: 'C#' | 'Java or Kotlin' | 'Go' | 'PHP' | 'Ruby';
  readonly looks: RegExp;
  readonly rules: readonly TokenRule[];
}

const SLASHES: TokenRule = { at: /\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$)/y };
const HASH: TokenRule = { at: /#[^\n]*/y };

const inside = (written: string): string => {
  const [opening, quote = ''] = /^[@$]*("""|["'`])(?:(?<=""")\n)?/.exec(written) ?? [''];
  return written.slice(opening.length, written.endsWith(quote) ? -quote.length : undefined);
};

const same = (text: string): string => text;

const text = (at: RegExp, read = unescaped, hole?: RegExp): TokenRule => ({
  at,
  kind: 'text',
  parts: (written) => (hole ? withHoles(inside(written), hole, read) : [read(inside(written))]),
});

// A string that is never closed ends with its line: to look for its end at every mark would take too long.
const DOUBLE = /"(?:\\[^]|[^"\\\n])*(?:"|\\?(?=\n|$))/y;
const SINGLE = /'(?:\\[^]|[^'\\\n])*(?:'|\\?(?=\n|$))/y;
const TRIPLE = /\$?"""(?:[^"]|"(?!""))*(?:"""|$)/y;

const BRACES = /\\[^]|\{\{|\}\}|\{([^{}]*)\}/g;
const ofBraces = (written: string): string => unescaped(written).replaceAll('{{', '{').replaceAll('}}', '}');

const REST: readonly TokenRule[] = [
  { at: /(?:@@?|\$)?[A-Za-z_]\w*/y, kind: 'word' },
  NUMBER,
  { at: /=>|[=!]=|[+.]=|:=|->|::|\?\?|\?\.|&&|\|\||[^\s\w]/y, kind: 'mark' },
];

const rules = (...own: readonly TokenRule[]): readonly TokenRule[] => [BLANKS, LINE, ...own, ...REST];

/** The first that fits counts. */
export const clientLanguages: readonly ClientLanguage[] = [
  {
    name: 'PHP',
    looks: /<\?php|\bcurl_(?:init|setopt|exec)|\bGuzzleHttp\b|\bHttp::\w+\(|\$\w+->\w+\(/,
    rules: rules(
      SLASHES,
      HASH,
      text(SINGLE, (written) => written.replaceAll(/\\([\\'])/g, '$1')),
      text(DOUBLE, unescaped, /\\[^]|\{\$([^{}]*)\}|\$\{([^{}]*)\}|\$(\w+(?:->\w+)?)/g),
    ),
  },
  {
    name: 'Ruby',
    looks: /\bNet::HTTP\b|\bFaraday\b|\bHTTParty\b|\bRestClient(?:\.post|::Request)\b/,
    rules: rules(
      HASH,
      text(SINGLE, (written) => written.replaceAll(/\\([\\'])/g, '$1')),
      text(DOUBLE, unescaped, /\\[^]|#\{([^{}]*)\}/g),
    ),
  },
  {
    name: 'Go',
    looks: /\bhttp\.(?:NewRequest\w*|Post(?:Form)?)\(|\burl\.Values\{|^package \w+$/m,
    rules: rules(SLASHES, text(DOUBLE), text(SINGLE), text(/`[^`]*(?:`|$)/y, same)),
  },
  {
    name: 'C#',
    looks:
      /\bnew HttpClient\(|\b(?:Post|Send)\w*Async\(|\bFormUrlEncodedContent\b|\bRestRequest\(|\bHttpRequestMessage\b|^using [\w.]+;/m,
    rules: rules(
      SLASHES,
      text(TRIPLE, same),
      text(/(?:\$@|@\$)"(?:""|[^"])*(?:"|$)/y, (written) => written.replaceAll('""', '"'), BRACES),
      text(/@"(?:""|[^"])*(?:"|$)/y, (written) => written.replaceAll('""', '"')),
      text(/\$"(?:\\[^]|[^"\\\n])*(?:"|\\?(?=\n|$))/y, ofBraces, BRACES),
      text(DOUBLE),
      text(SINGLE),
    ),
  },
  {
    name: 'Java or Kotlin',
    looks:
      /\bHttpRequest\.newBuilder\b|\bRestTemplate\b|\b(?:WebClient|RestClient|Unirest)\.|\bOkHttpClient\b|\bFormBody\.Builder\b|\bHttpURLConnection\b|\bHttpPost\(|\bMultiValueMap\b|\bBodyInserters\b|\bsubmitForm\(/,
    rules: rules(SLASHES, text(TRIPLE, same), text(DOUBLE), text(SINGLE)),
  },
];

/** Only Kotlin has variables in its strings. */
export const kotlinRules: readonly TokenRule[] = rules(
  SLASHES,
  text(TRIPLE, same, /\$\{([^{}]*)\}|\$([A-Za-z_]\w*)/g),
  text(DOUBLE, unescaped, /\\[^]|\$\{([^{}]*)\}|\$([A-Za-z_]\w*)/g),
  text(SINGLE),
);

export const isKotlin = (written: string): boolean =>
  /\bva[lr] \w+\s*(?::[^=\n]{1,80})?=|\bfun \w/.test(written);
