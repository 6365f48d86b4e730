import type { Cause } from './cause.ts';
import { causes } from './causes.ts';
import { library } from './causes/library.ts';
import { setUp } from './causes/setUp.ts';

/** Every cause that `explain`, `explainError` and the doctor can name. */
export const allCauses: readonly Cause[] = [...causes, ...setUp, ...library];
