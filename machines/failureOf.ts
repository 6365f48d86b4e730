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

/** Whether the provider itself spoke: a deployment or a proxy has no OAuth `error`. */
export const isOfProvider = ({ error, code }: Failure): boolean =>
  error !== null || code === 'token_arrived_stale';

/** Whether no answer came at all. */
export const isNetworkError = (failure: Failure): boolean =>
  failure.class === 'unknown' && failure.status === null;

/** It may pass by itself, whether or not an answer came. */
export const isTransient = (failure: Failure | null): boolean =>
  failure?.class === 'transient' || failure?.class === 'unknown';

/** Nothing here can mend it. */
export const isForAPerson = (failure: Failure | null): boolean =>
  failure?.class === 'configuration' || failure?.class === 'interaction';
