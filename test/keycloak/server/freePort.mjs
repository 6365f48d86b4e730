import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A port on loopback that was free a moment ago: the wanted one, if it is.
 *
 * @param {number} [wanted]
 */
export async function freePort(wanted = 0) {
  try {
    return await tryPort(wanted);
  } catch {
    return tryPort(0);
  }
}

/** @param {number} wanted */
async function tryPort(wanted) {
  const server = createServer().listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}
