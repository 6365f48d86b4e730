import type { LegacyDefinition } from './legacyDefinition.ts';
import type { LegacyEvent, LegacyState } from './legacyState.ts';

/** As much of a service of XState 4 as its inspector uses. */
export interface LegacyService {
  readonly sessionId: string;
  readonly id: string;
  readonly parent: { readonly sessionId: string } | undefined;
  readonly machine: { readonly definition: LegacyDefinition };
  readonly state: LegacyState;
  /** The inspector puts a function of its own around it, which reports the event first. Nothing is ever sent to the machine. */
  send: (event: LegacyEvent) => void;
  subscribe(listener: (state: LegacyState) => void): void;
  onStop(listener: () => void): void;
}

/** A service of XState 4 that runs elsewhere, and of which it is told. */
export interface ShownService {
  readonly service: LegacyService;
  /** It was sent an event. */
  hear(event: LegacyEvent): void;
  become(state: LegacyState): void;
  end(): void;
}

export const createLegacyService = (
  facts: Pick<LegacyService, 'sessionId' | 'id' | 'parent' | 'machine'>,
  initial: LegacyState,
): ShownService => {
  const listeners = new Set<(state: LegacyState) => void>();
  const stopListeners = new Set<() => void>();
  let state = initial;

  const service: LegacyService = {
    ...facts,
    get state() {
      return state;
    },
    send: () => undefined,
    subscribe: (listener) => void listeners.add(listener),
    onStop: (listener) => void stopListeners.add(listener),
  };

  return {
    service,
    hear: (event) => service.send(event),
    become(next) {
      state = next;
      listeners.forEach((listener) => listener(next));
    },
    end() {
      stopListeners.forEach((listener) => listener());
      listeners.clear();
      stopListeners.clear();
    },
  };
};
