import { createServer } from 'node:http';
import type { JSONWebKeySet } from 'jose';
import { listen } from './http/listen.ts';
import { assemble } from './provider/assemble.ts';
import { demoClients } from './provider/clients.ts';
import { createFaults, type Faults } from './provider/faults.ts';
import { type DemoProviderOptions, settingsFrom } from './provider/options.ts';
import { signingKeys } from './provider/signingKeys.ts';
import { createStore } from './provider/store.ts';
import type { TokenLog } from './provider/tokenRequests.ts';
import { createUserDirectory } from './provider/users.ts';

export type { DemoProviderOptions } from './provider/options.ts';

/** A running OpenID provider. */
export interface DemoProvider {
  readonly issuer: string;
  readonly port: number;
  readonly clients: typeof demoClients;
  /** The public keys, for an API in the same process. */
  readonly jwks: JSONWebKeySet;
  readonly faults: Faults;
  readonly log: TokenLog;
  /** Errors nobody provoked; empty unless the provider itself is broken. */
  readonly failures: readonly unknown[];
  /** The provider's clock, skew included, in milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Whether a refresh token would still be taken; to ask uses nothing up. */
  isGood(refreshToken: string): boolean;
  /** Revokes the refresh tokens of this user, or of everybody; sign-ins at the provider live on. */
  revokeAll(sub?: string): void;
  /** Ends the sign-ins at the provider of this user, or of everybody; refresh tokens live on. */
  endSessions(sub?: string): void;
  stop(): Promise<void>;
}

/** Starts an OpenID provider in this process. It prints nothing and keeps everything in memory. */
export async function startProvider(options: DemoProviderOptions = {}): Promise<DemoProvider> {
  const settings = settingsFrom(options);
  const keys = await signingKeys();
  const server = createServer();
  // On a connection used before, Chromium sends a POST again when it is cut: a lost answer would never be seen as one.
  server.maxRequestsPerSocket = 1;
  const { port, stop } = await listen(server, settings.port);
  const issuer = `http://${settings.host}:${port}`;
  const [users, store, faults] = [createUserDirectory(settings.users), createStore(), createFaults()];
  const stopping = new AbortController();
  const { provider, ...watched } = assemble(
    { issuer, settings, users, store, keys, faults },
    stopping.signal,
  );
  server.on('request', provider.callback());

  return {
    issuer,
    port,
    clients: demoClients,
    jwks: keys.publicJwks,
    faults,
    ...watched,
    isGood: store.isGood,
    revokeAll: store.revokeAll,
    endSessions: store.endSessions,
    stop: () => (stopping.abort(), stop()),
  };
}
