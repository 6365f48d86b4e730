import { databaseOf } from './database.mjs';
import { distributionOf } from './distribution.mjs';
import { freePort } from './freePort.mjs';
import { furnish } from './home.mjs';
import { serve } from './serve.mjs';

export { administrator } from './serve.mjs';

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
 * @typedef {object} StartOptions
 * @property {string} version As Maven Central has it.
 * @property {readonly string[]} realmFiles What is imported.
 * @property {number} [port] Default: any free one.
 * @property {AbortSignal} [signal] Gives up a start that is under way.
 */

/**
 * Starts a Keycloak with these realms; ready when it settles.
 *
 * @param {StartOptions} options
 * @returns {Promise<Keycloak>}
 */
export async function startKeycloak(options) {
  const { version, port: wanted, signal } = options;
  const database = await databaseOf(options);
  const { home, remove } = furnish({ distribution: distributionOf(version), database });
  const port = wanted ?? (await freePort());
  let group = await serve(home, port, signal).catch((error) => {
    remove();
    throw error;
  });
  return {
    version,
    url: `http://localhost:${port}`,
    async restart() {
      await group.stop();
      group = await serve(home, port);
    },
    async stop() {
      await group.stop();
      remove();
    },
  };
}
