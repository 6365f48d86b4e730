import { computed, DestroyRef, inject, type Signal, signal } from '@angular/core';
import type { Selection } from '../index.ts';
import { inBrowser } from '../ui/inBrowser.ts';

/**
 * A selection as a signal, for as long as what injects it lives. What the selector reads of signals is followed too.
 *
 * @param onServer What a server renders
 */
export const follow = <T>(selection: Selection<T>, onServer: () => T): Signal<T> => {
  if (!inBrowser) return computed(onServer);
  const changed = signal(undefined, { equal: () => false });
  inject(DestroyRef).onDestroy(selection.subscribe(() => changed.set(undefined)));
  return computed(() => {
    changed();
    return selection.get();
  });
};
