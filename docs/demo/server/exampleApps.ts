import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type Asset, asset, packageFolder } from './assets.ts';

/** The example apps: one per framework, and two without any. */
export const exampleApps = [
  'vue',
  'svelte',
  'react',
  'react-tanstack',
  'angular',
  'solid',
  'plain',
  'machine',
] as const;

/** The name of an example app. */
export type ExampleApp = (typeof exampleApps)[number];

/** Once a process: all of them are built together. */
let built: Promise<string> | undefined;

async function buildAll(): Promise<string> {
  // Whoever wants no example app does not wait for Vite.
  const { build } = await import('vite');
  await build({ configFile: join(packageFolder, 'docs/examples/vite.config.ts') });
  return join(packageFolder, 'dist/examples');
}

/** The files of an example app by their path, all in memory; its page is at `/`. */
export async function loadExampleApp(app: ExampleApp): Promise<Map<string, Asset>> {
  const folder = await (built ??= buildAll());
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const assets = await Promise.all(
    files.map(async ({ parentPath, name }): Promise<[string, Asset]> => {
      const path = join(parentPath, name);
      return [`/${relative(folder, path).replaceAll(sep, '/')}`, asset(name, await readFile(path))];
    }),
  );
  const found = new Map(assets);
  return found.set('/', found.get(`/${app}/index.html`)!);
}
