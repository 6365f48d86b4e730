import type { SessionFact } from '../../machines/sessionEvents.ts';
import type { Session, Stop } from './session.ts';

/** What the app listens to, over all starts and stops of a session. */
export interface Listeners {
  readonly on: Session<unknown>['on'];
  readonly subscribe: Session<unknown>['subscribe'];
  tell(fact: SessionFact): void;
  changed(): void;
}

const add = <T>(set: Set<T>, item: T): Stop => {
  set.add(item);
  return () => void set.delete(item);
};

/** What a listener throws is the app's own fault and must not stop the machine. */
const call = <T>(listener: (value: T) => void, value: T): void => {
  try {
    listener(value);
  } catch (error) {
    console.error(error);
  }
};

/** Nobody listens yet. */
export const createListeners = (): Listeners => {
  const changes = new Set<() => void>();
  const facts = new Set<(fact: SessionFact) => void>();
  return {
    // Wrapped: the same function may listen twice, and each undo undoes one.
    on: (type, listener) =>
      add(facts, (fact) => (type === '*' || fact.type === type) && listener(fact as never)),
    subscribe: (listener) => add(changes, () => listener()),
    tell: (fact) => facts.forEach((listener) => call(listener, fact)),
    changed: () => changes.forEach((listener) => call(listener, undefined)),
  };
};
