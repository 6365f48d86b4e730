import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { SlowFirst } from '../support/slowFirst.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Projects of their own, each with its framework's tools: installed by `npm ci`, with the package as it was built. */
export default defineConfig({
  root,
  test: {
    include: ['test/starters/*.test.ts'],
    environment: 'node',
    // Each builds, and starts servers and browsers: more at a time would only wait for each other.
    maxWorkers: 2,
    sequence: { sequencer: SlowFirst },
    testTimeout: 180_000,
    hookTimeout: 600_000,
  },
});
