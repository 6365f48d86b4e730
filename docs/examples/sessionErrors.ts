import { isSessionError } from 'token-vigil';

const pauses = new Set(['session_idle', 'signed_out', 'session_ended', 'session_stopped']);

/** The user is away or signed out: the API was not asked, so there is no failure of it to show. */
export const isPause = (error: unknown): boolean => isSessionError(error) && pauses.has(error.code);

/** An error of the session says whether another try may help. All others are left to the library's own rules. */
export const isWorthRetrying = (error: unknown): boolean => !isSessionError(error) || error.retryable;
