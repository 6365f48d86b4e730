import type { Outgoing } from './outgoing.ts';

/** The signal that aborts a call; `null` in `init` detaches that of a `Request`. */
export const signalOf = ({ target, init }: Outgoing): AbortSignal | null | undefined => {
  if (init?.signal !== undefined || typeof target === 'string') return init?.signal;
  return target.signal;
};
