import type { Parts } from './token.ts';

/** An argument of a call by its name. */
export type Entry = readonly [name: string, value: Value];

/** What an expression of a program stands for, as far as it can be read off. */
export type Value =
  | { readonly kind: 'text'; readonly parts: Parts }
  | { readonly kind: 'record'; readonly entries: readonly Entry[] }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly Value[];
      readonly named: readonly Entry[];
    }
  /** A variable, or what is too much to be read. */
  | { readonly kind: 'name'; readonly name: string };

export const textValue = (text: string): Value => ({ kind: 'text', parts: [text] });

export const nameValue = (name: string): Value => ({ kind: 'name', name });

export const callValue = (name: string, ...args: readonly Value[]): Value => ({
  kind: 'call',
  name,
  args,
  named: [],
});

const partsOf = (value: Value): Parts | undefined => {
  if (value.kind === 'text') return value.parts;
  return value.kind === 'name' ? [{ name: value.name }] : undefined;
};

/** Two values joined by `+`. What is no text is joined when it is known. */
export const joined = (one: Value, other: Value): Value => {
  const parts = [partsOf(one), partsOf(other)] as const;
  if (parts[0] && parts[1]) return { kind: 'text', parts: [...parts[0], ...parts[1]] };
  return callValue('+', one, other);
};
