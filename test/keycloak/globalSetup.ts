import type { TestProject } from 'vitest/node';
import { startServers } from './servers.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** The running servers. */
    keycloaks: readonly { readonly version: string; readonly url: string }[];
  }
}

/** One server a version for all files of the project. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<unknown>> {
  const { servers, stop } = await startServers();
  provide(
    'keycloaks',
    servers.map(({ version, url }) => ({ version, url })),
  );
  return stop;
}
