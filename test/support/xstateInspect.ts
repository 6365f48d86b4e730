import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that has XState 4 and its inspector installed. */
export const xstateInspectFolder = fileURLToPath(new URL('../xstate-inspect', import.meta.url));

/** A message as the package's receivers hand it out. */
export interface Received {
  readonly type: 'service.register' | 'service.event' | 'service.state' | 'service.stop';
  readonly sessionId: string;
  readonly id?: string;
  readonly parent?: string;
  readonly machine: LegacyMachine;
  readonly state: LegacySnapshot;
  readonly event: { readonly name: string };
}

/** A machine of XState 4, as far as it is used. */
export interface LegacyMachine {
  readonly initialState: LegacySnapshot;
  transition(state: unknown, event: string): LegacySnapshot;
  resolveState(state: LegacySnapshot): LegacySnapshot;
}

/** A state of XState 4, as far as it is used. */
export interface LegacySnapshot {
  readonly value: unknown;
  readonly context: object;
  readonly nextEvents: readonly string[];
  readonly _event: { readonly name: string };
}

/** A connection of `ws`, as far as it is used. */
export interface Socket {
  readonly readyState: number;
  send(text: string): void;
  close(): void;
  terminate(): void;
  on(type: string, listener: (...args: never[]) => void): this;
  off(type: string, listener: (...args: never[]) => void): this;
  listenerCount(type: string): number;
}

interface SocketServer {
  readonly clients: ReadonlySet<Socket>;
  address(): { readonly port: number };
  close(): void;
  on(type: string, listener: (...args: never[]) => void): this;
  off(type: string, listener: (...args: never[]) => void): this;
  listenerCount(type: string): number;
}

interface Packages {
  readonly ws: {
    readonly WebSocket: new (url: string, options?: { readonly origin?: string }) => Socket;
    readonly WebSocketServer: new (options: { readonly host: string; readonly port: number }) => SocketServer;
  };
  readonly '@xstate/inspect': {
    createWebSocketReceiver(options: { readonly server: string }): {
      subscribe(listener: (message: Received) => void): void;
    };
  };
}

const requireThere = createRequire(join(xstateInspectFolder, 'package.json'));

/** A package of that folder. Call it once they are installed. */
export const packageThere = <Name extends keyof Packages>(name: Name): Packages[Name] =>
  requireThere(name) as Packages[Name];
