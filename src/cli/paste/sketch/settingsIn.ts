/** A name with its value, as a file of settings or an environment has them. */
export interface Setting {
  /** Lower case, without the marks between words. */
  readonly name: string;
  readonly value: string;
  /** The value stands elsewhere. */
  readonly isVariable: boolean;
  readonly start: number;
  readonly end: number;
}

const PAIR =
  /"(?<key>[\w.:-]+)"\s*:\s*"(?<json>(?:[^"\\\n]|\\.)*)"|^[^\S\n]*(?<item>-[^\S\n]+)?(?:export[^\S\n]+)?(?<name>[\w.-]+)(?:[^\S\n]*(?<mark>=)[^\S\n]*|[^\S\n]*:[^\S\n]+)(?<value>.*)$/gm;

const VARIABLE = /^(?:[$@%#]|\{\{|process\.|import\.|os\.|env\b)/;

/** Behind the quotation marks there may be the end of a statement, or a remark. */
const unquoted = (text: string): string =>
  text.trim().replace(/^(["'])(.*?)\1[;,]?\s{0,9}(?:(?<=\s|;)(?:#|\/\/).*)?$/, '$2');

/** In files of properties, and in lists of an environment, quotation marks are a part of the value. */
const meant = ({ item, name = '', mark, value = '' }: { readonly [name: string]: string }): string => {
  if (mark && (item ?? name.includes('.'))) return value;
  return unquoted(mark ? value : value.replace(/\s#.*$|,\s{0,9}$/, ''));
};

/** All that a text sets by name, a line each. */
export const settingsIn = (text: string): readonly Setting[] =>
  [...text.matchAll(PAIR)].map(({ 0: { length }, index, groups = {} }) => {
    const value = groups['json'] ?? meant(groups);
    const name = (groups['key'] ?? groups['name'])!.replaceAll(/[-_]/g, '').toLowerCase();
    return { name, value, isVariable: VARIABLE.test(value), start: index, end: index + length };
  });
