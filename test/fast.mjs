/** `npm run test:fast`: types, unit tests and 200 model runs, side by side; for between two changes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('..', import.meta.url));
const vitest = ['node_modules/vitest/vitest.mjs', 'run'];

/**
 * What it prints comes in one piece, when it is over.
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
async function run(args, env = {}) {
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env } });
  const [out, err, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  console.log(out + err);
  return status === 0;
}

const passed = await Promise.all([
  run(['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']),
  run([...vitest, '--project', 'property', 'invariants'], { VIGIL_RUNS: '200' }),
  run([...vitest, '--project', 'unit', '--project', 'types']),
]);
process.exitCode = passed.every(Boolean) ? 0 : 1;
