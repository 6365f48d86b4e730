import type { Backend } from './backend.ts';
import { startEmbeddedBackend } from './embeddedBackend.ts';
import { type PageServer, startPageServer } from './server.ts';

/** Everything that `npm start` runs. */
export interface Demo {
  readonly backend: Backend;
  readonly page: PageServer;
  stop(): Promise<void>;
}

/** Starts provider, API and page; port 0 takes any free ones. */
export async function startDemo({ port }: { readonly port: number }): Promise<Demo> {
  const backend = await startEmbeddedBackend(port);
  const page = await startPageServer({ backend, port });
  const stop = async () => void (await Promise.all([page.stop(), backend.stop()]));
  return { backend, page, stop };
}
