/** What stands in place of `{{name}}`. */
export type Variables = ReadonlyMap<string, string>;

const VARIABLE = /\{\{\s*(?:_\.|_\[['"])?([^{}\s'"\]]{1,100})(?:['"]\])?\s*\}\}/g;

const DEEPEST = 5;

/** A text with its variables filled in; a variable may hold another. What is not known stays as it is written. */
export const filledIn = (text: string, variables: Variables, depth = 0): string =>
  text.includes('{{') && depth < DEEPEST
    ? text.replaceAll(VARIABLE, (written, name: string) => {
        const value = variables.get(name);
        return value === undefined ? written : filledIn(value, variables, depth + 1);
      })
    : text;

/** The variables that are left in a text. */
export const unfilledIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/\{\{[^{}\n]{1,200}\}\}/g)].map(([written]) => written)),
];
