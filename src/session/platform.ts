import type { Grants } from '../grants/createGrants.ts';
import type { GrantDeps } from '../grants/grantDeps.ts';
import { type Clock, systemClock } from '../time/clock.ts';

/** What a session cannot make itself; tests replace each of them. */
export interface Platform {
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly window: Window | undefined;
  readonly fetch: typeof globalThis.fetch;
  /** Loads the second chunk. */
  loadGrants(parts: Omit<GrantDeps, 'page' | 'record'>): Promise<Grants>;
  readonly digest?: (verifier: string) => Promise<string>;
}

const windowHere = (): Window | undefined => (typeof document === 'undefined' ? undefined : window);

/** Loaded lazily: before it is known whether anybody is signed in, a page needs none of it. */
const loadGrants: Platform['loadGrants'] = async (parts) => {
  const { createGrants, browserPage, openRecord } = await import('../grants/index.ts');
  const here = windowHere();
  return createGrants({ ...parts, page: here && browserPage(here), record: openRecord(parts.name, parts) });
};

/** The parts of the platform this runs on. */
export const detectPlatform = ({
  clock = systemClock,
  fetch = (...args) => globalThis.fetch(...args),
}: {
  clock?: Clock | undefined;
  fetch?: typeof globalThis.fetch | undefined;
}): Platform => ({ clock, random: Math.random, window: windowHere(), fetch, loadGrants });
