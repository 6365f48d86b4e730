import type { AnyMachineSnapshot, Snapshot } from 'xstate';
import type { SessionContext } from '../../../machines/sessionContext.ts';
import type { MachineEvent } from '../inspectEntry.ts';
import { contextWithoutSecrets, eventWithoutSecrets } from '../withoutSecrets.ts';

/** An event as XState 4 knows it. */
export interface LegacyEvent {
  readonly type: string;
}

/** A state as `State.create` of XState 4 reads it. Plain JSON. */
export interface LegacyState {
  readonly value: unknown;
  readonly context: object;
  readonly tags: readonly string[];
  readonly done: boolean;
  readonly changed: true;
  readonly event: LegacyEvent;
  readonly _event: {
    readonly name: string;
    readonly data: LegacyEvent;
    readonly $$type: 'scxml';
    readonly type: 'external';
  };
  readonly _sessionid: string;
  readonly actions: readonly [];
  readonly activities: object;
  readonly children: object;
  readonly events: readonly [];
  readonly meta: object;
  readonly transitions: readonly [];
}

/** What is shown of one kind of actor. */
export interface Shown {
  event(event: LegacyEvent): LegacyEvent;
  state(snapshot: Snapshot<unknown>): Pick<LegacyState, 'value' | 'context' | 'tags'>;
}

/** Of the machine: what the stream shows of it, too. */
export const shownOfMachine: Shown = {
  // Of XState's own events, such as the one that stops an actor, the type says all.
  event(event) {
    const shown: LegacyEvent | undefined = eventWithoutSecrets(event as MachineEvent);
    return shown ?? { type: event.type };
  },
  state(snapshot) {
    const { value, context, tags } = snapshot as AnyMachineSnapshot;
    return { value, context: contextWithoutSecrets(context as SessionContext), tags: [...tags].map(String) };
  },
};

/** Of a service, which the app can have replaced: the type of what it was asked, and counts and times. Those are no secrets. */
export const shownOfService: Shown = {
  event: (event) => ({
    type: event.type,
    ...Object.fromEntries(Object.entries(event).filter(([, value]) => typeof value === 'number')),
  }),
  state: ({ status }) => ({ value: status, context: {}, tags: [] }),
};

export const legacyState = (
  sessionId: string,
  shown: Pick<LegacyState, 'value' | 'context' | 'tags'>,
  event: LegacyEvent,
  done: boolean,
): LegacyState => ({
  ...shown,
  done,
  changed: true,
  event,
  _event: { name: event.type, data: event, $$type: 'scxml', type: 'external' },
  _sessionid: sessionId,
  actions: [],
  activities: {},
  children: {},
  events: [],
  meta: {},
  transitions: [],
});
