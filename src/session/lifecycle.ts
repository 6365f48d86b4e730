import type { Endings } from './endings.ts';
import type { PresenceCalls } from './presenceCalls.ts';
import type { Runner } from './runner.ts';
import type { Session, Stop } from './session.ts';
import type { SessionGate } from './sessionGate.ts';

/** What starts and stops with a session. */
export interface LifecycleDeps<User> {
  readonly runner: Runner<User | null>;
  readonly presence: Pick<PresenceCalls, 'tellHolds'>;
  readonly gate: Pick<SessionGate, 'reopen' | 'stop'>;
  readonly endings: Pick<Endings, 'stop'>;
}

/** Nobody runs it yet. */
export const createLifecycle = <User>({
  runner,
  presence,
  gate,
  endings,
}: LifecycleDeps<User>): Pick<Session<User>, 'start' | 'run' | 'stop'> => {
  const callers = new Set<Stop>();

  const start = (): Promise<User | null> => {
    if (runner.phase === 'stopped') gate.reopen();
    if (runner.begin()) presence.tellHolds();
    return runner.ready;
  };

  const stop = (): void => {
    callers.clear();
    if (runner.phase === 'stopped') return;
    gate.stop();
    endings.stop();
    runner.stop();
  };

  return {
    start,
    stop,
    run() {
      const leave = (): void => {
        if (callers.delete(leave) && callers.size === 0) stop();
      };
      callers.add(leave);
      void start();
      return leave;
    },
  };
};
