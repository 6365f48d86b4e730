import { requireType } from '../errors/requireType.ts';
import { runAppCode } from '../errors/runAppCode.ts';
import type { Stop } from './stop.ts';

/** Somebody to tell of something, and who listens. */
export interface Listeners<T> {
  /** How many there are. */
  count(): number;
  /** Wrapped: the same function may listen twice, and each undo undoes one. */
  add(listener: (value: T) => void): Stop;
  /** As an `EventTarget` does: who begins to listen meanwhile is not told any more, nor is who has stopped. */
  tell(value: T): void;
}

/** Nobody listens yet. */
export const createListeners = <T>(): Listeners<T> => {
  /** Made for the first: most have none. */
  let listeners: Set<(value: T) => void> | undefined;
  return {
    count: () => listeners?.size ?? 0,
    add(listener) {
      requireType('function', listener);
      const mine = (value: T): void => listener(value);
      listeners ??= new Set();
      listeners.add(mine);
      return () => void listeners?.delete(mine);
    },
    tell(value) {
      for (const listener of new Set(listeners))
        if (listeners?.has(listener)) runAppCode(() => listener(value));
    },
  };
};
