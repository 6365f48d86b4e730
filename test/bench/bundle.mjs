import { build } from 'esbuild';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Sources as they would be shipped: bundled and minified, so that what is measured is what users run.
 *
 * @param {string[]} sources Paths from the root of the repository.
 * @returns {Promise<Record<string, any>>} Everything they export.
 */
export async function load(sources) {
  const folder = await mkdtemp(join(tmpdir(), 'token-vigil-bench-'));
  const outfile = join(folder, 'bundle.mjs');
  const contents = sources.map((path) => `export * from './${path}';`).join('\n');
  await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    outfile,
  });
  const loaded = await import(pathToFileURL(outfile).href);
  await rm(folder, { recursive: true });
  return loaded;
}
