import { pathWithoutTokens, withoutTokens } from './withoutTokens.ts';

/** What a value has to be like, and what of it is shown. */
export interface Shape {
  /** Whether the value is whole: what is read of it later is there, and of the right type. */
  fits(value: unknown): boolean;
  /** A copy of what may be shown; `undefined`: nothing. */
  shown(value: unknown): unknown;
}

/** The shapes of what an object holds. An object without one of its names has `undefined` there. */
export type Fields<T> = { readonly [Name in keyof T]-?: Shape };

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON has no `NaN`, no `-0` and no `Infinity`, which a `Retry-After` can be. */
const finite = (value: number): number | null => {
  if (Number.isFinite(value)) return value + 0;
  return value > 0 ? Number.MAX_VALUE : null;
};

export const number: Shape = {
  fits: Number.isFinite,
  shown: (value) => (typeof value === 'number' ? finite(value) : undefined),
};

export const flag: Shape = {
  fits: (value) => typeof value === 'boolean',
  shown: (value) => (typeof value === 'boolean' ? value : undefined),
};

/** Words of somebody else's, such as an OAuth `error`. */
export const text: Shape = {
  fits: (value) => typeof value === 'string',
  shown: (value) => (typeof value === 'string' ? withoutTokens(value) : undefined),
};

export const path: Shape = {
  fits: text.fits,
  shown: (value) => (typeof value === 'string' ? pathWithoutTokens(value) : undefined),
};

/** A text of which we know all that it can be. */
export const oneOf = (words: Readonly<Record<string, unknown>>): Shape => {
  const isKnown = (value: unknown): boolean => typeof value === 'string' && Object.hasOwn(words, value);
  return { fits: isKnown, shown: (value) => (isKnown(value) ? value : undefined) };
};

export const matching = (pattern: RegExp): Shape => {
  const matches = (value: unknown): boolean => typeof value === 'string' && pattern.test(value);
  return { fits: matches, shown: (value) => (matches(value) ? value : undefined) };
};

export const nullable = ({ fits, shown }: Shape): Shape => ({
  fits: (value) => value === null || fits(value),
  shown: (value) => (value === null ? null : shown(value)),
});

export const optional = ({ fits, shown }: Shape): Shape => ({
  fits: (value) => value === undefined || fits(value),
  shown,
});

export const listOf = ({ fits, shown }: Shape): Shape => ({
  fits: (value) => Array.isArray(value) && value.every(fits),
  shown: (value) => (Array.isArray(value) ? value.map(shown) : undefined),
});

export const objectOf = <T>(fields: Fields<T>): Shape => {
  const shapes = Object.entries<Shape>(fields);
  return {
    fits: (value) =>
      isObject(value) &&
      shapes.every(([name, { fits }]) => fits(Object.hasOwn(value, name) ? value[name] : undefined)),
    shown(value) {
      if (!isObject(value)) return undefined;
      const copy: Record<string, unknown> = {};
      for (const [name, { shown }] of shapes) {
        const part = name in value ? shown(value[name]) : undefined;
        if (part !== undefined) copy[name] = part;
      }
      return copy;
    },
  };
};

/** Some of what an object can hold. */
export const someOf = <T>(fields: Fields<T>): Shape =>
  objectOf<Record<string, unknown>>(
    Object.fromEntries(Object.entries<Shape>(fields).map(([name, shape]) => [name, optional(shape)])),
  );

/** One of several objects, told apart by the text that each has under the same name. */
export const oneBy = (tag: string, shapes: Readonly<Record<string, Shape>>): Shape => {
  const shapeOf = (value: unknown): Shape | undefined => {
    const word = isObject(value) ? value[tag] : undefined;
    return typeof word === 'string' && Object.hasOwn(shapes, word) ? shapes[word] : undefined;
  };
  return {
    fits: (value) => shapeOf(value)?.fits(value) ?? false,
    shown: (value) => shapeOf(value)?.shown(value),
  };
};
