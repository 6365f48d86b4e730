import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Projects of their own, each with its framework's tools: installed by `npm ci`, with the package as it was built. */
export default defineConfig({
  root,
  test: {
    include: ['test/starters/*.test.ts'],
    environment: 'node',
    // One after another: each builds, and starts servers and browsers.
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 600_000,
  },
});
