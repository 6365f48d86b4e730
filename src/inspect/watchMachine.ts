import type { InspectionEvent } from 'xstate';
import type { SessionContext } from '../../machines/sessionContext.ts';
import type { Session, SessionSnapshot } from '../session/session.ts';
import type { Stop } from '../time/stop.ts';
import { type SessionState, stateOf } from '../session/sessionView.ts';
import type { InspectNews, MachineEvent, MicroStep } from './inspectEntry.ts';
import { changesOf, contextWithoutSecrets, eventWithoutSecrets } from './withoutSecrets.ts';

/** A machine that runs, as it is seen. */
export interface SeenMachine {
  readonly state: SessionState;
  readonly context: SessionContext;
}

/** Told of what the machine did, with what it knew before and knows now; both are `null` where it does not run. */
export type OnMachineNews = (
  news: Extract<InspectNews, { kind: 'started' | 'stopped' | 'step' }>,
  before: SeenMachine | null,
  after: SeenMachine | null,
) => void;

/** A transition as XState tells of it. */
interface Taken {
  readonly source: { readonly id: string };
  /** Empty for an edge of the chart: those wait for no event. */
  readonly eventType: string;
  readonly guard?: unknown;
}

const nameOf = (guard: unknown): string => (guard as { type?: string }).type ?? String(guard);

/** The id of the edge that a transition is, if it is one. */
const edgeOf = ({ source, eventType, guard }: Taken): string | null =>
  eventType === '' ? `${source.id.replace(/^session\./, '')}--${nameOf(guard)}` : null;

/** XState keeps them for its own devtools, under a name of its own. */
const transitionsOf = ({ ['_transitions']: taken }: { readonly _transitions: unknown }): readonly Taken[] =>
  taken as readonly Taken[];

/** The number that XState has for an actor that runs. */
const RUNNING = 1;
const isRunning = (actor: object): boolean =>
  (actor as { readonly ['_processingStatus']?: number })['_processingStatus'] === RUNNING;

const seen = (snapshot: SessionSnapshot): SeenMachine => ({
  state: stateOf(snapshot),
  context: snapshot.context,
});

/** A machine that is watched. */
export interface MachineWatch {
  /** Whether it is in the middle of handling an event: what it tells meanwhile is a consequence of that. */
  isStepping(): boolean;
  readonly stop: Stop;
}

/** Watches the machine of a session over all its starts and stops. */
export const watchMachine = (
  session: Pick<Session<unknown>, 'inspect'>,
  tell: OnMachineNews,
): MachineWatch => {
  let current: SeenMachine | null = null;
  let micro: MicroStep[] = [];
  let last: SeenMachine | null = null;

  const start = (machine: SeenMachine): void => {
    const before = current;
    current = last = machine;
    micro = [];
    tell(
      { kind: 'started', state: machine.state, context: contextWithoutSecrets(machine.context) },
      before,
      machine,
    );
  };

  const noteMicro = (snapshot: SessionSnapshot, transitions: readonly Taken[]): void => {
    const after = seen(snapshot);
    const [edge = null] = transitions.map(edgeOf);
    micro.push({ edge, state: after.state, changed: last ? changesOf(last.context, after.context) : {} });
    last = after;
  };

  const noteStep = (event: MachineEvent, snapshot: SessionSnapshot): void => {
    const [before, after, taken] = [current, seen(snapshot), micro];
    if (!before) return start(after);
    // Who came in the middle of a step has seen its end as the beginning.
    if (taken.length === 0 && after.context === before.context) return;
    current = last = after;
    micro = [];
    tell({ kind: 'step', event: eventWithoutSecrets(event), micro: taken }, before, after);
  };

  const noteStop = (): void => {
    const before = current;
    current = last = null;
    micro = [];
    tell({ kind: 'stopped' }, before, null);
  };

  const stop = session.inspect((happened: InspectionEvent) => {
    if (happened.actorRef.sessionId !== happened.rootId) return;
    if (happened.type === '@xstate.actor') {
      // A session that runs already is seen from now on; any other from its start.
      const snapshot = happened.actorRef.getSnapshot() as SessionSnapshot;
      if (snapshot.status === 'active' && isRunning(happened.actorRef)) start(seen(snapshot));
    }
    if (happened.type === '@xstate.microstep')
      noteMicro(happened.snapshot as SessionSnapshot, transitionsOf(happened));
    if (happened.type !== '@xstate.snapshot') return;
    const snapshot = happened.snapshot as SessionSnapshot;
    if (snapshot.status === 'active') noteStep(happened.event as MachineEvent, snapshot);
    else noteStop();
  });
  return { isStepping: () => micro.length > 0, stop };
};
