import { SessionError } from '../errors/sessionError.ts';
import type { Endings } from './endings.ts';
import type { PresenceCalls } from './presenceCalls.ts';
import type { Runner } from './runner.ts';
import type { Seat } from './seat.ts';
import type { Session } from './session.ts';
import type { Stop } from '../time/stop.ts';
import type { SessionGate } from './sessionGate.ts';

/** What starts and stops with a session. */
export interface LifecycleDeps<User> {
  readonly runner: Runner<User | null>;
  readonly gate: Pick<SessionGate, 'reopen' | 'stop'>;
  readonly endings: Pick<Endings, 'stop'>;
  readonly tellHolds: PresenceCalls['tellHolds'];
}

/** Nobody runs it yet. */
export const createLifecycle = <User>({
  runner,
  gate,
  endings,
  tellHolds,
}: LifecycleDeps<User>): Pick<Session<User>, 'start' | 'run' | 'stop'> & Required<Pick<Seat, 'retire'>> => {
  const callers = new Set<Stop>();

  const start = (): Promise<User | null> => {
    if (runner.retired) return runner.ready();
    if (runner.phase === 'stopped') gate.reopen();
    if (runner.begin()) tellHolds();
    return runner.ready();
  };

  const end = (why: SessionError): void => {
    gate.stop(why);
    endings.stop();
    runner.stop(why);
  };

  const stop = (): void => {
    callers.clear();
    if (runner.phase !== 'stopped')
      end(new SessionError('session_stopped', 'The session was stopped; `start()` begins again'));
  };

  return {
    start,
    stop,
    retire(why) {
      runner.retire(why);
      end(why);
    },
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
