import { ownWords } from './ownWords.ts';

/** What stands in place of a secret. */
const HIDDEN = '<hidden>';

/** From this length on a secret is found inside of words as well. */
const UNMISTAKABLE = 8;
const SHORTEST = 3;

/** The last line of defence: nothing that is printed should hold a secret in the first place. */
export interface Cover {
  /** From now on the value is hidden, in each of its usual forms. */
  add(value: string | undefined): void;
  hide(text: string): string;
}

const inForm = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);

/** Half of a surrogate pair has no such form. */
const inUri = (text: string): string => encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, ''));

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

const inBase64 = (text: string): string => Buffer.from(text).toString('base64');

const formsOf = (value: string): readonly string[] =>
  [value, value.trim()].flatMap((text) => [text, inForm(text), inUri(text), inJson(text), inBase64(text)]);

/** A word of ours tells nothing, and without it nothing could be told. */
const isHideable = (form: string): boolean => form.length >= SHORTEST && !ownWords().has(form.toLowerCase());

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}/]/g, String.raw`\$&`);

/** A short one counts only where it stands alone, else it would be found in every other word. */
const alone = (form: string): RegExp => new RegExp(String.raw`(?<![\w-])${escaped(form)}(?![\w-])`, 'g');

const hideOne = (text: string, form: string): string =>
  form.length < UNMISTAKABLE ? text.replaceAll(alone(form), HIDDEN) : text.replaceAll(form, HIDDEN);

const byLength = (one: string, other: string): number => other.length - one.length;

export const createCover = (): Cover => {
  const forms = new Set<string>();
  return {
    add: (value = '') => {
      for (const form of formsOf(value).filter(isHideable)) forms.add(form);
    },
    hide: (text) => [...forms].toSorted(byLength).reduce(hideOne, text),
  };
};
