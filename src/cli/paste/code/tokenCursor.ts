import type { Token } from './token.ts';

const CLOSING: ReadonlySet<string> = new Set(['(', '[', '{']);

/** Where things are among tokens, which no one has read yet. */
export interface TokenCursor {
  /** A mark or a word as it is written; empty, if it is a text. */
  readonly written: (at: number) => string;
  readonly skipLines: (at: number) => number;
  /** Behind the bracket that closes the one at `at`. */
  readonly skipGroup: (at: number) => number;
  /** The next comma or closing bracket of this group. */
  readonly skipRest: (at: number) => number;
  /** The names of a chain such as `this.http.post`. */
  readonly chain: (at: number) => { readonly name: string; readonly end: number };
  /** Behind the types of TypeScript: `post<Token>(`. */
  readonly behindTypes: (at: number) => number;
  /** Whether the bracket at `at` is ever closed. */
  readonly isClosed: (at: number) => boolean;
}

export const tokenCursor = (tokens: readonly Token[]): TokenCursor => {
  const written = (at: number): string => (tokens[at]?.kind === 'text' ? '' : (tokens[at]?.written ?? ''));

  const skipLines = (at: number): number => {
    let next = at;
    while (tokens[next]?.kind === 'line') next += 1;
    return next;
  };

  const skipGroup = (at: number): number => {
    let depth = 0;
    for (let next = at; next < tokens.length; next++) {
      if (CLOSING.has(written(next))) depth += 1;
      else if (/^[)\]}]$/.test(written(next))) depth -= 1;
      if (depth <= 0) return next + 1;
    }
    return tokens.length;
  };

  const skipRest = (at: number): number => {
    let next = at;
    while (next < tokens.length && !/^[,)\]}]$/.test(written(next)))
      next = CLOSING.has(written(next)) ? skipGroup(next) : next + 1;
    return next;
  };

  const chain = (at: number) => {
    let name = written(at);
    let end = at + 1;
    while (/^\??\.$/.test(written(end)) && tokens[end + 1]?.kind === 'word') {
      name += `.${written(end + 1)}`;
      end += 2;
    }
    return { name, end };
  };

  const behindTypes = (at: number): number => {
    if (written(at) !== '<') return at;
    const close = tokens.slice(at, at + 12).findIndex(({ written: each }) => each === '>');
    return close !== -1 && written(at + close + 1) === '(' ? at + close + 1 : at;
  };

  const isClosed = (at: number): boolean => /^[)\]}]$/.test(written(skipGroup(at) - 1));

  return { written, skipLines, skipGroup, skipRest, chain, behindTypes, isClosed };
};
