import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startGroup } from './childGroup.mjs';

/** Who administers a server that was started here. */
export const administrator = { username: 'admin', password: 'admin' };

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
async function hasAdministrator(url) {
  const body = new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', ...administrator });
  const status = await statusOf(`${url}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body,
  });
  return status === 200;
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
  while ((await statusOf(discovery)) !== 200 || !(await hasAdministrator(url))) {
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
 * Serves what is in this home; ready when it settles.
 *
 * @param {string} home
 * @param {number} port
 * @param {AbortSignal} [signal] gives up a start that is under way.
 * @returns {Promise<import('./childGroup.mjs').ChildGroup>}
 */
export async function serve(home, port, signal) {
  const args = ['start', '--optimized', '--import-realm'];
  const group = startGroup(join(home, 'bin', 'kc.sh'), args, environmentOf(port));
  try {
    await untilReady(group, `http://localhost:${port}`, signal);
    return group;
  } catch (error) {
    await group.stop();
    throw error;
  }
}
