import type { Failure, FailureClass } from './sessionContext.ts';

/** A failure of which no more is known than this. */
export const failureOf = (
  failureClass: FailureClass,
  code: string,
  known: Partial<Failure> = {},
): Failure => ({
  class: failureClass,
  code,
  status: null,
  error: null,
  retryAfterMs: null,
  ...known,
});
