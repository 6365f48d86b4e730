import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';

/** The version of the report and the newest one on Maven Central. */
export const versions = /** @type {const} */ (['23.0.3', '26.7.3']);

/** Outside the checkout: 190 MB a version are unpacked and built once. */
export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'token-vigil', 'keycloak');

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 */
function run(program, args, options) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', ...options });
  if (status === 0) return String(stdout).trim();
  const said = [stdout, stderr].map(String).join('\n').trim();
  const reason = error?.message ?? /^.*ERROR.*$/m.exec(said)?.[0] ?? said.slice(-2000);
  throw new Error(`\`${[basename(program), ...args].join(' ')}\` failed: ${reason}`);
}

/**
 * What a program says of its version; nothing where there is no such program.
 *
 * @param {string} program
 */
function versionOf(program) {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout : '';
}

/** Both versions run on 17. Up to 8 Java does not know the option. */
function hasJava() {
  return Number(/\d+/.exec(versionOf('java'))?.[0] ?? 0) >= 17;
}

/** What is missing here of the programs that it takes; nothing: Keycloak can be started. */
export function missingPrograms() {
  const others = ['mvn', 'tar', 'bash'].filter((program) => versionOf(program) === '');
  return hasJava() ? others : ['java (17 or newer)', ...others];
}

/** What is still in the making, ours or another process's. */
export const unfinished = 'unfinished-';

/** @param {string} version */
const folderOf = (version) => join(cache, `${version}-local`);

/**
 * Whether {@link distributionOf} has nothing left to do.
 *
 * @param {string} version
 */
export function isUnpacked(version) {
  return existsSync(folderOf(version));
}

/** @param {string} version */
function archiveOf(version) {
  const repository = process.env.MAVEN_REPOSITORY || join(homedir(), '.m2', 'repository');
  const file = `keycloak-quarkus-dist-${version}.tar.gz`;
  const archive = join(repository, 'org', 'keycloak', 'keycloak-quarkus-dist', version, file);
  const artifact = `org.keycloak:keycloak-quarkus-dist:${version}:tar.gz`;
  // 23.0.3 was published as tar.gz only.
  if (!existsSync(archive)) {
    const to = `-Dmaven.repo.local=${repository}`;
    run('mvn', ['-q', '-B', 'dependency:get', `-Dartifact=${artifact}`, '-Dtransitive=false', to]);
  }
  return archive;
}

const hourMs = 60 * 60 * 1000;

/** What was interrupted long ago. */
function sweep() {
  for (const name of readdirSync(cache).filter((entry) => entry.startsWith(unfinished))) {
    const path = join(cache, name);
    if (Date.now() - statSync(path).mtimeMs > hourMs) rmSync(path, { recursive: true, force: true });
  }
}

/**
 * The folder of an unpacked Keycloak, built for its embedded database; made at the first call.
 *
 * @param {string} version
 */
export function distributionOf(version) {
  const folder = folderOf(version);
  if (isUnpacked(version)) return folder;
  mkdirSync(cache, { recursive: true });
  sweep();
  // Renamed when it is whole: an interrupted unpacking must not be taken for one.
  const workshop = mkdtempSync(join(cache, unfinished));
  try {
    run('tar', ['-xzf', archiveOf(version), '-C', workshop]);
    const unpacked = join(workshop, `keycloak-${version}`);
    // Else servers of one version on one machine find each other and share their sessions.
    run(join(unpacked, 'bin', 'kc.sh'), ['build', '--db=dev-file', '--cache=local']);
    renameSync(unpacked, folder);
  } catch (error) {
    // Another process was faster.
    if (!isUnpacked(version)) throw error;
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
  return folder;
}
