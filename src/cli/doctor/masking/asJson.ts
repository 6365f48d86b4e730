import type { Cover } from './createCover.ts';

/** A plain value with every string of it covered, names included. */
const hideIn = (value: unknown, cover: Cover): unknown => {
  if (typeof value === 'string') return cover.hide(value);
  if (Array.isArray(value)) return value.map((each) => hideIn(each, cover));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [cover.hide(name), hideIn(each, cover)]),
  );
};

/** JSON for a script, a line end after it. Covered before it is written, so that it stays JSON. */
export const asJson = (value: object, cover: Cover, indent = 2): string =>
  `${JSON.stringify(hideIn(value, cover), undefined, indent)}\n`;
