import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installPinned, shellEnv } from './installPinned.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** A project with an installation of its own, under `test/starters`. */
export interface Starter {
  readonly folder: string;
  /** Runs a script of its package.json; rejects with what it printed where it fails. */
  run(script: string, env?: Readonly<Record<string, string>>): Promise<void>;
  /** Starts a command of its `node_modules/.bin`, and settles with the address that it prints. */
  serve(command: readonly string[], env?: Readonly<Record<string, string>>): Promise<StarterServer>;
}

/** A server that a starter has started. */
export interface StarterServer {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Puts the package as it was built in the place of the one that was installed. */
const renewPackage = async (folder: string): Promise<void> => {
  const home = join(folder, 'node_modules', 'token-vigil');
  const { files } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { files: string[] };
  await rm(home, { recursive: true, force: true });
  for (const path of ['package.json', ...files.filter((name) => !/^!?docs\//.test(name))])
    await cp(join(root, path), join(home, path), { recursive: true });
  // Vite keeps what it has bundled of it for development.
  await rm(join(folder, 'node_modules', '.vite'), { recursive: true, force: true });
};

const untilServing = async (child: ChildProcess): Promise<string> => {
  let printed = '';
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      printed += String(chunk);
      const [address] = /http:\/\/localhost:\d+/.exec(printed) ?? [];
      if (address) resolve(address);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => reject(new Error(`The server has ended:\n${printed}`)));
  });
};

/** A project that is installed already. */
export const starterIn = (folder: string): Starter => ({
  folder,
  async run(script, env = {}) {
    const settings = { cwd: folder, env: { ...shellEnv(), ...env } };
    await promisify(execFile)(npm, ['run', '--silent', script], settings).catch(
      ({ stdout, stderr }: { stdout: string; stderr: string }) => {
        throw new Error(`npm run ${script} fails:\n${stdout}\n${stderr}`);
      },
    );
  },
  async serve([command = '', ...args], env = {}) {
    const child = spawn(join(folder, 'node_modules', '.bin', command), args, {
      cwd: folder,
      env: { ...shellEnv(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return {
      origin: await untilServing(child),
      async stop() {
        const ended = once(child, 'exit');
        child.kill();
        await ended;
      },
    };
  },
});

/** Installs a starter, with the package as `npm run build` has made it. */
export const prepareStarter = async (name: string): Promise<Starter> => {
  const folder = join(root, 'test', 'starters', name);
  await installPinned(folder);
  await renewPackage(folder);
  return starterIn(folder);
};
