import type { Token } from './token.ts';

/** Names with dots or arrows between, and where they begin. */
export interface Chain {
  /** With dots only, as its owner calls it: `this.http.post` is `http.post`. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const DOT = /^(?:\??\.|->|::)$/;
const OPENING = /^[([{]$/;
const CLOSING = /^[)\]}]$/;

const ownName = (name: string): string => name.replaceAll(/[@$]/g, '').replace(/^(?:this|self|static)\./, '');

/** Where things are among the tokens of a program in any language. In PHP a dot joins strings. */
export const clientTokens = (tokens: readonly Token[], isPhp: boolean) => {
  const written = (at: number): string => (tokens[at]?.kind === 'text' ? '' : (tokens[at]?.written ?? ''));
  const isWord = (at: number): boolean => tokens[at]?.kind === 'word';
  const isDot = (at: number): boolean => DOT.test(written(at)) && !(isPhp && written(at) === '.');
  const isJoin = (at: number): boolean => written(at) === (isPhp ? '.' : '+');
  const isOpening = (at: number): boolean => OPENING.test(written(at));
  const isClosing = (at: number): boolean => CLOSING.test(written(at));

  // Over the ends of lines: each is asked for often.
  const ahead = tokens.map((_token, at) => at);
  const behind = tokens.map((_token, at) => at);
  for (const [at, { kind }] of tokens.entries()) if (kind === 'line') behind[at] = behind[at - 1] ?? -1;
  for (let at = tokens.length - 1; at >= 0; at--)
    if (tokens[at]!.kind === 'line') ahead[at] = ahead[at + 1] ?? tokens.length;
  const skip = (at: number): number => ahead[at] ?? at;
  const back = (at: number): number => behind[at] ?? at;

  // Each bracket with the one that closes it: looked for at every bracket it would take too long.
  const partners = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (isOpening(at)) open.push(at);
    const opening = isClosing(at) ? open.pop() : undefined;
    if (opening !== undefined) {
      partners.set(opening, at);
      partners.set(at, opening);
    }
  }
  const partner = (at: number): number | undefined => partners.get(at);

  const nameOf = (start: number, end: number): string => {
    let name = '';
    for (let at = start; at < end; at++)
      name += isWord(at) ? written(at) : tokens[at]?.kind === 'mark' ? '.' : '';
    return ownName(name);
  };

  const chainAt = (start: number): Chain => {
    let end = start + 1;
    while (isDot(end) && isWord(end + 1)) end += 2;
    return { name: nameOf(start, end), start, end };
  };

  /** Behind the types of a call, which is before its bracket: `new Dictionary<string, string>(`. */
  const beforeTypes = (at: number): number => {
    if (written(at) !== '>') return at;
    for (let start = at - 1; start > at - 14; start--) if (written(start) === '<') return start - 1;
    return at;
  };

  /** The names that end in front of a token. */
  const chainBefore = (at: number): Chain | undefined => {
    const end = beforeTypes(at - 1) + 1;
    if (!isWord(end - 1)) return undefined;
    let start = end - 1;
    while (isDot(start - 1) && isWord(start - 2)) start -= 2;
    return { name: nameOf(start, end), start, end };
  };

  /** The bracket that is closed in front of `.name`. */
  const baseOf = ({ start }: Chain): number | undefined =>
    isDot(start - 1) ? partner(back(start - 2)) : undefined;

  return {
    tokens,
    written,
    isWord,
    isDot,
    isJoin,
    isOpening,
    isClosing,
    skip,
    back,
    partner,
    chainAt,
    chainBefore,
    baseOf,
  };
};

export type ClientTokens = ReturnType<typeof clientTokens>;
