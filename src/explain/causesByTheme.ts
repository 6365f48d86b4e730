import type { Cause } from './cause.ts';
import { causeTables } from './causes.ts';
import { library } from './causes/library.ts';

/** Every cause that `explain`, `explainError` and the doctor can name, by theme. */
export const causesByTheme: Readonly<Record<string, readonly Cause[]>> = {
  ...causeTables,
  'What the library itself reports': library,
};
