/** `npm test`: builds, passes every gate, runs every test, and says in its last line how it went. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { whyNoKeycloak } from './keycloak/servers.mjs';
import { findChromium } from './support/chromium.mjs';

/** @typedef {{ name: string, status: 'passed' | 'failed' | 'skipped' }} Result */

const root = fileURLToPath(new URL('..', import.meta.url));
const gates = [
  'build',
  'build:inspect',
  'build:demo',
  'check:types',
  'check:chart',
  'lint',
  'check:unused',
  'check:package',
  'check:size',
];
const hasChromium = findChromium() !== undefined;
const noKeycloak = whyNoKeycloak();
const inCI = Boolean(process.env.CI);

/** @param {string[]} args */
function node(...args) {
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status === 0;
}

/** @param {string} script */
function npmRun(script) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('npm-cli.js')) return node(cli, 'run', '--silent', script);
  const shell = process.platform === 'win32';
  return spawnSync('npm', ['run', '--silent', script], { cwd: root, stdio: 'inherit', shell }).status === 0;
}

/** @returns {Result} */
function result(/** @type {string} */ name, /** @type {boolean} */ passed) {
  return { name, status: passed ? 'passed' : 'failed' };
}

/** @param {string} script */
function runGate(script) {
  console.log(`\n── npm run ${script}`);
  return result(`npm run ${script}`, npmRun(script));
}

/**
 * @param {string[]} options
 * @returns {Result[]}
 */
function runTests(...options) {
  const name = ['vitest run', ...options].join(' ');
  console.log(`\n── ${name}`);
  const folder = mkdtempSync(join(tmpdir(), 'token-vigil-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const passed = node('node_modules/vitest/vitest.mjs', 'run', ...options, ...reporters);
  const results = readReport(report);
  rmSync(folder, { recursive: true, force: true });
  // An error outside any test (a stray rejection, a browser that did not start) fails the run all the same.
  const unexplained = !passed && results.every(({ status }) => status !== 'failed');
  return unexplained ? [...results, result(`${name} (an error outside the tests)`, false)] : results;
}

/**
 * @param {string} path
 * @returns {Result[]}
 */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).testResults.flatMap(resultsOfFile);
  } catch {
    return [result('vitest run (no report)', false)];
  }
}

/**
 * @param {{ name: string, status: string, assertionResults: { fullName: string, status: string }[] }} file
 * @returns {Result[]}
 */
function resultsOfFile({ name, status, assertionResults }) {
  const tests = assertionResults.map((test) => ({ name: test.fullName, status: plain(test.status) }));
  const failedOutside = status === 'failed' && tests.every((test) => test.status !== 'failed');
  return failedOutside ? [...tests, result(name, false)] : tests;
}

/**
 * @param {string} status
 * @returns {Result['status']}
 */
function plain(status) {
  return status === 'passed' || status === 'failed' ? status : 'skipped';
}

function noticeOfChromium() {
  console.log(`
************************************************************************
  NO CHROMIUM FOUND: the browser tests were left out.

  Install Chromium or Chrome, or name one in CHROMIUM_PATH, and run
  npm test again. In CI (the variable CI is set) this is a failure.
************************************************************************`);
}

function noticeOfKeycloak() {
  console.log(`
The tests against a real Keycloak were left out: ${noKeycloak}. Install Java 17 or newer and Maven, or name a server with the
realms of test/keycloak/realms and docs/keycloak/demo-realm.json in KEYCLOAK_URL, and run npm test again.`);
}

/**
 * @param {string} title
 * @param {Result[]} results
 */
function list(title, results) {
  if (results.length > 0) console.log(`\n${title}:\n${results.map(({ name }) => `  ${name}`).join('\n')}`);
}

/** @param {Result[]} results */
function conclude(results) {
  const [passed, failed, skipped] = /** @type {const} */ (['passed', 'failed', 'skipped']).map((status) =>
    results.filter((each) => each.status === status),
  );
  list('Skipped', skipped ?? []);
  if (!hasChromium && !inCI) noticeOfChromium();
  if (noKeycloak && !inCI) noticeOfKeycloak();
  list('Failed', failed ?? []);
  console.log(`\n${passed?.length} passed, ${failed?.length} failed`);
  process.exitCode = failed?.length === 0 ? 0 : 1;
}

const needed = [
  result('Chromium is installed', hasChromium),
  result('Keycloak can be started', noKeycloak === undefined),
];
conclude([
  ...gates.map(runGate),
  ...(inCI ? needed : []),
  ...runTests(),
  // Projects of their own, with the package as it was built: each installs what its lockfile pins, once.
  ...runTests('--config', 'test/starters/vitest.config.ts'),
]);
