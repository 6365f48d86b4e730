import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that takes requests. */
export interface Listening {
  readonly port: number;
  /** Closes the server and cuts every connection, also those in the middle of an answer. */
  readonly stop: () => Promise<void>;
}

/** Opens the server on IPv4 loopback; port 0 takes any free one. */
export async function listen(server: Server, port: number): Promise<Listening> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, stop: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
