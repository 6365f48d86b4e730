import type { Cause } from '../../src/explain/cause.ts';
import { causeTables } from '../../src/explain/causes.ts';
import { library } from '../../src/explain/causes/library.ts';
import { setUp } from '../../src/explain/causes/setUp.ts';

/** The page's chapters, by their headings. */
export const chapters: readonly (readonly [heading: string, causes: readonly Cause[]])[] = [
  ...Object.entries(causeTables),
  ['The set-up', setUp],
  ['What the library itself reports', library],
];

/** The part of an address that leads to a heading. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');
