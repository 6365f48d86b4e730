import { type Accessor, createMemo, createSignal, onCleanup, untrack } from 'solid-js';
import type { Selection } from '../index.ts';
import { inBrowser } from '../ui/inBrowser.ts';
import { isStill } from '../ui/isStill.ts';
import { afterHydration } from './hydration.ts';

/** One signal for all selections: what reads two of them never sees one that has changed beside one that is about to. */
const [changed, tellChanged] = createSignal(undefined, { equals: false });

/**
 * A selection as an accessor, for as long as its owner lives. What the selector reads of signals and props is followed too.
 *
 * @param atFirst What a server renders
 */
export const follow = <T>(selection: Selection<T>, atFirst: () => T): Accessor<T> => {
  if (!inBrowser) return atFirst;
  const isFree = afterHydration();
  const value = createMemo(() => {
    changed();
    return isFree() ? selection.get() : atFirst();
  });
  onCleanup(
    selection.subscribe(() => {
      if (!isStill(() => untrack(value), selection.get)) tellChanged();
    }),
  );
  return value;
};
