import type { Grants } from '../grants/createGrants.ts';
import type { GrantParts } from '../grants/grantParts.ts';
import type { RecordStore } from '../record/sessionRecord.ts';
import { openRecord } from '../record/openRecord.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { SessionError } from '../errors/sessionError.ts';

/** What a session cannot make itself; tests replace each of them. */
export interface SessionParts {
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly window: Window | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly record: RecordStore;
  /** Loads the second chunk. */
  loadGrants(parts: GrantParts): Promise<Grants>;
  readonly digest?: (verifier: string) => Promise<string>;
}

const windowHere = (): Window | undefined => (typeof document === 'undefined' ? undefined : window);

/** Loaded lazily: a page that is only read needs none of it at first. */
const loadGrants = async (parts: Omit<GrantParts, 'page'>): Promise<Grants> => {
  const { createGrants, browserPage } = await import('../grants/index.ts');
  const here = windowHere();
  return createGrants({ ...parts, page: here && browserPage(here) });
};

/** The parts of the platform this runs on. */
export const platformParts = (
  name: string,
  {
    clock = systemClock,
    fetch = (...args) => globalThis.fetch(...args),
    onWarning,
  }: {
    clock?: Clock | undefined;
    fetch?: typeof globalThis.fetch | undefined;
    onWarning: (warning: SessionError) => void;
  },
): SessionParts => ({
  clock,
  random: Math.random,
  window: windowHere(),
  fetch,
  record: openRecord(name, { clock, onWarning }),
  loadGrants,
});
