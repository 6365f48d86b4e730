import { runAppCode } from '../../errors/runAppCode.ts';
import { isHello, type Viewer } from './viewer.ts';

/** A connection of a `WebSocketServer` of the package `ws`, as far as it is used. */
export interface InspectorSocket {
  send(data: string): void;
  on(type: 'message', listener: (data: { toString(): string }, isBinary: boolean) => void): unknown;
  on(type: 'close', listener: () => void): unknown;
  off(type: 'message', listener: (data: { toString(): string }, isBinary: boolean) => void): unknown;
  off(type: 'close', listener: () => void): unknown;
}

/** A `WebSocketServer` of the package `ws`, as far as it is used. */
export interface InspectorServer {
  on(type: 'connection', listener: OnConnection): unknown;
  off(type: 'connection', listener: OnConnection): unknown;
}

type OnConnection = (
  socket: InspectorSocket,
  request: { readonly headers: { readonly origin?: string | undefined } },
) => void;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Viewers that connect to a server. Any page can open a WebSocket to this computer: one of another origin than the viewer's gets
 * nothing. A program sends no origin.
 */
export const serverViewer = (server: InspectorServer, { origin }: URL): Viewer => {
  const stops = new Set<() => void>();
  const asked = new Set<InspectorSocket>();
  let audience: Iterable<InspectorSocket> = asked;
  let hello: (() => void) | undefined;

  /** What is told from the beginning is told to the one that has asked. */
  const greet = (socket: InspectorSocket): void => {
    asked.add(socket);
    audience = [socket];
    hello?.();
    audience = asked;
  };

  const connect: OnConnection = (socket, { headers }) => {
    if (headers.origin !== undefined && headers.origin !== origin) return;
    const listen = (data: { toString(): string }, isBinary: boolean): void => {
      if (!isBinary && isHello(parsed(data.toString()))) greet(socket);
    };
    const leave = (): void => {
      socket.off('message', listen);
      socket.off('close', leave);
      asked.delete(socket);
      stops.delete(leave);
    };
    stops.add(leave);
    socket.on('message', listen);
    socket.on('close', leave);
  };
  server.on('connection', connect);

  return {
    onHello(listener) {
      hello = listener;
      [...asked].forEach(greet);
    },
    post(message) {
      const text = JSON.stringify(message);
      // One that is broken does not keep the others from being told.
      for (const socket of audience) runAppCode(() => socket.send(text));
    },
    stop() {
      server.off('connection', connect);
      stops.forEach((leave) => leave());
      hello = undefined;
    },
  };
};
