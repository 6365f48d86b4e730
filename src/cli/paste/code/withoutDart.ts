const ADDRESS = /Uri\.parse\(([^()]{1,4000})\)/g;

/** A call whose arguments have names, as no other language here writes them. */
const CALL =
  /\b\w+\.(get|post|put|patch|delete)\(\s*(\([^()]{1,4000}\)|'[^'\n]{1,4000}'|"[^"\n]{1,4000}"|\w+)\s*,\s*((?:headers|body|data|options):[^]{0,20000}?)\)(?=\s*(?:;|\.\w|\n|$))/g;

const OPTIONS = /\boptions:\s*Options\([^()]{0,2000}\)\s*,?/;
const MAP = /\b(?:body|data):\s*(?:<[\w, ]{1,40}>)?(\{(?:[^{}]|\$\{[^{}]{1,200}\}){0,8000}\})/;

/** The package `http` sends a map as a form, `dio` as JSON unless it is told otherwise. */
const isForm = (text: string): boolean => !/\bdata:/.test(text) || /form-?urlencoded/i.test(text);

const optionsOf = (named: string): string =>
  named
    .replace(OPTIONS, '')
    .replace(MAP, isForm(named) ? 'body: new URLSearchParams($1)' : 'body: JSON.stringify($1)')
    .replace(/\bjson(?:E|\.e)ncode\(/, 'JSON.stringify(')
    .replace(/\bdata:/, 'body:');

/** A text in which calls of Dart's `http` and `dio` stand as those of `fetch`. */
export const withoutDart = (text: string): string => {
  // A longer one is no snippet, and the pattern of a call looks far ahead.
  if (text.length > 40_000 || !/\bUri\.parse\(|\bdio\./.test(text)) return text;
  return text
    .replaceAll(ADDRESS, '($1)')
    .replaceAll(/\b(?:final|var)\s+(?:\w+\s+)?(?=\w+\s*=)/g, 'const ')
    .replaceAll(
      CALL,
      (_, method: string, address: string, named: string) =>
        `fetch(${address}, { method: '${method.toUpperCase()}', ${optionsOf(named)} })`,
    );
};
