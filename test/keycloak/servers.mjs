import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { missingPrograms, versions } from './server/distribution.mjs';
import { startKeycloak } from './server/startKeycloak.mjs';

const realms = fileURLToPath(new URL('realms', import.meta.url));

/** The demo's own realm. */
export const demoRealm = fileURLToPath(new URL('../../docs/keycloak/demo-realm.json', import.meta.url));

/** Every realm of the tests. */
export const realmFiles = [...readdirSync(realms).map((file) => join(realms, file)), demoRealm];

/** A server that runs already is used in place of ours: it must have the realms of the tests. */
const given = process.env.KEYCLOAK_URL;

/** Why there is no server for the tests; `undefined`: there is one. */
export function whyNoKeycloak() {
  const missing = given ? [] : missingPrograms();
  return missing.length === 0 ? undefined : `${missing.join(' and ')} not found`;
}

/** @param {string} url */
async function givenServer(url) {
  await fetch(url).catch((cause) => {
    throw new Error(`KEYCLOAK_URL names ${url}, where nobody answers`, { cause });
  });
  const version = process.env.KEYCLOAK_VERSION ?? 'given';
  return { version, url: url.replace(/\/$/, ''), restart: async () => {}, stop: async () => {} };
}

/**
 * A server that has just started compiles its pages and its classes at the first request; no test shall wait for that.
 *
 * @param {{ url: string }} server
 */
async function warmUp({ url }) {
  const at = `${url}/realms/app/protocol/openid-connect`;
  const page = {
    client_id: 'my_client',
    response_type: 'code',
    redirect_uri: 'http://localhost:1/',
    scope: 'openid',
  };
  await (await fetch(`${at}/auth?${new URLSearchParams(page)}`)).text();
  const form = { client_id: 'my_client', grant_type: 'password', username: 'user1', password: 'password' };
  await (await fetch(`${at}/token`, { method: 'POST', body: new URLSearchParams(form) })).text();
}

/** The servers of a run: both versions at once, or the one at `KEYCLOAK_URL`. */
export async function startServers() {
  const starting = given
    ? [givenServer(given)]
    : versions.map((version) => startKeycloak({ version, realmFiles }));
  const started = await Promise.allSettled(starting);
  const failed = started.find((each) => each.status === 'rejected');
  const running = started.filter((each) => each.status === 'fulfilled').map(({ value }) => value);
  const stop = () => Promise.all(running.map((server) => server.stop()));
  try {
    if (failed) throw failed.reason;
    await Promise.all(running.map(warmUp));
  } catch (error) {
    await stop();
    throw error;
  }
  return { servers: running, stop };
}
