/** `npm run keycloak`: a Keycloak with the demo's realm for somebody to try things on. It ends, without a trace, on Ctrl-C. */
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { distributionOf, isUnpacked, missingPrograms, versions } from './server/distribution.mjs';
import { freePort } from './server/freePort.mjs';
import { administrator, startKeycloak } from './server/startKeycloak.mjs';
import { demoRealm } from './servers.mjs';

const usualPort = 8180;
const newest = versions.at(-1) ?? '';

const usage = `npm run keycloak                      starts Keycloak ${newest} on http://localhost:${usualPort}
npm run keycloak -- 23.0.3            … another version
npm run keycloak -- --port 8000       … on a port of your choice, if it is free`;

class UsageError extends Error {}

/** @param {readonly string[]} args */
function readArguments(args) {
  try {
    const options = /** @type {const} */ ({ help: { type: 'boolean' }, port: { type: 'string' } });
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [version = newest, ...others] = positionals;
    if (others.length > 0 || !/^\d+\.\d+\.\d+$/.test(version))
      throw new UsageError(`One version, as ${newest} is one, not "${positionals.join(' ')}"`);
    return { help: values.help, version, port: portFrom(values.port) };
  } catch (error) {
    throw new UsageError(`${/** @type {Error} */ (error).message.split(/[.\n] /)[0]}\n\n${usage}`);
  }
}

/** @param {string | undefined} text */
function portFrom(text) {
  if (text === undefined) return usualPort;
  const port = Number(text);
  if (/^\d+$/.test(text) && port > 0 && port <= 65_535) return port;
  throw new UsageError(`--port must be a number from 1 to 65535, not "${text}"`);
}

/** @param {string} version */
function announcement(version) {
  const once = isUnpacked(version)
    ? ''
    : ' It is fetched and unpacked first, once; that takes a minute or two.';
  return `Keycloak ${version} starts, in about half a minute.${once}`;
}

/** @param {import('./server/startKeycloak.mjs').Keycloak} keycloak */
function greeting({ version, url }) {
  return `
  Keycloak ${version}

  Server       ${url}
  Realm        demo, issuer ${url}/realms/demo
  Client       demo (public; code with PKCE, and password)
  Users        user1 / password  or  user2 / password
  Admin        ${url}/admin, ${administrator.username} / ${administrator.password}

  Play on it   npm start -- --keycloak ${url}

  Ctrl-C stops it and forgets everything.
`;
}

/** The listeners stay: npm passes on the signal that the terminal has sent already. */
function interruption() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, resolve);
  });
}

/** A signal to npm alone ends npm's shell but not what runs in it: we notice by another parent. */
function abandonment() {
  const parent = process.ppid;
  return new Promise((resolve) => {
    if (process.env.npm_lifecycle_event === undefined) return;
    setInterval(() => process.ppid === parent || resolve(undefined), 500).unref();
  });
}

/** @param {string} version */
function prepare(version) {
  try {
    distributionOf(version);
  } catch (error) {
    const reason = /** @type {Error} */ (error).message.replace(/^.*\[ERROR\] /, '');
    throw new Error(`Keycloak ${version} cannot be had: ${reason}`, { cause: error });
  }
}

/** @param {{ version: string, port: number, signal: AbortSignal }} wanted */
async function start({ version, port, signal }) {
  prepare(version);
  return startKeycloak({ version, realmFiles: [demoRealm], port: await freePort(port), signal });
}

/** @param {ReturnType<typeof readArguments>} wanted */
async function serve({ version, port }) {
  console.log(announcement(version));
  const ending = new AbortController();
  const ended = Promise.race([interruption(), abandonment()]).then(() => ending.abort());
  const keycloak = await start({ version, port, signal: ending.signal }).catch(async (error) => {
    // A program that we wait for gets the signal too, and its failure is here first.
    await Promise.race([ended, delay(200)]);
    if (!ending.signal.aborted) throw error;
  });
  if (!keycloak) return;
  console.log(greeting(keycloak));
  await ended;
  await keycloak.stop();
}

/** @param {readonly string[]} args */
async function run(args) {
  const wanted = readArguments(args);
  if (wanted.help) return console.log(usage);
  const missing = missingPrograms();
  if (missing.length > 0)
    throw new Error(`Not found: ${missing.join(', ')}. Install Java 17 or newer and Maven, and try again.`);
  return serve(wanted);
}

/** @param {Error} error */
function complain(error) {
  console.error(error.message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

await run(process.argv.slice(2)).catch(complain);
