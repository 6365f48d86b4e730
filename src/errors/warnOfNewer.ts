import { SessionError } from './sessionError.ts';

const told = new WeakSet<object>();

/** Says, once to each listener, that a newer release of this library is in use: in whatever it shows first. */
export const warnOfNewer = (onWarning: (warning: SessionError) => void): void => {
  if (told.has(onWarning)) return;
  told.add(onWarning);
  const message = 'A newer token-vigil is in use: this tab works by itself. Reload it';
  onWarning(new SessionError('tabs_unavailable', message));
};
