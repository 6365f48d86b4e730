import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startGroup } from './server/childGroup.mjs';
import { freePort } from './server/freePort.mjs';

/** A running PostgreSQL on loopback. */
export interface Postgres {
  readonly port: number;
  /** What a statement brings, one row a line. */
  query(statement: string): string;
  stop(): Promise<void>;
}

interface Account {
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

const DEBIAN = '/usr/lib/postgresql';

/** The folder of its programs, newest version first; Debian keeps them off the path. */
export const findPostgres = (): string | undefined => {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).toSorted((a, b) => Number(b) - Number(a)) : [];
  return versions
    .map((version) => join(DEBIAN, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
};

/** It refuses to run as root: then it runs as the user that Debian's package makes. */
const isRoot = process.getuid?.() === 0;

const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));

const prepareFolder = (password: string): { folder: string; passwordFile: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'token-vigil-postgres-'));
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (isRoot) for (const path of [folder, passwordFile]) chownSync(path, idOf('-u'), idOf('-g'));
  return { folder, passwordFile };
};

/** Starts one with an empty data folder of its own, which `stop` removes again. */
export async function startPostgres({ user, password, database }: Account): Promise<Postgres> {
  const bin = findPostgres();
  if (bin === undefined)
    throw new Error('PostgreSQL is missing: install it (Debian: apt-get install postgresql)');
  const port = await freePort();
  const { folder, passwordFile } = prepareFolder(password);
  const data = join(folder, 'data');
  const env = { PATH: process.env['PATH'], PGPASSWORD: password };

  const command = (program: string, args: readonly string[]): [string, string[]] => {
    const path = join(bin, program);
    return isRoot ? ['runuser', ['-u', 'postgres', '--', path, ...args]] : [path, [...args]];
  };
  const run = (program: string, args: readonly string[]): string =>
    execFileSync(...command(program, args), { env, cwd: folder, encoding: 'utf8', stdio: 'pipe' });

  run('initdb', [
    '--no-sync',
    '--auth=scram-sha-256',
    `--username=${user}`,
    `--pwfile=${passwordFile}`,
    data,
  ]);
  // No socket file: only loopback, under the chosen port.
  const settings = ['-h', '127.0.0.1', '-p', `${port}`, '-k', '', '-c', 'fsync=off'];
  const group = startGroup(...command('postgres', ['-D', data, ...settings]), env);
  const stop = async (): Promise<void> => {
    await group.stop();
    rmSync(folder, { recursive: true, force: true });
  };

  const at = ['--host=127.0.0.1', `--port=${port}`, `--username=${user}`];
  const isReady = (): boolean => {
    try {
      run('pg_isready', ['--quiet', ...at]);
      return true;
    } catch {
      return false;
    }
  };
  const begin = async (): Promise<void> => {
    while (!isReady()) {
      if (!group.isRunning()) throw new Error(`PostgreSQL ended before it was ready:\n${group.output()}`);
      await delay(100);
    }
    run('createdb', [...at, database]);
  };
  await begin().catch(async (error: unknown) => {
    await stop();
    throw error;
  });

  return {
    port,
    query: (statement) =>
      run('psql', [...at, `--dbname=${database}`, '--tuples-only', '--no-align', `--command=${statement}`]),
    stop,
  };
}
