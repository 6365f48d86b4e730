import { createSubscriber } from 'svelte/reactivity';
import type { Selection } from '../index.ts';
import { inBrowser } from '../ui/inBrowser.ts';
import { rootHere } from './root.ts';

/** A value that a template, `$derived` or `$effect` follows by reading `current`. */
export interface Current<T> {
  readonly current: T;
}

/** A selection as it is now, even during hydration. */
export const followAsIs = <T>(selection: Selection<T>): Current<T> => {
  const subscribe = createSubscriber((update) => selection.subscribe(update));
  return {
    get current() {
      subscribe();
      return selection.get();
    },
  };
};

/** A selection that is `atFirst()`, which is what a server renders, until hydration is over. */
export const follow = <T>(selection: Selection<T>, atFirst: () => T): Current<T> => {
  const root = rootHere();
  const now = followAsIs(selection);
  return {
    get current() {
      return !inBrowser || root?.isHydrating() ? atFirst() : now.current;
    },
  };
};
