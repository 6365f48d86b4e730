import type { Cause } from '../../src/explain/cause.ts';
import { causesByTheme } from '../../src/explain/causesByTheme.ts';

/** The page's chapters, by their headings. */
export const chapters: readonly (readonly [heading: string, causes: readonly Cause[]])[] =
  Object.entries(causesByTheme);

/** The part of an address that leads to a heading. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');
