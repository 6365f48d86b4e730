import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import solid from 'vite-plugin-solid';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { whyNoKeycloak } from './test/keycloak/servers.mjs';
import { chromiumArgs, findChromium } from './test/support/chromium.mjs';
import { SlowFirst } from './test/support/slowFirst.ts';
import { sources } from './test/support/sources.mjs';
import { stubApi } from './test/support/stubApi.ts';

const inRepository = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const executablePath = findChromium();

type TestOptions = TestProjectInlineConfiguration['test'];

/** Tests read the source; only `package` takes what was built. */
function project(name: string, options: TestOptions = {}): TestProjectInlineConfiguration {
  return {
    resolve: { alias: sources },
    test: { name, include: [`test/${name}/**/*.test.ts`], environment: 'node', ...options },
  };
}

/** For each project anew: Vitest writes the project's name into it. */
const inChromium = () => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({
    launchOptions: { ...(executablePath ? { executablePath } : {}), args: chromiumArgs },
  }),
  instances: [{ browser: 'chromium' as const }],
});

/** All cores but one, as Vitest does; yet this many where there are few: Vitest itself has next to nothing to do. */
const workers = (least: number): number => Math.max(least, availableParallelism() - 1);

/** Their files wait for servers, browsers and lives to end as well as they compute: three keep two cores busy. */
const oftenWaiting = { maxWorkers: workers(3), sequence: { groupOrder: 1 } } satisfies TestOptions;

const types = {
  enabled: true,
  only: true,
  include: ['test/types/**/*.test-d.ts'],
  tsconfig: 'tsconfig.json',
  // Errors outside the type tests are found by `npm run check:types`.
  ignoreSourceErrors: true,
};

const projects = [
  // Not isolated: what most of its files do takes less time than to load everything for each of them.
  project('unit', { isolate: false, testTimeout: 60_000, setupFiles: 'test/support/fixedSeed.ts' }),
  project('property', { testTimeout: 600_000 }),
  project('provider', { testTimeout: 60_000 }),
  project('types', { include: [], typecheck: types }),
  { ...project('package', { ...oftenWaiting, testTimeout: 120_000, hookTimeout: 60_000 }), resolve: {} },
];

/** Each framework once, in one copy: one that is found late makes Vite reload the page, and React be there twice. */
const inAdapters = [
  'xstate',
  'ky',
  'oauth4webapi',
  'idb-keyval',
  'vue',
  'vue-router',
  'react',
  'react/jsx-dev-runtime',
  'react-dom',
  'react-dom/client',
  'react-dom/server',
  'react-router',
  '@tanstack/react-router',
  '@angular/common',
  '@angular/common/http',
  '@angular/compiler',
  '@angular/core',
  '@angular/platform-browser',
  '@angular/router',
  'rxjs',
  'zone.js',
  'solid-js',
  'solid-js/web',
  '@tanstack/react-query',
  'swr',
  '@reduxjs/toolkit',
  '@reduxjs/toolkit/query/react',
  'react-redux',
  '@apollo/client',
  '@apollo/client/link/retry',
  '@apollo/client/react',
];

const browserProjects = [
  {
    ...project('browser', { browser: inChromium(), testTimeout: 60_000 }),
    // A dependency found late makes Vite reload the page in the middle of a test.
    optimizeDeps: { include: ['xstate', 'ky', 'oauth4webapi', 'idb-keyval'] },
  },
  {
    ...project('adapters', {
      include: ['test/adapters/**/*.test.{ts,tsx}'],
      browser: inChromium(),
      testTimeout: 60_000,
    }),
    plugins: [
      svelte({ configFile: false }),
      solid({ include: [inRepository('test/adapters/solid/**')] }),
      stubApi(),
    ],
    optimizeDeps: { include: inAdapters, exclude: ['svelte'] },
  },
  project('e2e', {
    ...oftenWaiting,
    include: ['test/browser-e2e/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 60_000,
  }),
];

/**
 * Lives are short and real there: they come last, when nothing else is at work, and few things run beside each other. Two
 * files do, since most of the time is spent waiting for a life to end.
 */
const keycloakProject = project('keycloak', {
  globalSetup: 'test/keycloak/globalSetup.ts',
  maxWorkers: 2,
  sequence: { groupOrder: 2 },
  maxConcurrency: 4,
  testTimeout: 300_000,
  hookTimeout: 300_000,
});

/** What cannot run here is left out, except in CI, where that must be seen. `test/run.mjs` says so. */
const inCI = Boolean(process.env.CI);
const withBrowser = executablePath !== undefined || inCI;
const withKeycloak = withBrowser && (whyNoKeycloak() === undefined || inCI);

export default defineConfig({
  test: {
    passWithNoTests: true,
    maxWorkers: workers(2),
    sequence: { sequencer: SlowFirst },
    projects: [
      ...projects,
      ...(withBrowser ? browserProjects : []),
      ...(withKeycloak ? [keycloakProject] : []),
    ],
    coverage: { include: ['machines/**', 'src/**'] },
  },
});
