type Check = (value: unknown) => boolean;

/** A check for every property of a type. */
export type Shape<T> = { readonly [K in keyof T]-?: Check };

/** Neither `NaN` nor an infinity: JSON has none, and no deadline may be one. */
export const isNumber: Check = Number.isFinite;
/** A number that can be counted on from: beyond, the next one is the same. */
export const isCount: Check = (value) =>
  Number.isSafeInteger(value) && Number.isSafeInteger((value as number) + 1);
export const isBoolean: Check = (value) => typeof value === 'boolean';
export const isText: Check = (value) => typeof value === 'string';
export const isNullOr =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

/** Whether stored content, which anybody may have written, is what it should be. Further properties are let be. */
export const hasShape = <T extends object>(content: unknown, shape: Shape<T>): content is T =>
  Object.entries<Check>(shape).every(([key, check]) =>
    check((content as Record<string, unknown> | null)?.[key]),
  );
