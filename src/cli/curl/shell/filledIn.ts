/** Stands before what a shell fills in, from its own quotation to where the request is put together. */
const MARK = '\uE000';
const MARKED = new RegExp(String.raw`${MARK}(\$(?:(?:env:)?\w+|\{[^}]*\}|\([^)]*\))|\x60[^\x60]*\x60)`, 'gi');

/** A variable or a substitution outside single quotes: what it gives is not known. */
export const marked = (expression: string): string => MARK + expression;

/** The words as they were written, and the expressions in them that a shell fills in. */
export const unmarked = (
  words: readonly string[],
): { readonly words: readonly string[]; readonly filledIn: readonly string[] } => ({
  words: words.map((word) => word.replaceAll(MARK, '')),
  filledIn: [
    ...new Set(words.flatMap((word) => [...word.matchAll(MARKED)].map(([, expression = '']) => expression))),
  ],
});
