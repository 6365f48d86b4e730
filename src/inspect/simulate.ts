import { type AnyActorRef, getMicrosteps } from 'xstate';
import { guards } from '../../machines/guards.ts';
import type { SessionEvent } from '../../machines/sessionEvents.ts';
import { createSessionMachine } from '../../machines/sessionMachine.ts';
import type { SessionSnapshot } from '../session/session.ts';
import { stateOf } from '../session/sessionView.ts';
import type { Instant } from '../time/clock.ts';
import type { Base } from './backlog.ts';
import type { MicroStep } from './inspectEntry.ts';
import { changesOf } from './withoutSecrets.ts';

/** What the machine would ask of a service, such as `{ type: 'refresh.requested' }`. */
export interface Asked {
  readonly type: string;
}

/** What the machine would do. */
export interface Simulated {
  readonly after: Base;
  readonly micro: readonly MicroStep[];
  readonly asked: readonly Asked[];
}

/** Services that hear everything and do nothing. */
const deaf = Object.fromEntries(
  ['alarm', 'record', 'login', 'refresh', 'activity', 'environment'].map((id) => [
    id,
    { id, sessionId: id, send: () => undefined } as unknown as AnyActorRef,
  ]),
);

/** The instant that the machine is told next. */
let frozen: Instant = { wallMs: 0, monotonicMs: 0 };

const seams = {
  clock: {
    wallMs: () => frozen.wallMs,
    monotonicMs: () => frozen.monotonicMs,
    setTimeout: () => undefined,
    clearTimeout: () => undefined,
  },
  random: () => 0.5,
};

let made: ReturnType<typeof createSessionMachine> | undefined;

/** Made once: that takes longer than a step. */
const machineAt = (at: Instant): ReturnType<typeof createSessionMachine> => {
  frozen = at;
  made ??= createSessionMachine(seams);
  return made;
};

/** The value that XState has for a state. */
const valueOf = (state: string): SessionSnapshot['value'] => {
  const [top = '', nested] = state.split('.');
  return (nested === undefined ? top : { [top]: nested }) as SessionSnapshot['value'];
};

interface Edge {
  readonly guard?: unknown;
}

/** The edge that the machine takes out of a state: the first whose guard is met, of the inner state before the outer. */
const edgeFrom = (
  machine: ReturnType<typeof createSessionMachine>,
  { state, context }: Base,
): string | null => {
  const [top = ''] = state.split('.');
  for (const from of new Set([state, top])) {
    const edges: readonly Edge[] = machine.getStateNodeById(`session.${from}`).always ?? [];
    const taken = edges.find(({ guard }) => guards[guard as keyof typeof guards](context));
    if (taken) return `${from}--${String(taken.guard)}`;
  }
  return null;
};

/** What the real machine does with an event at an instant, when nothing of it is carried out. */
export const simulate = ({ state, context }: Base, event: SessionEvent, at: Instant): Simulated => {
  const machine = machineAt(at);
  const snapshot = {
    ...machine.resolveState({ value: valueOf(state), context }),
    children: deaf,
  };
  const micro: MicroStep[] = [];
  const asked: Asked[] = [];
  let before: Base = { state, context };
  for (const [next, actions] of getMicrosteps(machine, snapshot as never, event)) {
    const after: Base = { state: stateOf(next), context: next.context };
    micro.push({
      edge: micro.length === 0 ? null : edgeFrom(machine, before),
      state: after.state,
      changed: changesOf(before.context, after.context),
    });
    for (const { type, params } of actions as readonly { type: string; params?: { event?: Asked } }[])
      if (type === 'xstate.sendTo' && params?.event) asked.push(params.event);
    before = after;
  }
  return { after: before, micro, asked };
};
