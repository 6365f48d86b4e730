import type { Backend } from './backend.ts';
import { type DemoLives, startEmbeddedBackend } from './embeddedBackend.ts';
import { startKeycloakBackend } from './keycloakBackend.ts';
import { type PageServer, startPageServer } from './server.ts';
import type { ExampleApp } from './server/exampleApps.ts';

/** Everything that `npm start` runs. */
export interface Demo {
  readonly backend: Backend;
  readonly page: PageServer;
  stop(): Promise<void>;
}

/** What is started, and where. */
export interface DemoOptions {
  /** The page's; provider and API follow. 0 takes any free ones. */
  readonly port: number;
  /** The page is there or nowhere: a taken port is an error. @default false */
  readonly isPortAsked?: boolean;
  /** A Keycloak in place of the embedded provider: its address, or an issuer with the demo's client. */
  readonly keycloak?: string | undefined;
  /** An example app in place of the demo's page. */
  readonly app?: ExampleApp | undefined;
  /** How long everything lives at the embedded provider. @default so short that a minute shows everything */
  readonly lives?: DemoLives;
}

/** Starts provider, API and page. */
export async function startDemo({ port, isPortAsked, keycloak, app, lives }: DemoOptions): Promise<Demo> {
  const backend = await (keycloak ? startKeycloakBackend(keycloak, port) : startEmbeddedBackend(port, lives));
  const page = await startPageServer({ backend, port, isPortAsked, app }).catch(async (error: unknown) => {
    await backend.stop();
    throw error;
  });
  const stop = async () => void (await Promise.all([page.stop(), backend.stop()]));
  return { backend, page, stop };
}
