import type { Selection } from '../index.ts';
import { useFollowed } from './useFollowed.ts';

/** A selection that stays the same over renders. `atFirst`: what a server renders, and what hydration begins with. */
export const useSelection = <T>({ subscribe, get }: Selection<T>, atFirst: T): T =>
  useFollowed(subscribe, get, () => atFirst);
