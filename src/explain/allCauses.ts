import type { Cause } from './cause.ts';
import { causes } from './causes.ts';
import { library } from './causes/library.ts';

/** Every cause that `explain` and `explainError` can name. */
export const allCauses: readonly Cause[] = [...causes, ...library];
