import type { Actor } from 'xstate';
import type { SessionEvent, SessionFact } from '../../machines/sessionEvents.ts';
import { isSessionError, type SessionError } from '../errors/sessionError.ts';
import { createInspectors, type Inspectors } from './inspectors.ts';
import type { Listeners } from '../time/listeners.ts';
import { createMachineActor } from './machineActor.ts';
import type { SessionServices } from './machineServices.ts';
import type { Platform } from './platform.ts';
import { createReadiness } from './readiness.ts';
import type { Settings } from './resolveOptions.ts';
import type { SessionMachine, SessionSnapshot } from './session.ts';
import type { Stop } from '../time/stop.ts';
import type { SessionStatus } from './sessionView.ts';
import type { Writable } from './writable.ts';

/** What a runner works with. */
export interface RunnerDeps<Known> {
  readonly services: SessionServices;
  readonly settings: Pick<Settings, 'machine' | 'inspect'>;
  readonly holdProcess: Platform['holdProcess'];
  /** What `ready` settles with. */
  known(snapshot: SessionSnapshot): Known;
  onFact(fact: SessionFact): void;
  /** Told after every event of every start, and after a stop. */
  readonly changes: Listeners<void>;
}

/** Runs the machine over all starts and stops of a session: an actor that has stopped never runs again. */
export interface Runner<Known = unknown> {
  readonly phase: 'new' | 'running' | 'stopped';
  /** Why it must not begin any more. */
  readonly retired: SessionError | undefined;
  /** How often it has begun. */
  readonly begun: number;
  /** Why it was stopped last. */
  readonly stopped: SessionError | undefined;
  snapshot(): SessionSnapshot;
  status(): SessionStatus;
  /** Settles when it is known whether somebody is signed in; another promise once that has changed. */
  ready(): Promise<Known>;
  /** Starts the actor, anew after a stop; `true` where it did not run. */
  begin(): boolean;
  /** Whoever waits fails with `why`. */
  stop(why: SessionError): void;
  /** It must not begin any more: nothing will be known by it. */
  retire(why: SessionError): void;
  send(event: SessionEvent): void;
  /** Settles with the first outcome that is not `undefined`, judged after the restore and after every change; an error rejects. */
  until<T>(judge: (snapshot: SessionSnapshot) => T | SessionError | undefined): Promise<T>;
  /** Calls back after every event of every start, and after a stop. */
  subscribe(onChange: () => void): Stop;
  readonly inspect: Inspectors['add'];
}

const statusOf = (snapshot: SessionSnapshot): SessionStatus => {
  if (snapshot.hasTag('loading')) return 'loading';
  return snapshot.hasTag('signedIn') ? 'signedIn' : 'signedOut';
};

const isRestoring = (snapshot: SessionSnapshot): boolean => snapshot.matches({ anonymous: 'restoring' });

/** A runner that has not begun. */
export const createRunner = <Known>(parts: RunnerDeps<Known>): Runner<Known> => {
  const { changes } = parts;
  const inspectors = createInspectors();
  if (parts.settings.inspect) inspectors.add(parts.settings.inspect);
  let readiness = createReadiness<Known>();
  let letGo: Stop | undefined;

  /** A promise answers once: who asks after a change is told what is so by then. */
  const answer = (known: Known | Promise<never>): void => {
    if (readiness.known && readiness.known.value !== known) readiness = createReadiness();
    readiness.resolve(known);
    letGo?.();
    letGo = undefined;
  };

  const create = (): Actor<SessionMachine> => {
    const made = createMachineActor(parts.services, parts.settings.machine);
    inspectors.attach(made);
    made.on('*', parts.onFact);
    // A start that was stopped before anything was known is answered by the next one.
    if (readiness.known) readiness = createReadiness();
    let last: SessionSnapshot | undefined;
    const next = (snapshot: SessionSnapshot): void => {
      // XState tells of events that changed nothing, too.
      if (snapshot === last) return;
      last = snapshot;
      if (made === actor && !isRestoring(snapshot)) {
        const known = parts.known(snapshot);
        // Whoever it told can have started the session anew.
        if (made === actor) answer(known);
      }
      changes.tell();
    };
    made.subscribe({ next, error: (thrown) => console.error(thrown) });
    return made;
  };

  let actor = create();

  const runner: Writable<Runner<Known>> = {
    phase: 'new',
    retired: undefined,
    begun: 0,
    stopped: undefined,
    snapshot: () => actor.getSnapshot(),
    status: () => (runner.phase === 'running' ? statusOf(actor.getSnapshot()) : 'loading'),
    ready: () => readiness.promise,
    begin() {
      if (runner.phase === 'running') return false;
      if (runner.phase === 'stopped') actor = create();
      runner.phase = 'running';
      runner.begun++;
      letGo = parts.holdProcess?.();
      actor.start();
      return true;
    },
    stop(why) {
      runner.phase = 'stopped';
      runner.stopped = why;
      actor.stop();
      letGo?.();
      changes.tell();
    },
    retire(why) {
      runner.retired = why;
      answer(Promise.reject(why));
      readiness.promise.catch(() => undefined);
    },
    send(event) {
      // XState prints what is sent to an actor that does not run.
      if (runner.phase === 'running') actor.send(event);
    },
    until: (judge) =>
      new Promise((resolve, reject) => {
        // What an actor that runs no more was not asked for will not come.
        if (runner.phase === 'stopped') return reject(runner.stopped!);
        const settle = (): boolean => {
          const now = actor.getSnapshot();
          // A listener may stop the session, or start it anew, because of the very fact that is waited for.
          const known = isRestoring(now) ? undefined : judge(now);
          const outcome =
            runner.retired ?? known ?? (runner.phase === 'stopped' ? runner.stopped : undefined);
          if (outcome === undefined) return false;
          if (isSessionError(outcome)) reject(outcome);
          else resolve(outcome);
          return true;
        };
        if (settle()) return;
        const release = parts.holdProcess?.();
        const stopListening = changes.add(() => {
          if (!settle()) return;
          stopListening();
          release?.();
        });
      }),
    subscribe: changes.add,
    inspect: inspectors.add,
  };
  return runner;
};
