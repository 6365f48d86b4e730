import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startGroup } from './childGroup.mjs';
import { distributionOf } from './distribution.mjs';
import { freePort } from './freePort.mjs';

/** Who administers a server that was started here. */
export const administrator = { username: 'admin', password: 'admin' };

/**
 * A running Keycloak, on loopback.
 *
 * @typedef {object} Keycloak
 * @property {string} version Its version, as Maven Central has it.
 * @property {string} url Its base, without a slash at the end.
 * @property {() => Promise<void>} restart Stops it and starts it again, with the same data, on the same port.
 * @property {() => Promise<void>} stop Ends it and forgets its data.
 */

/**
 * @param {string} url
 * @param {RequestInit} [init]
 */
function statusOf(url, init) {
  return fetch(url, init).then(
    ({ status }) => status,
    () => 0,
  );
}

/** @param {string} url */
function hasAdministrator(url) {
  const form = new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', ...administrator });
  return statusOf(`${url}/realms/master/protocol/openid-connect/token`, { method: 'POST', body: form });
}

/**
 * Realms are imported before it listens; the administrator of 23.0.3 is made afterwards.
 *
 * @param {import('./childGroup.mjs').ChildGroup} group
 * @param {string} url
 * @param {AbortSignal} [signal]
 */
async function untilReady(group, url, signal) {
  const discovery = `${url}/realms/master/.well-known/openid-configuration`;
  while ((await statusOf(discovery)) !== 200 || (await hasAdministrator(url)) !== 200) {
    signal?.throwIfAborted();
    if (!group.isRunning()) throw new Error(`Keycloak ended before it was ready:\n${group.output()}`);
    await delay(250);
  }
}

/** @param {number} port */
function environmentOf(port) {
  const { username, password } = administrator;
  return {
    PATH: process.env.PATH,
    ...(process.env.JAVA_HOME && { JAVA_HOME: process.env.JAVA_HOME }),
    JAVA_OPTS_APPEND: '-Xms64m -Xmx512m -XX:TieredStopAtLevel=1',
    // One name up to 25, the other since 26.
    KEYCLOAK_ADMIN: username,
    KEYCLOAK_ADMIN_PASSWORD: password,
    KC_BOOTSTRAP_ADMIN_USERNAME: username,
    KC_BOOTSTRAP_ADMIN_PASSWORD: password,
    KC_HTTP_ENABLED: 'true',
    KC_HTTP_HOST: '127.0.0.1',
    KC_HTTP_PORT: String(port),
    // The address in the request is the server's own name: tests use localhost and 127.0.0.1.
    KC_HOSTNAME_STRICT: 'false',
    KC_HOSTNAME_STRICT_HTTPS: 'false',
  };
}

/**
 * A home of its own, because it keeps its data beside its programs. Those are shared, except for the script: it takes for home where
 * it really lies.
 *
 * @param {string} distribution
 * @param {string} home
 * @param {readonly string[]} realmFiles
 */
function furnish(distribution, home, realmFiles) {
  const imports = join(home, 'data', 'import');
  mkdirSync(imports, { recursive: true });
  for (const file of realmFiles) copyFileSync(file, join(imports, basename(file)));
  for (const part of ['lib', 'providers', 'themes']) symlinkSync(join(distribution, part), join(home, part));
  cpSync(join(distribution, 'conf'), join(home, 'conf'), { recursive: true });
  mkdirSync(join(home, 'bin'));
  copyFileSync(join(distribution, 'bin', 'kc.sh'), join(home, 'bin', 'kc.sh'));
}

/**
 * Starts a Keycloak with these realms imported; ready when it settles.
 *
 * @param {{ version: string, realmFiles: readonly string[], port?: number, signal?: AbortSignal }} options
 *   `signal`: gives up a start that is under way.
 * @returns {Promise<Keycloak>}
 */
export async function startKeycloak({ version, realmFiles, port: wanted, signal }) {
  const distribution = distributionOf(version);
  const folder = mkdtempSync(join(tmpdir(), 'token-vigil-keycloak-'));
  const home = join(folder, 'keycloak');
  furnish(distribution, home, realmFiles);
  const port = wanted ?? (await freePort());
  const url = `http://localhost:${port}`;

  const begin = () =>
    startGroup(join(home, 'bin', 'kc.sh'), ['start', '--optimized', '--import-realm'], environmentOf(port));
  let group = begin();
  const stop = async () => {
    await group.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(group, url, signal);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    version,
    url,
    async restart() {
      await group.stop();
      group = begin();
      await untilReady(group, url);
    },
    stop,
  };
}
