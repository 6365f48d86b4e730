import type { LoadOptional } from '../grants/loadOptional.ts';
import type { GrantParts, Loaded } from './openGrants.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { holdProcess } from '../time/holdProcess.ts';

/** What a session cannot make itself; tests replace each of them. */
export interface Platform {
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly window: Window | undefined;
  readonly fetch: typeof globalThis.fetch;
  /** Keeps the process alive while something is waited for, until what it returns is called; not needed in a page. */
  readonly holdProcess?: () => () => void;
  /** Loads the second chunk. */
  loadGrants(parts: GrantParts): Promise<Loaded>;
  /** Loads what few sessions need. @default a chunk of its own */
  readonly loadOptional?: LoadOptional;
  readonly digest?: (verifier: string) => Promise<string>;
}

/** Loaded lazily: before it is known whether anybody is signed in, a page needs none of it. */
const loadGrants: Platform['loadGrants'] = async (given) =>
  (await import('./secondChunk.ts')).openGrants(given);

/** The default of {@link Platform.loadOptional}. */
export const loadOptionalChunk: LoadOptional = () => import('./optionalChunk.ts');

/** The parts of the platform this runs on. */
export const detectPlatform = ({
  clock = systemClock,
  fetch = (...args) => globalThis.fetch(...args),
}: {
  clock?: Clock | undefined;
  fetch?: typeof globalThis.fetch | undefined;
}): Platform => ({
  clock,
  random: Math.random,
  window: typeof document === 'undefined' ? undefined : window,
  fetch,
  holdProcess,
  loadGrants,
});
