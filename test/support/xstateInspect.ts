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
interface LegacyMachine {
  readonly initialState: LegacySnapshot;
  transition(state: unknown, event: string): LegacySnapshot;
  resolveState(state: LegacySnapshot): LegacySnapshot;
}

/** A state of XState 4, as far as it is used. */
interface LegacySnapshot {
  readonly value: unknown;
  readonly context: object;
  readonly nextEvents: readonly string[];
  readonly _event: { readonly name: string };
}

interface Receiver {
  subscribe(listener: (message: Received) => void): void;
}

const requireThere = createRequire(join(xstateInspectFolder, 'package.json'));

/** The package's own receiver for servers. Call it once the folder is installed, and where there is a `WebSocket`. */
export const createWebSocketReceiver = (server: string): Receiver => {
  const { createWebSocketReceiver: create } = requireThere('@xstate/inspect') as {
    createWebSocketReceiver(options: { readonly server: string }): Receiver;
  };
  return create({ server });
};
