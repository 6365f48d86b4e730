import type { Cause } from './cause.ts';
import { causesByTheme } from './causesByTheme.ts';

/** Every cause that `explain`, `explainError` and the doctor can name. */
export const allCauses: readonly Cause[] = Object.values(causesByTheme).flat();
