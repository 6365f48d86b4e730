import type { Actor } from 'xstate';
import type { MachineSettings } from '../../machines/sessionContext.ts';
import type { SessionEvent, SessionFact } from '../../machines/sessionEvents.ts';
import { SessionError } from '../errors/sessionError.ts';
import { createSessionActor, type SessionServices } from './machineServices.ts';
import { createReadiness } from './readiness.ts';
import type { SessionMachine, SessionSnapshot, SessionStatus, Stop } from './session.ts';

/** What a runner works with. */
export interface RunnerDeps<Known> {
  readonly services: SessionServices;
  readonly settings: MachineSettings;
  readonly inspect: ((event: never) => void) | undefined;
  /** What `ready` settles with. */
  known(snapshot: SessionSnapshot): Known;
  onFact(fact: SessionFact): void;
  onChange(): void;
}

/** Runs the machine over all starts and stops of a session: an actor that has stopped never runs again. */
export interface Runner<Known = unknown> {
  readonly phase: 'new' | 'running' | 'stopped';
  readonly actor: Actor<SessionMachine>;
  readonly snapshot: SessionSnapshot;
  readonly status: SessionStatus;
  /** Settles when it is known whether somebody is signed in; another promise once that has changed. */
  readonly ready: Promise<Known>;
  /** Starts the actor, anew after a stop; `true` where it did not run. */
  begin(): boolean;
  stop(): void;
  send(event: SessionEvent): void;
  /** Settles with the first outcome that is not `undefined`, judged now and after every change; an error rejects. */
  until<T>(judge: (snapshot: SessionSnapshot) => T | SessionError | undefined): Promise<T>;
  subscribe(onChange: () => void): Stop;
}

const statusOf = (snapshot: SessionSnapshot): SessionStatus => {
  if (snapshot.hasTag('loading')) return 'loading';
  return snapshot.hasTag('signedIn') ? 'signedIn' : 'signedOut';
};

const isRestoring = (snapshot: SessionSnapshot): boolean => snapshot.matches({ anonymous: 'restoring' });

/** XState's mailbox is wedged for good by an inspector that throws. */
const contained = (inspect: (event: never) => void) => (event: unknown) => {
  try {
    inspect(event as never);
  } catch (error) {
    console.error(error);
  }
};

/** A runner that has not begun. */
export const createRunner = <Known>(parts: RunnerDeps<Known>): Runner<Known> => {
  const { services, settings, inspect, onFact, onChange } = parts;
  let readiness = createReadiness<Known>();

  /** A promise answers once: who asks after a change is told what is so by then. */
  const answer = (known: Known): void => {
    if (readiness.known && readiness.known.value !== known) readiness = createReadiness();
    readiness.resolve(known);
  };

  const watch = (made: Actor<SessionMachine>): void => {
    // A start that was stopped before anything was known is answered by the next one.
    if (readiness.known) readiness = createReadiness();
    let last: SessionSnapshot | undefined;
    const next = (snapshot: SessionSnapshot): void => {
      // XState tells of events that changed nothing, too.
      if (snapshot === last) return;
      last = snapshot;
      if (made === actor && !isRestoring(snapshot)) answer(parts.known(snapshot));
      onChange();
    };
    made.subscribe({ next, error: console.error });
  };

  const create = (): Actor<SessionMachine> => {
    const made = createSessionActor(services, settings, inspect && contained(inspect));
    made.on('*', onFact);
    watch(made);
    return made;
  };

  let actor = create();
  let phase: Runner['phase'] = 'new';

  return {
    get phase() {
      return phase;
    },
    get actor() {
      return actor;
    },
    get snapshot() {
      return actor.getSnapshot();
    },
    get status() {
      return phase === 'new' ? 'loading' : statusOf(actor.getSnapshot());
    },
    get ready() {
      return readiness.promise;
    },
    begin() {
      if (phase === 'running') return false;
      if (phase === 'stopped') actor = create();
      phase = 'running';
      actor.start();
      return true;
    },
    stop() {
      phase = 'stopped';
      actor.stop();
    },
    send(event) {
      // XState prints what is sent to an actor that does not run.
      if (phase === 'running') actor.send(event);
    },
    until: (judge) =>
      new Promise((resolve, reject) => {
        const settle = (): boolean => {
          const outcome = judge(actor.getSnapshot());
          if (outcome === undefined) return false;
          if (outcome instanceof SessionError) reject(outcome);
          else resolve(outcome);
          return true;
        };
        if (settle()) return;
        const subscription = actor.subscribe({
          next: () => void (settle() && subscription.unsubscribe()),
          complete: () => reject(new SessionError('session_stopped', 'The session was stopped')),
        });
      }),
    subscribe(listener) {
      const { unsubscribe } = actor.subscribe(listener);
      return unsubscribe;
    },
  };
};
