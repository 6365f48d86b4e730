import type { Outgoing } from './outgoing.ts';

/** What a call asks for, without its query. */
export const subjectOf = ({ origin, target, init }: Outgoing) => {
  const [url, method] = typeof target === 'string' ? [target, 'GET'] : [target.url, target.method];
  return { method: (init?.method ?? method).toUpperCase(), origin, path: new URL(url).pathname };
};
