import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { build, stop } from 'esbuild';

/** Something the server sends as it is. */
export interface Asset {
  readonly type: string;
  readonly body: string | Uint8Array;
}

// The same folder whether this file runs from the sources or from `dist`.
export const packageFolder = dirname(createRequire(import.meta.url).resolve('token-vigil/package.json'));
const pageFolder = join(packageFolder, 'docs/demo/page');

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
};

/** The page's files by their path, all in memory. */
export async function loadAssets(): Promise<Map<string, Asset>> {
  const files = await Promise.all([
    fromFile('/', 'index.html'),
    fromFile('/style.css'),
    fromFile('/icon.svg'),
  ]);
  // Once a process: a second server must not stop the bundler under the first one.
  bundled ??= scripts();
  return new Map([...files, ...(await bundled)]);
}

let bundled: Promise<[string, Asset][]> | undefined;

async function fromFile(path: string, name = path.slice(1)): Promise<[string, Asset]> {
  return [path, asset(name, await readFile(join(pageFolder, name)))];
}

/** The page's scripts, in chunks as a bundler of any app would make them. */
async function scripts(): Promise<[string, Asset][]> {
  const { outputFiles } = await build({
    absWorkingDir: pageFolder,
    entryPoints: ['main.ts'],
    outdir: pageFolder,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    sourcemap: true,
    write: false,
    logLevel: 'error',
    // No `paths`: the name of the package leads to what was built, as it does for any other app.
    tsconfigRaw: '{}',
  });
  // esbuild works in a process of its own, which would stay.
  await stop();
  return outputFiles.map(({ path, contents }) => [path.slice(pageFolder.length), asset(path, contents)]);
}

/** A file's content under the type that its name says. */
export function asset(name: string, body: Uint8Array): Asset {
  return { type: types[extname(name)] ?? 'application/octet-stream', body };
}
