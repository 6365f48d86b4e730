/** A variable in a string that is filled in when the program runs. */
interface Hole {
  readonly name: string;
}

/** What a string stands for. */
export type Parts = readonly (string | Hole)[];

/** A piece of a program. `line`: a line ends, which in some languages ends more. */
export interface Token {
  readonly kind: 'text' | 'word' | 'number' | 'mark' | 'line';
  /** As it is written. */
  readonly written: string;
  /** Of a `text`. */
  readonly parts?: Parts | undefined;
  readonly start: number;
  readonly end: number;
}

/** How a language writes a kind of token; without a kind it is skipped. */
export interface TokenRule {
  /** Sticky. */
  readonly at: RegExp;
  readonly kind?: Token['kind'];
  readonly parts?: (written: string) => Parts;
}

const MOST_TOKENS = 50_000;

const tokenAt = (
  rules: readonly TokenRule[],
  text: string,
  start: number,
): { rule?: TokenRule; end: number } => {
  for (const rule of rules) {
    rule.at.lastIndex = start;
    if (rule.at.test(text) && rule.at.lastIndex > start) return { rule, end: rule.at.lastIndex };
  }
  return { end: start + 1 };
};

/** The tokens of a program. What no rule knows is skipped. */
export const tokensOf = (text: string, rules: readonly TokenRule[]): readonly Token[] => {
  const tokens: Token[] = [];
  let start = 0;
  while (start < text.length && tokens.length < MOST_TOKENS) {
    const { rule, end } = tokenAt(rules, text, start);
    const written = text.slice(start, end);
    if (rule?.kind) tokens.push({ kind: rule.kind, written, parts: rule.parts?.(written), start, end });
    start = end;
  }
  return tokens;
};
