import type { SessionFact } from '../../machines/sessionEvents.ts';
import { runAppCode } from '../errors/runAppCode.ts';
import type { Session, Stop } from './session.ts';

/** Somebody to tell of something, and who listens. */
export interface Topic<T> {
  /** Wrapped: the same function may listen twice, and each undo undoes one. */
  add(listener: (value: T) => void): Stop;
  /** As an `EventTarget` does: who begins to listen meanwhile is not told any more, nor is who has stopped. */
  tell(value: T): void;
}

/** Nobody listens yet. */
export const createTopic = <T>(): Topic<T> => {
  const listeners = new Set<(value: T) => void>();
  return {
    add(listener) {
      const mine = (value: T): void => listener(value);
      listeners.add(mine);
      return () => void listeners.delete(mine);
    },
    tell(value) {
      [...listeners].forEach((listener) => listeners.has(listener) && runAppCode(() => listener(value)));
    },
  };
};

/** What the app listens to, over all starts and stops of a session. */
export interface Listeners {
  readonly on: Session<unknown>['on'];
  readonly subscribe: Session<unknown>['subscribe'];
  tell(fact: SessionFact): void;
  changed(): void;
}

export const createListeners = (): Listeners => {
  const changes = createTopic<void>();
  const facts = createTopic<SessionFact>();
  return {
    on: (type, listener) =>
      facts.add((fact) => (type === '*' || fact.type === type) && listener(fact as never)),
    subscribe: changes.add,
    tell: facts.tell,
    changed: changes.tell,
  };
};
