import type { Grants } from '../grants/createGrants.ts';
import type { GrantDeps } from '../grants/grantDeps.ts';
import type { LoadOptional } from '../grants/loadOptional.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { holdProcess } from '../time/holdProcess.ts';

/** What is loaded with the grants, and has nothing to do with them. */
export type LateParts = typeof import('./lateParts.ts');

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
  loadGrants(
    parts: Omit<GrantDeps, 'page' | 'record' | 'tabs'> & {
      readonly window: Window | undefined;
      readonly sharesTabs: boolean;
    },
  ): Promise<Grants>;
  /** Loads what few sessions need. @default a chunk of its own */
  readonly loadOptional?: LoadOptional;
  /** Loads what else is of use to a session that has tokens only: of the same chunk. */
  loadLateParts(): Promise<LateParts>;
  readonly digest?: (verifier: string) => Promise<string>;
}

/** An app can pin a name and change its provider: what tabs of before and after have in common is not the session. */
const sharedName = ({ name, options: { issuer, clientId } }: Pick<GrantDeps, 'name' | 'options'>): string => {
  const source = `${issuer} ${clientId}`;
  return name === source ? name : `${name} ${source}`;
};

/** Loaded lazily: before it is known whether anybody is signed in, a page needs none of it. */
const loadGrants: Platform['loadGrants'] = async (given) => {
  const { createGrants, browserPage, openRecord, openTabs, warnOnceAlone } = await import('./secondChunk.ts');
  const parts = { ...given, onWarning: warnOnceAlone(given.onWarning) };
  const { window, sharesTabs, options } = parts;
  const shared = sharedName(parts);
  const tabs = sharesTabs ? openTabs(shared, parts) : undefined;
  return createGrants({
    ...parts,
    // Where something is missing it is as if it had been turned off.
    options: { ...options, tabs: tabs !== undefined },
    page: window && browserPage(window),
    record: openRecord(shared, parts),
    tabs,
  });
};

const loadLateParts: Platform['loadLateParts'] = () => import('./secondChunk.ts');

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
  loadLateParts,
});
