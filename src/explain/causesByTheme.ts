import type { Cause } from './cause.ts';
import { causeTables } from './causes.ts';
import { library } from './causes/library.ts';
import { setUp } from './causes/setUp.ts';

/** Every cause that `explain`, `explainError` and the doctor can name, by theme. */
export const causesByTheme: Readonly<Record<string, readonly Cause[]>> = {
  ...causeTables,
  'The set-up': setUp,
  'What the library itself reports': library,
};
