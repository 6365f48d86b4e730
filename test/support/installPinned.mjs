import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/**
 * As in a shell: what the test runner says of itself would make a development build of everything.
 *
 * @returns {NodeJS.ProcessEnv}
 */
export function shellEnv() {
  const { NODE_ENV: _, VITEST: __, ...others } = process.env;
  return { ...others, NO_COLOR: '1', FORCE_COLOR: '0' };
}

/** @param {string} path */
const textOf = (path) => readFile(path, 'utf8').catch(() => undefined);

/**
 * Installs what the lockfile of a folder pins, unless that is there already.
 *
 * @param {string} folder
 */
export async function installPinned(folder) {
  const [wanted, note] = [join(folder, 'package-lock.json'), join(folder, 'node_modules', '.installed')];
  const lock = await readFile(wanted, 'utf8');
  if (lock === (await textOf(note))) return;
  await promisify(execFile)(npm, ['ci', '--no-audit', '--no-fund'], { cwd: folder, env: shellEnv() });
  await writeFile(note, lock);
}
