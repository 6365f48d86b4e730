import type { Lease } from './lease.ts';

type Counts = Pick<Lease, 'epoch' | 'generation'>;

/** Whether these are one set of tokens. */
export const sameTokens = (a: Counts | undefined, b: Counts): boolean =>
  a?.epoch === b.epoch && a.generation === b.generation;
