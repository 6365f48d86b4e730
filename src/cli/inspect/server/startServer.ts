import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerRequests, type ShownFile } from './answerRequests.ts';
import { createDoors } from './doors.ts';
import { createHub } from './hub.ts';
import { createSecret } from './secret.ts';
import { createViewerDoor } from './viewerDoor.ts';

/** What the server is started with. */
export interface ServerOptions {
  /** 0: any that is free. */
  readonly port: number;
  /** Of apps elsewhere that may send. */
  readonly origins: readonly string[];
  /** What the page runs, by path: `/viewer.js`, and what that imports. */
  readonly scripts: ReadonlyMap<string, string>;
  readonly file: ShownFile | undefined;
}

/** The inspector's server. */
export interface InspectServer {
  readonly origin: string;
  /** Works once. */
  readonly viewerUrl: string;
  /** For those who send entries. */
  readonly senderToken: string;
  /** Where it listens. */
  readonly addresses: readonly AddressInfo[];
  /** Afterwards nothing of it is left. */
  stop(): Promise<void>;
}

const REQUEST_TIMEOUT_MS = 15_000;

const listen = async (port: number, host: string): Promise<Server> => {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS });
  server.listen({ port, host, exclusive: true });
  await once(server, 'listening');
  return server;
};

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

const close = async (server: Server): Promise<void> => {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
};

/** Starts a server that this machine alone can reach. */
export const startServer = async ({ port, origins, ...shown }: ServerOptions): Promise<InspectServer> => {
  const first = await listen(port, '127.0.0.1');
  const ownPort = portOf(first);
  const viewerDoor = createViewerDoor(ownPort);
  const senderToken = createSecret();
  const doors = createDoors(ownPort, origins);
  const answer = answerRequests({ doors, viewerDoor, senderToken, hub: createHub(), ...shown });
  first.on('request', answer);
  // `localhost` can mean this one; there are machines without it.
  const second = await listen(ownPort, '::1').catch(() => undefined);
  second?.on('request', answer);
  const servers = second ? [first, second] : [first];

  const origin = `http://127.0.0.1:${ownPort}`;
  return {
    origin,
    viewerUrl: `${origin}/?token=${viewerDoor.oneTimeToken}`,
    senderToken: senderToken.value,
    addresses: servers.map((server) => server.address() as AddressInfo),
    stop: async () => void (await Promise.all(servers.map(close))),
  };
};
