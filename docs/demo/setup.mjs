/** Runs before `npm start`: installs and builds what is missing or out of date, so that a fresh clone just starts. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @param {string[]} parts */
const inRoot = (...parts) => join(root, ...parts);

/**
 * @typedef {{ version?: string, optional?: boolean }} Package
 * @param {string} lockfile
 * @returns {Record<string, Package>} The packages by their folder, without the repository itself.
 */
function packagesIn(lockfile) {
  const { '': _ours, ...packages } = JSON.parse(readFileSync(inRoot(lockfile), 'utf8')).packages;
  return packages;
}

/** npm notes what it has installed in a lockfile of its own; packages for other platforms are not in it. */
function isInstalled() {
  if (!existsSync(inRoot('node_modules/.package-lock.json'))) return false;
  const installed = packagesIn('node_modules/.package-lock.json');
  return Object.entries(packagesIn('package-lock.json')).every(
    ([folder, { version, optional }]) =>
      installed[folder]?.version === version || (optional && !installed[folder]),
  );
}

/** @param {string} folder */
function sourcesIn(folder) {
  return readdirSync(inRoot(folder), { recursive: true })
    .map((name) => inRoot(folder, String(name)))
    .filter((path) => /\.(tsx?|json)$/.test(path));
}

/** @param {string} path */
const changedAt = (path) => statSync(path).mtimeMs;

function isBuilt() {
  const built = [inRoot('dist/src/index.js'), inRoot('dist/docs/demo/main.js')];
  if (!built.every((path) => existsSync(path))) return false;
  const oldest = Math.min(...built.map(changedAt));
  return ['src', 'machines', 'docs/demo'].flatMap(sourcesIn).every((path) => changedAt(path) <= oldest);
}

/** @param {string[]} args */
function npm(...args) {
  const cli = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : undefined;
  const options = { cwd: root, stdio: /** @type {const} */ ('inherit') };
  const { status } = cli
    ? spawnSync(process.execPath, [cli, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (status !== 0) fail(`npm ${args.join(' ')}`);
}

/** @param {string} command */
function fail(command) {
  console.error(`\nThe demo cannot start: "${command}" failed. What it printed above says why.`);
  process.exit(1);
}

if (!isInstalled()) {
  console.log('Installing the packages (once, about 20 seconds) …');
  npm('ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error');
}
if (!isBuilt()) {
  console.log('Building token-vigil and the demo …');
  npm('run', '--silent', 'build');
  npm('run', '--silent', 'build:demo');
}
