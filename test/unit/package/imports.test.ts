import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sources } from '../../support/sources.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const importEntry = resolve(root, 'test/support/importEntry.mjs');
// Within the repository, so that packages are found.
const folder = resolve(root, 'dist/imports');
mkdirSync(folder, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Whose libraries need a bundler, or their compiler beside them. */
const needsCompiler = (name: string): boolean => name.includes('/angular');

/** An entry as plain JavaScript, with the packages outside of it. */
const compile = async (name: string, file: string): Promise<{ script: string; metafile: Metafile }> => {
  const outdir = resolve(folder, name.replaceAll('/', '-'));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { index: file },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    packages: 'external',
    metafile: true,
    ...(needsCompiler(name) && { banner: { js: "import '@angular/compiler';" } }),
  });
  return { script: resolve(outdir, 'index.js'), metafile };
};

/** The packages that are loaded with an entry, and not only when something is asked for. */
const packagesLoadedWith = ({ inputs }: Metafile, entry: string): string[] => {
  const loaded = new Set([entry]);
  // A set that grows while it is walked is walked to its new end.
  for (const file of loaded)
    for (const { path, kind } of inputs[file]?.imports ?? [])
      if (kind === 'import-statement') loaded.add(path);
  return [...loaded].filter((path) => inputs[path] === undefined);
};

describe.each(Object.entries(sources))('the import of %s', (name, file) => {
  let compiled: Awaited<ReturnType<typeof compile>>;
  beforeAll(async () => {
    compiled = await compile(name, file);
  });

  test('throws nothing and starts nothing where there is no page', () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [importEntry, pathToFileURL(compiled.script).href],
      { encoding: 'utf8', timeout: 30_000 },
    );
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '[]', stderr: '' });
  });

  // `ky` and `oauth4webapi` need `TextEncoder` when they are loaded, which Jest's page has not.
  test('loads nothing that a page of Jest cannot load', () => {
    const packages = packagesLoadedWith(compiled.metafile, relative(root, file));
    expect(packages.filter((path) => ['ky', 'oauth4webapi', 'idb-keyval'].includes(path))).toEqual([]);
  });
});
