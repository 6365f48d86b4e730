import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
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

/** @param {string} url */
function statusOf(url) {
  return fetch(url).then(
    ({ status }) => status,
    () => 0,
  );
}

/**
 * @param {import('./childGroup.mjs').ChildGroup} group
 * @param {string} url
 */
async function untilReady(group, url) {
  while ((await statusOf(`${url}/realms/master/.well-known/openid-configuration`)) !== 200) {
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
    KC_CACHE: 'local',
  };
}

/**
 * Starts a Keycloak with these realms imported; ready when it settles.
 *
 * @param {{ version: string, realmFiles: readonly string[], port?: number }} options
 * @returns {Promise<Keycloak>}
 */
export async function startKeycloak({ version, realmFiles, port: wanted }) {
  const distribution = distributionOf(version);
  const folder = mkdtempSync(join(tmpdir(), 'token-vigil-keycloak-'));
  const home = join(folder, 'keycloak');
  // A copy, because it keeps its data beside its programs.
  cpSync(distribution, home, { recursive: true });
  const imports = join(home, 'data', 'import');
  mkdirSync(imports, { recursive: true });
  for (const file of realmFiles) cpSync(file, join(imports, basename(file)));
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
    await untilReady(group, url);
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
