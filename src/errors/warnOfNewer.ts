import { SessionError } from './sessionError.ts';

/** Says that a newer release of this library is in use. */
export const warnOfNewer = (onWarning: (warning: SessionError) => void): void => {
  const message = 'A newer token-vigil is in use: this tab works by itself. Reload it';
  onWarning(new SessionError('tabs_unavailable', message));
};
