import { useLayoutEffect, useReducer, useSyncExternalStore } from 'react';
import type { Session } from '../index.ts';
import { inBrowser } from '../ui/inBrowser.ts';
import { isStill } from '../ui/isStill.ts';

/** React 18 complains of layout effects on a server. */
const useEffectBeforePaint = inBrowser ? useLayoutEffect : () => undefined;

/**
 * As `useSyncExternalStore`, but right from the start also where React shows again what it has hidden: nothing is subscribed
 * in an `Activity` that is hidden, and React looks for changes only after it has painted.
 */
export const useFollowed = <T>(
  subscribe: Session<unknown>['subscribe'],
  get: () => T,
  getAtFirst: () => T,
): T => {
  const value = useSyncExternalStore(subscribe, get, getAtFirst);
  const [, renderAgain] = useReducer((times: number) => times + 1, 0);
  useEffectBeforePaint(() => {
    if (!isStill(() => value, get)) renderAgain();
  });
  return value;
};
