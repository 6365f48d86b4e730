import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * A program and all that it starts.
 *
 * @typedef {object} ChildGroup
 * @property {() => boolean} isRunning Whether it has not ended yet.
 * @property {() => string} output The end of what it printed.
 * @property {() => Promise<void>} stop Asks it to end, and waits; in the end it is made to.
 * @property {() => Promise<void>} kill Ends it at once, and waits.
 */

/** A server that is asked to end has this long. */
const patienceMs = 20_000;

/**
 * The group ends with its stdin, and that closes when the process dies that started it, however it dies: no server is left
 * behind by a run that crashed or was killed.
 */
const guard = `
exec 3<&0
"$0" "$@" </dev/null 3<&- &
main=$!
trap : TERM
(exec >/dev/null 2>&1; cat <&3; kill -TERM 0) &
guard=$!
while kill -0 $main 2>/dev/null; do wait $main; done
wait $main; status=$?
kill -KILL $guard 2>/dev/null
exit $status`;

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {ChildGroup}
 */
export function startGroup(program, args, env) {
  const child = spawn('bash', ['-c', guard, program, ...args], {
    env,
    // A group of its own, so that all of it can be told to end.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part) => (output = (output + String(part)).slice(-4000)));
  }
  // Writing to a program that has ended is no error here.
  child.stdin.on('error', () => {});
  const gone = once(child, 'close');
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const kill = () => {
    if (isRunning() && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  return {
    isRunning,
    output: () => output,
    async stop() {
      child.stdin.end();
      const patience = setTimeout(kill, patienceMs);
      await gone;
      clearTimeout(patience);
    },
    async kill() {
      kill();
      await gone;
    },
  };
}
