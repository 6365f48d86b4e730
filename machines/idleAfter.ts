import type { Milliseconds } from '../src/time/clock.ts';
import type { SessionContext } from './sessionContext.ts';

const LONGEST_IDLE_AFTER_MS = 15 * 60_000;

/** How long after the last activity the user counts as away; `null`: never. */
export const idleAfterMs = ({
  settings,
  firstRefreshLifeMs,
}: Pick<SessionContext, 'settings' | 'firstRefreshLifeMs'>): Milliseconds | null => {
  if (!settings.idle) return null;
  const shortestEndMs = Math.min(firstRefreshLifeMs ?? Infinity, settings.idle.signOutAfterMs ?? Infinity);
  return settings.idle.afterMs ?? Math.min(LONGEST_IDLE_AFTER_MS, shortestEndMs / 2);
};
