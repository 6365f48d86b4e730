import { DestroyRef, inject, type Signal, signal } from '@angular/core';
import type { Selection } from '../index.ts';
import { inBrowser } from '../ui/inBrowser.ts';

/** A selection as a signal, for as long as what injects it lives. `onServer`: what a server renders. */
export const follow = <T>(selection: Selection<T>, onServer: T): Signal<T> => {
  const value = signal(inBrowser ? selection.get() : onServer);
  if (inBrowser) inject(DestroyRef).onDestroy(selection.subscribe(() => value.set(selection.get())));
  return value.asReadonly();
};
